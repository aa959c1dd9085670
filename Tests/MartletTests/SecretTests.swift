import Testing

@testable import martlet

@Suite struct `The secret file` {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test func `is the same for all servers that start at once`() async throws {
        for round in 0..<100 {
            let path = scratch.path("\(round)/test.secret")
            let secrets = try await withThrowingTaskGroup { group in
                for _ in 0..<4 { group.addTask { try Secret.open(path) } }
                return try await group.reduce(into: Set<[UInt8]>()) { $0.insert($1) }
            }
            #expect(secrets == [try Secret.open(path)])
        }
    }

    @Test func `is its owner's alone, and the only one in its folder`() throws {
        let path = scratch.path("data/test.secret")
        let secret = try Secret.open(path)
        #expect(secret.count == Secret.length && Secret.mode(path) == 0o600)
        #expect(try scratch.names("data") == ["test.secret"])
    }

    @Test func `that is cut off is told, and left as it is`() throws {
        try scratch.write("test.secret", "short")
        let failure = #expect(throws: Failure.self) { try Secret.open(scratch.path("test.secret")) }
        #expect(failure?.message.contains("has 5 bytes instead of 32") == true)
        #expect(try scratch.text("test.secret") == "short")
    }
}
