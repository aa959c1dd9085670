import Foundation
import Jobs
import PostgresCluster
import SQL
import Storage
import Subprocess
import SystemPackage
import Testing
import Values

/// Workers that are processes of their own, and what becomes of the work when they are killed or stopped.
@Suite(.timeLimit(.minutes(2))) struct `Workers that are processes` {
    @Test(arguments: DatabaseKind.allCases)
    func `kill -9 at any moment loses no job and does none twice`(_ kind: DatabaseKind) async throws {
        try await Site.run(kind) { site in
            let jobs = (0..<500).map { NewJob(Site.effect, .number(Number($0))) }
            _ = try await site.database.transaction(deadline: .after(.seconds(60))) {
                try await site.queue.enqueue(jobs, on: $0)
            }
            try await withThrowingTaskGroup { group in
                for lane in 0..<2 {
                    group.addTask {
                        var random = SplitMix(state: UInt64(lane))
                        for _ in 0..<4 {
                            let count = Int.random(in: 1...60, using: &random)
                            try await site.runWorker { _, send, seen in
                                if seen == count { try send(.kill) }
                            }
                        }
                        try await site.runWorker()
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await site.effects().map(\.number) == jobs.map(\.payload.description).sorted())
            #expect(try await site.queue.jobs().isEmpty)
        }
    }

    @Test(arguments: DatabaseKind.allCases)
    func `a worker that was stopped and goes on cannot finish what another has taken`(_ kind: DatabaseKind) async throws {
        try await Site.run(kind) { site in
            _ = try await site.queue.enqueue(NewJob(Site.effect, 7))
            let gate = NSTemporaryDirectory() + "martlet-gate-\(UUID().uuidString)"
            defer { try? FileManager.default.removeItem(atPath: gate) }
            var said: [String] = []
            try await site.runWorker(gate: gate) { line, send, _ in
                said.append(line)
                guard line == "began 7", said.count == 1 else { return }
                try send(.suspend)
                // The other does the job as soon as the lease of the first is over, and ends when none is left.
                try await site.runWorker()
                try Data().write(to: URL(filePath: gate))
                try send(.resume)
            }
            #expect(said == ["began 7", "lost 7"])
            let effects = try await site.effects()
            #expect(effects.map(\.number) == ["7"] && effects.map(\.epoch) == [2])
        }
    }
}

/// A database that several processes share.
private struct Site: Sendable {
    static let effect = JobKind<JSON>("effect", attempts: 1000)

    let database: any Database
    let address: String
    var queue: JobQueue { JobQueue(database) }

    static func run(_ kind: DatabaseKind, _ body: (Site) async throws -> Void) async throws {
        let opened = try await kind.open()
        do {
            let effect = Table(
                name: "Effect", columns: [Column("Id", .text, isNullable: false), Column("Epoch", .integer)], primaryKey: "Id")
            try await opened.database.migrate(to: Schema(tables: JobTables.all + [effect]))
            try await body(Site(database: opened.database, address: opened.address))
        } catch {
            await opened.close()
            throw error
        }
        await opened.close()
    }

    /// Runs a worker to its end, and calls `body` for each line it prints with how many there are.
    func runWorker(
        gate: String? = nil,
        _ body: (_ line: String, _ send: (Signal) throws -> Void, _ seen: Int) async throws -> Void = { _, _, _ in }
    ) async throws {
        let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
            .appending(path: "JobsCrash")
        _ = try await Subprocess.run(
            .path(FilePath(program.path)), arguments: .init([address] + (gate.map { [$0] } ?? [])), input: .none,
            output: .sequence,
            error: .discarded
        ) { execution in
            var seen = 0
            for try await line in execution.standardOutput.strings() {
                seen += 1
                try await body(line.trimmingCharacters(in: .newlines), { try execution.send(signal: $0) }, seen)
            }
        }
    }

    func effects() async throws -> [(number: String, epoch: Int)] {
        let statement = Statement(sql: "SELECT \(quoted("Id")), \(quoted("Epoch")) FROM \(quoted("Effect")) ORDER BY 1")
        return try await database.read(statement, lane: .long, deadline: .after(.seconds(60))) { rows in
            var effects: [(String, Int)] = []
            while try rows.next() { effects.append((rows.cell(0).string ?? "", Int(rows.cell(1).integer ?? 0))) }
            return effects
        }
    }
}
