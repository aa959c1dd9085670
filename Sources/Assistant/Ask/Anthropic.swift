package import Curl
import Values

/// Anthropic's Messages API. The answer comes as the input of a tool, whose schema the API holds the model to.
package struct Anthropic: Provider {
    package let name = "anthropic"
    package let model: String
    private let exchange: Exchange

    package static let url = "https://api.anthropic.com"

    package init(url: String = Anthropic.url, model: String, key: Key?, client: Client, deadlines: Outgoing.Deadlines) {
        self.model = model
        let headers = [(name: "anthropic-version", value: "2023-06-01")] + (key.map { [("x-api-key", $0.text)] } ?? [])
        let base = url.hasSuffix("/") ? String(url.dropLast()) : url
        exchange = Exchange(client: client, url: base + "/v1/messages", headers: headers, deadlines: deadlines)
    }

    package func complete(_ prompt: Prompt, onPiece: @Sendable (String) async throws -> Void) async throws -> Completion {
        var (text, usage, reason, isDone) = ("", Completion.Usage(), String?.none, false)
        try await exchange.run(body(prompt)) { event in
            let json = try Exchange.json(event)
            switch json["type"]?.string {
            case "message_start": usage.input = json["message"]?["usage"]?["input_tokens"]?.number?.integer ?? 0
            case "content_block_delta":
                guard let piece = (json["delta"]?["partial_json"] ?? json["delta"]?["text"])?.string, !piece.isEmpty else {
                    return
                }
                text += piece
                try await onPiece(piece)
            case "message_delta":
                reason = json["delta"]?["stop_reason"]?.string ?? reason
                usage.output = json["usage"]?["output_tokens"]?.number?.integer ?? usage.output
            case "message_stop": isDone = true
            case "message": (text, usage, reason, isDone) = try Self.whole(json)
            case "error": throw Self.failure(json)
            default: break
            }
        }
        switch reason {
        case "tool_use", "end_turn": break
        case "max_tokens": throw ProviderFailure(.truncated, "its answer is longer than it may be", usage: usage)
        case "refusal": throw ProviderFailure(.refused, "it refuses to answer", usage: usage)
        case nil: throw ProviderFailure(.truncated, "its answer ends in the middle", usage: usage)
        case let other?:
            throw ProviderFailure(.malformed, "its answer ends with \(Wording.clean(other, limit: 40))", usage: usage)
        }
        guard isDone else { throw ProviderFailure(.truncated, "its answer ends in the middle", usage: usage) }
        return Completion(text: text, usage: usage)
    }

    /// An answer that was not streamed.
    private static func whole(_ json: JSON) throws(ProviderFailure) -> (String, Completion.Usage, String?, Bool) {
        let blocks = json["content"]?.array ?? []
        guard let block = blocks.first(where: { $0["type"]?.string == "tool_use" }) ?? blocks.first else {
            throw ProviderFailure(.malformed, "its answer is empty")
        }
        let usage = Completion.Usage(
            input: json["usage"]?["input_tokens"]?.number?.integer ?? 0,
            output: json["usage"]?["output_tokens"]?.number?.integer ?? 0)
        return (block["input"]?.description ?? block["text"]?.string ?? "", usage, json["stop_reason"]?.string, true)
    }

    private static func failure(_ json: JSON) -> ProviderFailure {
        switch json["error"]?["type"]?.string {
        case "rate_limit_error": ProviderFailure(.rateLimited, "it says that it is asked too often")
        case "overloaded_error": ProviderFailure(.down, "it says that it is overloaded")
        default: ProviderFailure(.down, "it breaks off with an error")
        }
    }

    private func body(_ prompt: Prompt) -> JSON {
        [
            "model": .string(model), "max_tokens": .number(Number(prompt.maxTokens)), "temperature": 0, "stream": true,
            "system": .string(prompt.system),
            "messages": .array(prompt.messages.map { ["role": .string($0.role.rawValue), "content": .string($0.text)] }),
            "tools": [
                [
                    "name": .string(prompt.subject), "description": .string("Hands over the \(prompt.subject)"),
                    "input_schema": prompt.schema,
                ]
            ],
            "tool_choice": ["type": "tool", "name": .string(prompt.subject)],
        ]
    }
}
