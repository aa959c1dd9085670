import StubServer
import Values

/// A provider over a real socket that writes the words of simulations.
enum WordsProvider: String, CaseIterable, Sendable {
    case openai, anthropic

    func environment(_ server: StubServer) -> [String: String] {
        [
            "MARTLET_AI_PROVIDER": rawValue, "MARTLET_AI_URL": server.url + (self == .openai ? "/v1" : ""),
            "MARTLET_AI_MODEL": "stub-1", "MARTLET_AI_KEY": "sk-very-secret",
        ]
    }

    /// Answers every question of a connection honestly.
    func answerHonestly(_ peer: Peer) { while let request = peer.request() { peer.answer(honest(request)) } }

    func honest(_ request: Peer.Received) -> String { answer(words(request)).description }

    private func words(_ request: Peer.Received) -> JSON {
        let body = try? JSON(parsing: request.text)
        let schema =
            self == .openai
            ? body?["response_format"]?["json_schema"]?["schema"] : body?["tools"]?.array?.first?["input_schema"]
        return .object(
            (schema?["properties"]?.object ?? [:]).reduce(into: [:]) { words, slot in
                words[slot.name] = .string(SlotWords.answer(to: slot.name, matching: slot.value["pattern"]?.string ?? ""))
            })
    }

    private func answer(_ words: JSON) -> JSON {
        switch self {
        case .openai:
            [
                "choices": [["message": ["role": "assistant", "content": .string(words.description)], "finish_reason": "stop"]],
                "usage": ["prompt_tokens": 900, "completion_tokens": 100],
            ]
        case .anthropic:
            [
                "type": "message", "content": [["type": "tool_use", "name": "words", "input": words]], "stop_reason": "tool_use",
                "usage": ["input_tokens": 900, "output_tokens": 100],
            ]
        }
    }
}
