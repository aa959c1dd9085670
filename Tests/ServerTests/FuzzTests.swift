import NIOHTTP1
import Server
import Testing
import Values

@Suite("Requests made of noise")
struct FuzzTests {
    /// What the database holds, to see that nothing changed it.
    private static func contents(_ office: Office) async throws -> [String] {
        var contents: [String] = []
        for object in ["Account", "Contact", "Opportunity", "Lead", "Activity", "User"] {
            contents.append(try await office.client.get("/api/objects/\(object)?deleted=true").text)
        }
        return contents
    }

    @Test(arguments: [1, 2, 3, 4])
    func `never make the server fail, nor change anything`(seed: UInt64) async throws {
        try await Office.run { office in
            let id = try await office.account()
            let before = try await FuzzTests.contents(office)
            var noise = Noise(seed: seed, id: id)
            for _ in 0..<150 {
                let (method, path, body) = noise.request()
                let reply = try await office.client.send(
                    method, path, headers: ["Content-Type": "application/json"], body: method == "GET" ? nil : body)
                #expect(
                    (200..<300).contains(reply.status) == false || method == "GET" || path.hasPrefix("/api/query")
                        || path.contains("batch"),
                    "\(method) \(path) \(String(decoding: body, as: UTF8.self)): \(reply.text)")
                #expect(reply.status < 500, "\(method) \(path) \(String(decoding: body, as: UTF8.self)): \(reply.text)")
                if reply.status >= 400 {
                    #expect(reply.code != nil && reply.json["requestId"] != nil, "\(method) \(path): \(reply.text)")
                }
            }
            #expect(try await FuzzTests.contents(office) == before)
            #expect(office.log.lines == [])
        }
    }

    @Test func `spoilt bytes on the wire never make the server fail`() async throws {
        try await Office.run { office in
            var noise = Noise(seed: 5, id: "")
            for _ in 0..<100 {
                let bytes = noise.spoilt(
                    Array("POST /api/query HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}".utf8))
                let text = try await Wire.open(office.client.port) { wire in
                    try await wire.send(bytes)
                    wire.finish()
                    return await wire.receiveAll()
                }
                #expect(!text.hasPrefix("HTTP/1.1 5"), "\(text)")
            }
            #expect(try await office.client.get("/health").status == 200)
            #expect(office.log.lines == [])
        }
    }
}
