import Engine
import NIOHTTP1
import Server
import Testing
import Values

@Suite("Connections")
struct ConnectionTests {
    private static let health = "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"

    @Test func `one connection carries many requests, also sent ahead of their answers`() async throws {
        try await Office.run { office in
            let text = try await Wire.open(office.client.port) { wire in
                try await wire.send(ConnectionTests.health + ConnectionTests.health)
                try await wire.send("GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                return await wire.receiveAll()
            }
            #expect(text.components(of: "HTTP/1.1 200 OK") == 3)
            #expect(text.components(of: "{\"status\":\"alive\"}") == 3)
        }
    }

    @Test func `a head that drips in is cut off`() async throws {
        var settings = ServerSettings()
        settings.idleTimeout = .milliseconds(150)
        try await Office.run(settings: settings) { office in
            let (text, sent) = try await Wire.open(office.client.port) { wire in
                try await wire.send("GET /health HTTP/1.1\r\n")
                let drip = Drip(wire.outbound)
                async let sent = drip.run("X: 1\r\n")
                let text = await wire.receiveAll()
                drip.stop()
                return (text, await sent)
            }
            #expect(text == "")
            #expect(sent < 1000)
        }
    }

    @Test func `a body that drips in is answered in time`() async throws {
        var settings = ServerSettings()
        settings.bodyTimeout = .milliseconds(150)
        try await Office.run(settings: settings) { office in
            let text = try await Wire.open(office.client.port) { wire in
                try await wire.send("POST /api/query HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n")
                let drip = Drip(wire.outbound)
                async let sent = drip.run(" ")
                let text = await wire.receiveAll()
                drip.stop()
                _ = await sent
                return text
            }
            #expect(text.hasPrefix("HTTP/1.1 408"), "\(text)")
            #expect(text.contains("body_timeout"))
            #expect(text.lowercased().contains("connection: close"))
        }
    }

    @Test(.timeLimit(.minutes(2)), arguments: ["", health])
    func `a silent connection is closed, also after an answer`(sent: String) async throws {
        var settings = ServerSettings()
        settings.idleTimeout = .milliseconds(150)
        try await Office.run(settings: settings) { office in
            // It ends at all; on a busy machine perhaps before the request has arrived.
            let text = try await Wire.open(office.client.port) { wire in
                try? await wire.send(sent)
                return await wire.receiveAll()
            }
            #expect(text.isEmpty || text.hasPrefix("HTTP/1.1 200"))
        }
    }

    @Test func `whoever asks before sending a body is told to go on, or that it is too large`() async throws {
        var settings = ServerSettings()
        settings.maxBodyBytes = 1000
        try await Office.run(settings: settings) { office in
            let body = #"{"object":"Account"}"#
            let welcome = try await Wire.open(office.client.port) { wire in
                try await wire.send(
                    "POST /api/query HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
                )
                let first = try await wire.receive(until: "\r\n\r\n")
                try await wire.send(body)
                return first + (try await wire.receive(until: "nextCursor"))
            }
            #expect(welcome.hasPrefix("HTTP/1.1 100 Continue\r\n\r\n"))
            #expect(welcome.contains("HTTP/1.1 200 OK"))
            let refused = try await Wire.open(office.client.port) { wire in
                try await wire.send(
                    "POST /api/query HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 1001\r\n\r\n")
                return await wire.receiveAll()
            }
            #expect(refused.hasPrefix("HTTP/1.1 413"))
        }
    }

    @Test func `headers beyond the limit are refused`() async throws {
        try await Office.run { office in
            for request in [
                "GET /health HTTP/1.1\r\nX: \(String(repeating: "x", count: 70_000))\r\n\r\n",
                "GET /health?\(String(repeating: "x", count: 200_000)) HTTP/1.1\r\n\r\n",
            ] {
                let text = try await Wire.open(office.client.port) { wire in
                    try? await wire.send(request)
                    return await wire.receiveAll()
                }
                #expect(text.hasPrefix("HTTP/1.1 431"), "\(text)")
                #expect(text.contains("headers_too_large"))
            }
            #expect(try await office.client.get("/health").status == 200)
        }
    }

    @Test(arguments: [
        "nonsense\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "GET / HTTP/1.1\r\nbad header\r\n\r\n", "\u{16}\u{03}\u{01}\u{02}",
        "\0\0\0\0\r\n",
    ])
    func `what is not HTTP is answered and closed`(bytes: String) async throws {
        try await Office.run { office in
            let text = try await Wire.open(office.client.port) { wire in
                try await wire.send(bytes)
                return await wire.receiveAll()
            }
            #expect(text.hasPrefix("HTTP/1.1 400"), "\(text)")
            #expect(text.contains("application/problem+json"))
        }
    }

    @Test func `a chunk that is none spoils its request only`() async throws {
        try await Office.run { office in
            let text = try await Wire.open(office.client.port) { wire in
                try await wire.send("POST /api/query HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")
                return await wire.receiveAll()
            }
            #expect(text.hasPrefix("HTTP/1.1 400"), "\(text)")
            #expect(try await office.client.get("/health").status == 200)
        }
    }

    @Test func `HEAD is GET without its body, OPTIONS tells the methods`() async throws {
        try await Office.run { office in
            let path = "/api/objects/Account/\(try await office.account())"
            let (get, head) = (try await office.client.get(path), try await office.client.send("HEAD", path))
            #expect(head.status == 200)
            #expect(head.bytes.isEmpty)
            #expect(head[header: "Content-Length"] == "\(get.bytes.count)")
            #expect(head[header: "ETag"] == "\"1\"")
            let options = try await office.client.send("OPTIONS", path)
            #expect(options.status == 204)
            #expect(options[header: "Allow"] == "DELETE, GET, HEAD, OPTIONS, PATCH, PUT")
        }
    }

    @Test func `every answer tells how long it took`() async throws {
        try await Office.run { office in
            let timing = try #require(try await office.client.get("/health")[header: "Server-Timing"])
            #expect(timing.wholeMatch(of: /total;dur=\d+\.\d{3}/) != nil, "\(timing)")
        }
    }

    @Test func `a server that is told to stop finishes what it has begun and takes nothing new`() async throws {
        let gate = Gate()
        try await Office.run(triggers: [Slow(gate: gate)]) { office in
            async let slow = office.client.post("/api/objects/Account", ["Name": "Slow", "Email": "a@b.example"])
            await gate.waitForArrival()
            await office.stop()
            var isRefusing = false
            while !isRefusing { isRefusing = (try? await office.client.get("/health")) == nil }
            gate.open()
            let reply = try await slow
            #expect(reply.status == 201)
            #expect(reply.json["Name"] == "Slow")
        }
    }

    @Test(arguments: ["0.0.0.0", "::", "192.168.1.7", "crm.example.com", "127.0.0.1.example.com"])
    func `the server refuses to listen beyond this machine`(host: String) async throws {
        try await Office.run { office in
            var settings = ServerSettings()
            settings.host = host
            let problem = #expect(throws: Problem.self) {
                try HTTPServer(office.engine, settings: settings, logger: office.log.logger)
            }
            #expect(problem?.code == "not_loopback")
            #expect(problem?.detail.contains(host) ?? false)
            #expect(problem?.hint?.contains("127.0.0.1") ?? false)
        }
    }

    @Test func `a page of this machine may use the server`() async throws {
        try await Office.run { office in
            for origin in ["http://localhost:5173", "http://127.0.0.1", "https://[::1]:8443"] {
                let reply = try await office.client.get("/health", ["Origin": origin])
                #expect(reply.status == 200)
            }
        }
    }

    @Test func `routes can be added to the API's own`() async throws {
        try await Office.run(routes: [.constant("/constant", json: Array("{}".utf8))]) { office in
            let reply = try await office.client.get("/constant")
            #expect(reply.text == "{}")
        }
    }
}
