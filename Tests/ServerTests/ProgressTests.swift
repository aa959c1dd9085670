import Engine
import Server
import ShippedFiles
import Simulation
import Storage
import Testing
import Triggers
import Values

/// `GET /api/simulations/{id}/events` while nothing happens, and at its end.
@Suite(.timeLimit(.minutes(2))) struct `Progress that is streamed` {
    /// A server with a simulation that waits to be started.
    private func run(
        _ settings: ServerSettings = ServerSettings(), _ body: @Sendable (Office, String, Turns) async throws -> Void
    ) async throws {
        let turns = Turns()
        let industries = try #require(Industries.load(try Shipped.text("metadata/\(Industries.fileName)")).industries)
        try await Office.run(
            Shipped.files(), settings: settings, storage: SQLiteDatabase.Options(), triggers: swiftTriggers,
            simulations: { Simulations($0, industries, clock: turns) }
        ) { office in
            let reply = try await office.client.post("/api/simulations", ["totalRecords": 3])
            try await body(office, try #require(reply.json["id"]?.string), turns)
        }
    }

    private func watching<Result>(
        _ id: String, _ office: Office, _ body: (inout Wire.Ends) async throws -> Result
    ) async throws -> Result {
        try await Wire.open(office.client.port) { wire in
            try await wire.send("GET /api/simulations/\(id)/events HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            return try await body(&wire)
        }
    }

    @Test func `says every ten seconds that there is nothing new, and at once what is`() async throws {
        try await run { office, id, turns in
            try await watching(id, office) { wire in
                let first = try await wire.receive(until: "}\n\n")
                #expect(first.contains("event: progress\ndata: {") && first.contains(#""status":"Queued""#))
                for _ in 0..<2 {
                    var waited = Duration.zero
                    for _ in 0..<20 {
                        waited += await turns.wait()
                        turns.end()
                    }
                    #expect(waited == .seconds(10))
                    let comment = try await wire.receive(until: "\n\n")
                    #expect(comment.contains(": nothing new\n\n") && !comment.contains("event:"))
                }
                var news = ""
                for (order, state) in [("start", "Running"), ("cancel", "Cancelled")] {
                    _ = await turns.wait()
                    _ = try await office.client.post("/api/simulations/\(id)/\(order)", [:])
                    turns.end()
                    news = try await wire.receive(until: "}\n\n")
                    #expect(news.contains("\"status\":\"\(state)\""))
                }
                news += await wire.receiveAll()
                #expect(news.hasSuffix("\r\n0\r\n\r\n"))
            }
        }
    }

    @Test func `comes to an end when the server is told to stop`() async throws {
        try await run { office, id, turns in
            let text = try await watching(id, office) { wire in
                let first = try await wire.receive(until: "}\n\n")
                _ = await turns.wait()
                await office.stop()
                return first + (await wire.receiveAll())
            }
            #expect(text.hasPrefix("HTTP/1.1 200") && text.hasSuffix("\r\n0\r\n\r\n"), "\(text)")
        }
    }

    @Test func `is given up once nobody listens`() async throws {
        var settings = ServerSettings()
        // Nobody else gets in before that one is out.
        settings.maxConnections = 1
        try await run(settings) { office, id, turns in
            try await watching(id, office) { _ = try await $0.receive(until: "}\n\n") }
            try await withThrowingTaskGroup { group in
                group.addTask { await turns.run() }
                let health = try await office.client.get("/health")
                #expect(health.status == 200)
                group.cancelAll()
            }
        }
    }
}
