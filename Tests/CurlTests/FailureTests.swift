import Curl
import Dispatch
import StubServer
import Testing

/// The error that `body` ends with must be of that kind, and must tell nothing of what the request holds.
func expectFailure(
    _ kind: TransferError.Kind, sourceLocation: SourceLocation = #_sourceLocation, _ body: () async throws -> Void
) async {
    do {
        try await body()
        Issue.record("It did not fail", sourceLocation: sourceLocation)
    } catch let error as TransferError {
        #expect(error.kind == kind, "\(error)", sourceLocation: sourceLocation)
        #expect(!"\(error)".contains("secret"), sourceLocation: sourceLocation)
    } catch { Issue.record("It failed with \(error)", sourceLocation: sourceLocation) }
}

@Suite struct `What goes wrong` {
    let client = Client()

    /// A request full of secrets.
    private func outgoing(_ url: String) -> Outgoing {
        var outgoing = Outgoing(
            "POST", url + "/secret?key=secret", headers: [("Authorization", "secret")], body: Array("secret".utf8))
        // Long enough for tests that wait for their turn on a busy machine.
        outgoing.deadlines = Outgoing.Deadlines(connecting: .seconds(60), silence: .seconds(60), total: .seconds(600))
        return outgoing
    }

    private func fails(
        _ kind: TransferError.Kind, _ change: (inout Outgoing) -> Void = { _ in },
        sourceLocation: SourceLocation = #_sourceLocation, _ serve: @escaping @Sendable (Peer) -> Void
    ) async throws {
        let server = try StubServer(serve)
        var outgoing = outgoing(server.url)
        change(&outgoing)
        await expectFailure(kind, sourceLocation: sourceLocation) { _ = try await client.send(outgoing).body.collect() }
        server.stop()
    }

    @Test func `nobody listens`() async throws {
        let server = try StubServer { _ in }
        server.stop()
        await expectFailure(.unreachable) { _ = try await client.send(outgoing(server.url)) }
    }

    @Test func `there is no such host`() async {
        await expectFailure(.unreachable) { _ = try await client.send(outgoing("http://nobody.invalid")) }
    }

    @Test func `the server says nothing`() async throws {
        try await fails(.silentTooLong, { $0.deadlines.silence = .milliseconds(50) }) { $0.waitForEnd() }
    }

    @Test func `the server falls silent in the middle`() async throws {
        try await fails(.silentTooLong, { $0.deadlines.silence = .milliseconds(50) }) { peer in
            _ = peer.request()
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")
            peer.waitForEnd()
        }
    }

    @Test func `the server drips for ever`() async throws {
        try await fails(.tookTooLong, { $0.deadlines.total = .milliseconds(100) }) { peer in
            _ = peer.request()
            peer.send("HTTP/1.1 200 OK\r\n\r\n")
            while peer.send("drop") {}
        }
    }

    @Test func `the handshake takes too long`() async throws {
        let server = try StubServer { $0.waitForEnd() }
        var outgoing = outgoing("https://127.0.0.1:\(server.port)")
        outgoing.deadlines.connecting = .milliseconds(50)
        await expectFailure(.connectingTooLong) { _ = try await client.send(outgoing) }
        // Until here it must listen.
        server.stop()
    }

    @Test func `a plain server is asked for TLS`() async throws {
        let server = try StubServer { peer in
            peer.send("HTTP/1.1 400 Bad Request\r\n\r\n")
            peer.waitForEnd()
        }
        await expectFailure(.insecure) { _ = try await client.send(outgoing("https://127.0.0.1:\(server.port)")) }
    }

    @Test(arguments: [
        "", "HTTP/1.1 200 OK\r\nContent-Le", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhal",
    ])
    func `the connection ends before the answer does`(answer: String) async throws {
        try await fails(.cut) { peer in
            _ = peer.request()
            peer.send(answer)
        }
    }

    @Test func `the connection is reset`() async throws {
        try await fails(.cut) { peer in
            _ = peer.request()
            peer.reset()
        }
    }

    @Test(arguments: ["\u{0}\u{1}\u{2}garbage\r\n\r\n", "SSH-2.0-OpenSSH_9.2\r\n", "<html>hello</html>\r\n\r\n"])
    func `what comes is not HTTP`(answer: String) async throws {
        try await fails(.malformed) { peer in
            _ = peer.request()
            peer.send(answer)
            peer.waitForEnd()
        }
    }

    @Test func `the answer says that it is too long`() async throws {
        try await fails(.tooLarge, { $0.bounds.body = 1000 }) { peer in
            _ = peer.request()
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
            peer.waitForEnd()
        }
    }

    @Test func `the answer does not end`() async throws {
        try await fails(.tooLarge, { $0.bounds.body = 1000 }) { peer in
            _ = peer.request()
            peer.send("HTTP/1.1 200 OK\r\n\r\n")
            while peer.send("more") {}
        }
    }

    @Test func `the head does not end`() async throws {
        try await fails(.tooLarge, { $0.bounds.head = 10_000 }) { peer in
            _ = peer.request()
            peer.send("HTTP/1.1 200 OK\r\n")
            while peer.send("X-More: and more\r\n") {}
        }
    }

    @Test func `the client is closed`() async throws {
        let arrived = AsyncStream.makeStream(of: Void.self)
        let server = try StubServer { peer in
            _ = peer.request()
            arrived.continuation.yield()
            peer.waitForEnd()
        }
        let client = Client()
        let outgoing = outgoing(server.url)
        await withTaskGroup { group in
            group.addTask { await expectFailure(.closed) { _ = try await client.send(outgoing) } }
            for await _ in arrived.stream { break }
            client.close()
        }
        await expectFailure(.closed) { _ = try await client.send(outgoing) }
    }
}

@Suite struct `Requests that are not sent` {
    let client = Client()

    @Test(arguments: [
        "file:///etc/passwd", "ftp://example.com", "example.com", "http://", "http://user:secret@example.com/",
        "http://exa mple/",
        "http://example.com/a\r\nX: y", "http://[::1", "javascript:alert(1)", "",
    ])
    func `an address that is none of HTTP's`(url: String) async {
        await expectFailure(.badRequest) { _ = try await client.send(Outgoing("GET", url)) }
    }

    @Test(arguments: [("X", "a\r\nY: b"), ("X\r\nY", "b"), ("", "b"), ("X Y", "b"), ("X", "\u{0}")])
    func `a header that would be two`(name: String, value: String) async {
        await expectFailure(.badRequest) {
            _ = try await client.send(Outgoing("GET", "http://127.0.0.1:1", headers: [(name, value)]))
        }
    }

    @Test(arguments: ["GET /x", "", "GÉT"]) func `a method that is no word`(method: String) async {
        await expectFailure(.badRequest) { _ = try await client.send(Outgoing(method, "http://127.0.0.1:1")) }
    }

    @Test func `an error names the place and not the path`() {
        #expect(Outgoing("GET", "https://api.example.com:8443/secret?key=secret").origin == "https://api.example.com:8443")
        #expect(Outgoing("GET", "https://user:secret@example.com?key=secret").origin == "https://example.com")
        #expect(Outgoing("GET", "secret").origin == "the address")
    }
}

@Suite struct `Leaving early` {
    let client = Client()

    @Test func `a cancelled task ends its request`() async throws {
        let (arrived, ended) = (AsyncStream.makeStream(of: Void.self), AsyncStream.makeStream(of: Void.self))
        let server = try StubServer { peer in
            _ = peer.request()
            arrived.continuation.yield()
            peer.waitForEnd()
            ended.continuation.yield()
        }
        await withTaskGroup { group in
            group.addTask {
                await #expect(throws: CancellationError.self) { _ = try await client.send(Outgoing("GET", server.url)) }
            }
            for await _ in arrived.stream { break }
            group.cancelAll()
        }
        for await _ in ended.stream { break }
    }

    @Test func `a body that nobody holds any more ends its request`() async throws {
        let ended = AsyncStream.makeStream(of: Void.self)
        let server = try StubServer { peer in
            _ = peer.request()
            peer.send("HTTP/1.1 200 OK\r\n\r\nbeginning")
            peer.waitForEnd()
            ended.continuation.yield()
        }
        let status = try await client.send(Outgoing("GET", server.url)).status
        #expect(status == 200)
        for await _ in ended.stream { break }
    }

    @Test func `a body outlives the variable that held its client`() async throws {
        let server = try StubServer { peer in
            _ = peer.request()
            peer.answer("whole")
        }
        let body = try await Client().send(Outgoing("GET", server.url)).body
        #expect(try await body.collect().count == 5)
    }
}
