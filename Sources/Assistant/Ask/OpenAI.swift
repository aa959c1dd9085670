package import Curl
import Values

/// Any server that speaks OpenAI's chat completions: OpenAI itself, llama.cpp, vLLM, Ollama, gateways.
package struct OpenAI: Provider {
    package let name = "openai"
    package let model: String
    private let exchange: Exchange

    /// - Parameter url: up to and with the version: `http://127.0.0.1:8000/v1`.
    package init(url: String, model: String, key: Key?, client: Client, deadlines: Outgoing.Deadlines) {
        self.model = model
        let headers = key.map { [(name: "Authorization", value: "Bearer \($0.text)")] } ?? []
        let base = url.hasSuffix("/") ? String(url.dropLast()) : url
        exchange = Exchange(client: client, url: base + "/chat/completions", headers: headers, deadlines: deadlines)
    }

    package func complete(_ prompt: Prompt, onPiece: @Sendable (String) async throws -> Void) async throws -> Completion {
        var (text, usage, reason, isDone) = ("", Completion.Usage(), String?.none, false)
        try await exchange.run(body(prompt)) { event in
            if event.data == "[DONE]" { return isDone = true }
            let json = try Exchange.json(event)
            if json["error"] != nil, json["error"] != .null { throw ProviderFailure(.down, "it breaks off with an error") }
            if let used = json["usage"]?.object {
                usage = Completion.Usage(
                    input: used["prompt_tokens"]?.number?.integer ?? 0, output: used["completion_tokens"]?.number?.integer ?? 0)
            }
            guard let choice = json["choices"]?.array?.first else { return }
            let message = choice["delta"] ?? choice["message"]
            if let refusal = message?["refusal"]?.string, !refusal.isEmpty {
                throw ProviderFailure(.refused, "it refuses to answer")
            }
            if let piece = message?["content"]?.string, !piece.isEmpty {
                text += piece
                try await onPiece(piece)
            }
            reason = choice["finish_reason"]?.string ?? reason
        }
        switch reason {
        case "stop": break
        case "length": throw ProviderFailure(.truncated, "its answer is longer than it may be", usage: usage)
        case "content_filter": throw ProviderFailure(.refused, "it refuses to answer", usage: usage)
        case nil where isDone && !text.isEmpty: break
        case nil: throw ProviderFailure(.truncated, "its answer ends in the middle", usage: usage)
        case let other?:
            throw ProviderFailure(.malformed, "its answer ends with \(Wording.clean(other, limit: 40))", usage: usage)
        }
        return Completion(text: text, usage: usage)
    }

    private func body(_ prompt: Prompt) -> JSON {
        let messages: [JSON] =
            [["role": "system", "content": .string(prompt.system)]]
            + prompt.messages.map { ["role": .string($0.role.rawValue), "content": .string($0.text)] }
        return [
            "model": .string(model), "messages": .array(messages), "stream": true, "stream_options": ["include_usage": true],
            "temperature": 0, "max_tokens": .number(Number(prompt.maxTokens)),
            "response_format": [
                "type": "json_schema", "json_schema": ["name": .string(prompt.subject), "strict": true, "schema": prompt.schema],
            ],
        ]
    }
}
