import Jobs
import PostgresCluster
import SQL
import Storage
import Synchronization
import Testing
import Values

/// A queue on a database of one test, and a clock that stands still until the test moves it.
struct World: Sendable {
    let opened: OpenDatabase
    let clock: ManualClock
    let queue: JobQueue
    /// What handlers and workers did.
    let diary: Diary

    static func run(
        _ kind: DatabaseKind, at time: String = "2026-03-02T08:00:00Z", _ body: (World) async throws -> Void
    ) async throws {
        let opened = try await kind.open()
        do {
            try await opened.database.migrate(to: Schema(tables: JobTables.all))
            let clock = ManualClock(time)
            let queue = JobQueue(opened.database, clock: clock, patience: .seconds(60))
            try await body(World(opened: opened, clock: clock, queue: queue, diary: Diary()))
        } catch {
            await opened.close()
            throw error
        }
        await opened.close()
    }

    var database: any Database { opened.database }

    /// The same with a clock that runs.
    var live: World { World(opened: opened, clock: clock, queue: JobQueue(database, patience: .seconds(60)), diary: diary) }

    /// A worker that notes in the diary what it does. Its handlers write down what their jobs carry.
    func worker(
        _ handlers: [JobHandler]? = nil, schedules: [JobSchedule] = [], slots: Int = 4,
        _ change: (inout WorkerSettings) -> Void = { _ in }
    ) -> JobWorker {
        var settings = WorkerSettings()
        (settings.slots, settings.linger) = (slots, .zero)
        change(&settings)
        let standard = [writing(.note), writing(.letter)]
        return JobWorker(queue, handlers: handlers ?? standard, schedules: schedules, settings: settings) { [diary] event in
            if let line = event.line { diary.write(line) }
        }
    }

    func writing(_ kind: JobKind<JSON>) -> JobHandler {
        JobHandler(kind) { [diary] text, run in diary.write("\(run.job.kind) \(text.string ?? text.description)") }
    }

    @discardableResult
    func transaction<Result: Sendable>(_ body: @escaping @Sendable (any Connection) async throws -> Result) async throws -> Result
    {
        try await database.transaction(deadline: .after(.seconds(60)), body)
    }

    /// Puts jobs in, one after the other, so that they are due in this order.
    func enqueue(_ texts: String..., kind: JobKind<JSON> = .note) async throws {
        for text in texts {
            _ = try await queue.enqueue(NewJob(kind, .string(text)))
            clock.advance(by: .milliseconds(1))
        }
    }

    func only() async throws -> Job {
        let jobs = try await queue.jobs()
        #expect(jobs.count == 1)
        return try #require(jobs.first)
    }
}

extension JobKind<JSON> {
    static let note = JobKind("note", attempts: 3, timeout: .seconds(60), backoff: Backoff(first: .seconds(10)))
    static let letter = JobKind("letter", queue: "mail")
}

extension JobWorker {
    /// Takes what is due, performs it, and writes down what came of it.
    @discardableResult
    func work() async throws -> Turn {
        let turn = try await turn()
        await performTaken()
        try await self.turn()
        return turn
    }
}

extension JobEvent {
    /// What the diary says of it; nothing of what went well.
    var line: String? {
        switch self {
        case .done: nil
        case .failed(let job, let error, let retryAt):
            "\(job.payload.string ?? "") failed: \(error)" + (retryAt == nil ? ", dead" : "")
        case .cancelled(let job): "\(job.payload.string ?? "") cancelled"
        case .released(let job): "\(job.payload.string ?? "") released"
        case .lost: "lost"
        case .tookOff(_, let jobs): "took off a worker with \(jobs)"
        case .takenOff: "taken off"
        case .scheduled(let name, _): "scheduled \(name)"
        case .compacted: "compacted"
        case .trouble(let text): "trouble: \(text)"
        }
    }
}

/// Lines in the order in which they were written.
final class Diary: Sendable {
    private let all = Mutex<[String]>([])

    var lines: [String] { all.withLock { $0 } }
    func write(_ line: String) { all.withLock { $0.append(line) } }
}

/// Holds up whoever passes until it is opened.
final class Gate: Sendable {
    private let arrivals = AsyncStream.makeStream(of: Void.self)
    private let opening = AsyncStream.makeStream(of: Never.self)

    /// Also ends when the task is cancelled.
    func pass() async {
        arrivals.continuation.yield()
        for await _ in opening.stream {}
    }

    func open() { opening.continuation.finish() }
    func waitForArrival() async { for await _ in arrivals.stream { return } }
}

struct Mishap: Error, CustomStringConvertible {
    var description = "mishap"
}
