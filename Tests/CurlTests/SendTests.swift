import Curl
import Dispatch
import StubServer
import Synchronization
import Testing

@Suite struct `Sending a request` {
    let client = Client()

    @Test func `gives status, headers and body of the answer`() async throws {
        let server = try StubServer { peer in
            _ = peer.request()
            peer.answer("not here", status: 404, headers: ["X-Kind:  odd one "])
        }
        let incoming = try await client.send(Outgoing("GET", server.url + "/x"))
        #expect(incoming.status == 404)
        #expect(incoming.header("x-kind") == "odd one")
        #expect(String(decoding: try await incoming.body.collect(), as: UTF8.self) == "not here")
    }

    @Test func `sends method, target, headers and body as they are`() async throws {
        let received = Mutex<Peer.Received?>(nil)
        let server = try StubServer { peer in
            let request = peer.request()
            received.withLock { $0 = request }
            peer.answer("")
        }
        let body = Array("{\"a\": \"ä\0\"}".utf8)
        _ = try await client.send(
            Outgoing("PATCH", server.url + "/a%20b?c=d", headers: [("X-Key", "k"), ("X-Empty", "")], body: body))
        let request = try #require(received.withLock { $0 })
        #expect(request.method == "PATCH" && request.target == "/a%20b?c=d" && request.body == body)
        #expect(request.headers["x-key"] == "k" && request.headers["x-empty"] == "")
        #expect(request.headers["content-type"] == nil && request.headers["expect"] == nil)
        #expect(request.headers["user-agent"] == "martlet")
    }

    @Test func `a body of several megabytes goes out whole`() async throws {
        let server = try StubServer { peer in
            guard let request = peer.request() else { return }
            peer.answer("\(request.body.count)")
        }
        let incoming = try await client.send(Outgoing("POST", server.url, body: [UInt8](repeating: 7, count: 5 << 20)))
        #expect(try await incoming.body.collect() == Array("\(5 << 20)".utf8))
    }

    @Test func `pieces of the body come as they are sent`() async throws {
        let firstIsRead = DispatchSemaphore(value: 0)
        let server = try StubServer { peer in
            _ = peer.request()
            peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n")
            firstIsRead.wait()
            peer.send("6\r\nsecond\r\n0\r\n\r\n")
        }
        var outgoing = Outgoing("GET", server.url)
        outgoing.deadlines.total = .seconds(600)
        let incoming = try await client.send(outgoing)
        var pieces: [String] = []
        for try await piece in incoming.body {
            pieces.append(String(decoding: piece, as: UTF8.self))
            if pieces.count == 1 { firstIsRead.signal() }
        }
        #expect(pieces == ["first", "second"])
    }

    @Test func `HEAD has a head alone`() async throws {
        let server = try StubServer { peer in
            _ = peer.request()
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n")
        }
        let incoming = try await client.send(Outgoing("HEAD", server.url))
        #expect(try await incoming.body.collect() == [])
    }

    @Test func `an interim answer is no answer`() async throws {
        let server = try StubServer { peer in
            _ = peer.request()
            peer.send("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n")
            peer.answer("done")
        }
        let incoming = try await client.send(Outgoing("GET", server.url))
        #expect(incoming.status == 200 && incoming.header("Link") == nil)
    }

    @Test func `the next request takes the same connection`() async throws {
        let server = try StubServer { peer in while peer.request() != nil { peer.answer("ok") } }
        for _ in 0..<5 { #expect(try await client.send(Outgoing("GET", server.url)).body.collect().count == 2) }
        #expect(server.connections == 1)
    }

    @Test func `many run at once on few connections`() async throws {
        let server = try StubServer { peer in
            while let request = peer.request() { peer.answer(request.target) }
        }
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<200 {
                group.addTask {
                    var outgoing = Outgoing("GET", server.url + "/\(number)")
                    outgoing.deadlines = Outgoing.Deadlines(
                        connecting: .seconds(300), silence: .seconds(300), total: .seconds(600))
                    let incoming = try await client.send(outgoing)
                    return try await incoming.body.collect() == Array("/\(number)".utf8)
                }
            }
            for try await isRight in group { #expect(isRight) }
        }
        #expect(server.connections <= 16)
    }

    @Test func `a sender is held back while nobody reads`() async throws {
        let total = 32 << 20
        let heldBack = AsyncStream.makeStream(of: Int.self)
        let server = try StubServer { peer in
            _ = peer.request()
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: \(total)\r\n\r\n")
            let bytes = [UInt8](repeating: 1, count: total)
            let sent = peer.sendUntilHeldBack(bytes, patience: 200)
            heldBack.continuation.yield(sent)
            peer.send(Array(bytes[sent...]))
        }
        var outgoing = Outgoing("GET", server.url)
        outgoing.bounds.body = total
        outgoing.deadlines.total = .seconds(600)
        let incoming = try await client.send(outgoing)
        for await sent in heldBack.stream {
            #expect(sent < total)
            break
        }
        var count = 0
        for try await piece in incoming.body { count += piece.count }
        #expect(count == total)
    }
}

@Suite struct `Redirects` {
    let client = Client()

    private func server(_ locations: [String: String]) throws -> StubServer {
        try StubServer { peer in
            while let request = peer.request() {
                if let location = locations[request.target] {
                    peer.answer("elsewhere", status: 302, headers: ["Location: \(location)"])
                } else {
                    peer.answer("arrived")
                }
            }
        }
    }

    @Test func `are answers like others where none is to be followed`() async throws {
        let server = try server(["/a": "/b"])
        let incoming = try await client.send(Outgoing("GET", server.url + "/a"))
        #expect(incoming.status == 302 && incoming.header("Location") == "/b")
    }

    @Test func `are followed as often as the request allows`() async throws {
        let server = try server(["/a": "/b", "/b": "/c"])
        var outgoing = Outgoing("GET", server.url + "/a")
        outgoing.redirects = 2
        let incoming = try await client.send(outgoing)
        #expect(incoming.status == 200)
        #expect(String(decoding: try await incoming.body.collect(), as: UTF8.self) == "arrived")
        outgoing.redirects = 1
        await expectFailure(.redirected) { _ = try await client.send(outgoing) }
    }

    @Test(arguments: ["file:///etc/passwd", "ftp://127.0.0.1/x", "gopher://127.0.0.1/"])
    func `lead to HTTP only`(location: String) async throws {
        let server = try server(["/a": location])
        var outgoing = Outgoing("GET", server.url + "/a")
        outgoing.redirects = 3
        await expectFailure(.malformed) { _ = try await client.send(outgoing) }
    }
}
