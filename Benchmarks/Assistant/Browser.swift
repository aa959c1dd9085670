import Assistant
import Curl
import Engine
import Logging
import Server
import ServiceLifecycle
import Values

extension Office {
    /// Runs `body` beside a server whose briefings that provider writes.
    func serving(_ provider: any Provider, _ body: (Browser) async throws -> [Double]) async throws -> [Double] {
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        var (settings, logger) = (ServerSettings(), Logger(label: "benchmark"))
        (settings.port, logger.logLevel) = (0, .error)
        let server = try HTTPServer(
            engine, briefer: Briefer(engine, provider: provider), settings: settings, logger: logger,
            onListening: { port.yield($0) })
        let group = ServiceGroup(services: [server], gracefulShutdownSignals: [], logger: logger)
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            var result: [Double] = []
            for await port in ports {
                result = try await body(Browser(port: port, account: account))
                break
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
            return result
        }
    }
}

/// Somebody who asks for a briefing as a stream.
struct Browser {
    let port: Int
    let account: String
    private let client = Client()

    init(port: Int, account: String) { (self.port, self.account) = (port, account) }

    /// Milliseconds from the model's first word to the event that it causes. Each round asks for less, so that nothing is kept.
    func delay(of model: Model, round: Int) async throws -> Double {
        var outgoing = Outgoing(
            "POST", "http://127.0.0.1:\(port)/api/ai/smart-briefing",
            headers: [("Content-Type", "application/json"), ("Accept", "text/event-stream")])
        let question: JSON = ["accountId": .string(account), "activityLimit": .number(Number(1_000 - round))]
        outgoing.body = Array(question.description.utf8)
        var (text, delay) = ("", Double?.none)
        for try await piece in try await client.send(outgoing).body {
            let now = ContinuousClock.now
            text += String(decoding: piece, as: UTF8.self)
            guard delay == nil, text.contains("event: writing") else { continue }
            delay = (now - model.firstWord) / .milliseconds(1)
            model.goOn()
        }
        guard let delay, text.contains("event: briefing"), text.contains("\"provider\":\"openai\"") else {
            fatal("That was no briefing by the model: \(text.suffix(600))")
        }
        return delay
    }
}
