import Assistant
import Curl
import Dispatch
import StubServer
import Synchronization
import Values

/// A server that speaks as OpenAI does and hands the computed facts back, in pieces of a few words, as fast as the socket takes them.
final class Model: Sendable {
    private let server: StubServer
    private let desk: Desk

    /// What the server and whoever waits for it share.
    private final class Desk: Sendable {
        /// Answers by question: what they cost to make is not to be measured.
        let answers = Mutex<[[UInt8]: [[UInt8]]]>([:])
        let firstWord = Mutex<ContinuousClock.Instant?>(nil)
        let mayGoOn = DispatchSemaphore(value: 0)
    }

    /// - Parameter isHesitant: whether it waits after its first word until it is told to go on.
    init(isHesitant: Bool = false) throws {
        let desk = Desk()
        self.desk = desk
        server = try StubServer { peer in
            while let request = peer.request() {
                let answer = desk.answers.withLock { answers in
                    let answer = answers[request.body] ?? Model.answer(request.text)
                    answers[request.body] = answer
                    return answer
                }
                desk.firstWord.withLock { $0 = .now }
                peer.send(answer[0])
                if isHesitant { desk.mayGoOn.wait() }
                peer.send(answer[1])
            }
        }
    }

    var provider: any Provider {
        OpenAI(url: server.url + "/v1", model: "stub", key: Key("none"), client: Client(), deadlines: Outgoing.Deadlines())
    }

    /// The bytes of the last question.
    var asked: Int { desk.answers.withLock { $0.keys.map(\.count).max() ?? 0 } }

    /// When it sent the first words of its last answer.
    var firstWord: ContinuousClock.Instant { desk.firstWord.withLock { $0 } ?? .now }

    func goOn() { desk.mayGoOn.signal() }
}

extension Model {
    /// The head with the first event, and the rest.
    private static func answer(_ question: String) -> [[UInt8]] {
        guard let json = try? JSON(parsing: question), let text = json["messages"]?.array?.last?["content"]?.string,
            let material = try? JSON(parsing: text)
        else { fatal("The question is none: \(question.prefix(200))") }
        var events = pieces(of: retelling(material).description).map { piece in
            "data: {\"choices\":[{\"delta\":{\"content\":\(JSON.string(piece))},\"finish_reason\":null}]}\n\n"
        }
        events += ["data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n", "data: [DONE]\n\n"]
        let chunks = events.map { "\(String($0.utf8.count, radix: 16))\r\n\($0)\r\n" }
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
        return [Array((head + chunks[0]).utf8), Array((chunks.dropFirst().joined() + "0\r\n\r\n").utf8)]
    }

    private static func pieces(of text: String) -> [String] {
        var (pieces, rest) = ([String](), text[...])
        while !rest.isEmpty {
            pieces.append(String(rest.prefix(20)))
            rest = rest.dropFirst(20)
        }
        return pieces
    }

    private static func retelling(_ material: JSON) -> JSON {
        var (summary, citations) = ([String](), [JSON]())
        for fact in material["facts"]?.array ?? [] {
            guard let sentence = fact["fact"]?.string, let source = fact["from"]?.array?.first?.object else { continue }
            summary.append(sentence)
            var citation: JSON.Members = ["claim": .string(sentence)]
            for (name, value) in source { citation[name] = value }
            citations.append(.object(citation))
        }
        return [
            "summary": .string(summary.joined(separator: " ")), "nextSteps": material["steps"] ?? [],
            "talkingPoints": material["points"] ?? [], "sentiment": "neutral", "engagementScore": 50,
            "reasoning": .string(summary.first ?? ""), "citations": .array(citations),
        ]
    }
}
