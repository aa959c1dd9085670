import Jobs
import SQL
import Storage
import Subprocess
import SystemPackage
import Values

/// A queue, and worker processes on it.
struct Bench: Sendable {
    static let empty = JobKind<NoPayload>("empty")

    let database: any Database
    let address: String
    let queue: JobQueue

    /// - Parameter address: of a PostgreSQL server, or the path of a file.
    static func open(_ address: String) async throws -> Bench {
        let database: any Database =
            address.hasPrefix("postgres:")
            ? try await PostgresDatabase.open(PostgresAddress(address)) : try await SQLiteDatabase.open(path: address)
        try await database.migrate(to: Schema(tables: JobTables.all))
        return Bench(database: database, address: address, queue: JobQueue(database))
    }

    /// Runs `body` beside worker processes, and gives the waits of the jobs that these did, in milliseconds.
    func withWorkers(_ count: Int, _ body: @Sendable () async throws -> Void) async throws -> [Double] {
        try await withThrowingTaskGroup(of: [Double].self) { group in
            for _ in 0..<count {
                group.addTask {
                    try await Subprocess.run(
                        .path("/proc/self/exe"), arguments: ["work", address], input: .none, output: .string(limit: 1 << 28)
                    ).standardOutput.split(separator: "\n").compactMap { Double($0) }
                }
            }
            while try await queue.workers().count < count { try await Task.sleep(for: .milliseconds(20)) }
            try await body()
            try await drained()
            try await queue.pause(WorkerProcess.stop)
            let waits = try await group.reduce(into: []) { $0 += $1 }
            try await queue.resume(WorkerProcess.stop)
            return waits
        }
    }

    func enqueue(_ count: Int) async throws {
        let jobs = (0..<count).map { _ in NewJob(Bench.empty) }
        _ = try await database.transaction(deadline: .after(.seconds(10))) { try await queue.enqueue(jobs, on: $0) }
    }

    func drained() async throws {
        while try await !queue.jobs(limit: 1).isEmpty { try await Task.sleep(for: .milliseconds(5)) }
    }

    /// Enqueues that many jobs a second, each in a transaction of its own, for that long.
    func load(perSecond: Int, seconds: Int) async throws {
        let start = ContinuousClock.now
        try await withThrowingTaskGroup { group in
            for number in 0..<perSecond * seconds {
                try await Task.sleep(until: start + .seconds(number) / perSecond)
                group.addTask { _ = try await queue.enqueue(NewJob(Bench.empty)) }
            }
            try await group.waitForAll()
        }
    }

    func integer(_ sql: String) async throws -> Int {
        try await database.read(Statement(sql: sql), lane: .long, deadline: .after(.seconds(10))) { rows in
            try rows.next() ? Int(rows.cell(0).integer ?? 0) : 0
        }
    }
}
