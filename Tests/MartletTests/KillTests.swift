import Curl
import PostgresCluster
import Subprocess
import Synchronization
import Testing
import Values

@Suite(.timeLimit(.minutes(2))) struct `A server that is killed` {
    @Test(arguments: DatabaseKind.allCases)
    func `amid 64 writers has kept every record that it acknowledged, and none by half`(on kind: DatabaseKind) async throws {
        let program = try await Program.on(kind)
        let writers = Writers()
        let status = try await RunningServer.status(program, ending: .kill) { server in
            let url = try #require(try await server.greeting().firstMatch(of: /http:\/\/[0-9.:]+/)?.output)
            writers.begin(at: String(url))
            await writers.have(acknowledged: 300)
        }
        #expect(status == 128 + 9)
        let acknowledged = await writers.end()
        let records = try await program.texts(#"SELECT "Id" FROM "Account""#)
        #expect(acknowledged.count >= 300 && acknowledged.subtracting(records) == [])
        #expect(try await program.texts(#"SELECT "RecordId" FROM martlet_change WHERE "Object" = 'Account'"#) == records)
    }
}

/// 64 who create accounts until there is nobody to do it any more.
private final class Writers: Sendable {
    private let client = Client()
    private let acknowledged = Mutex<Set<String>>([])
    private let running = Mutex<[Task<Void, Never>]>([])

    func begin(at url: String) {
        let tasks = (0..<64).map { _ in
            // Each ends with the server, which `end` waits for.
            Task { while let id = await create(at: url) { acknowledged.withLock { _ = $0.insert(id) } } }
        }
        running.withLock { $0 = tasks }
    }

    func have(acknowledged count: Int) async { while acknowledged.withLock({ $0.count }) < count { await Task.yield() } }

    /// The ids that were acknowledged.
    func end() async -> Set<String> {
        for task in running.withLock({ $0 }) { await task.value }
        return acknowledged.withLock { $0 }
    }

    private func create(at url: String) async -> String? {
        let creation = Outgoing(
            "POST", url + "/api/objects/Account", headers: [("Content-Type", "application/json")],
            body: Array(#"{"Name": "Acme"}"#.utf8))
        do {
            let answer = try await client.send(creation)
            #expect(answer.status == 201)
            return try JSON(bytes: try await answer.body.collect())["Id"]?.string
        } catch { return nil }
    }
}
