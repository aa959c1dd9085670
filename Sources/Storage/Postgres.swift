import Foundation
package import SQL

/// A database on a PostgreSQL server.
///
/// Short reads share a few connections, on which many are under way at once, and so do pages; each long read, snapshot and
/// transaction has a connection to itself while it runs, so that a slow one never stands before a fast one. A page that was found
/// to be slow is a long read.
///
///     let database = try await PostgresDatabase.open(PostgresAddress("postgres://martlet@/crm?host=/run/postgresql"))
package final class PostgresDatabase: Database {
    package struct Options: Sendable {
        package var address: PostgresAddress
        /// Statements that make the functions which compiled queries call; run by every migration.
        package var functions: [String] = []
        /// Connections for short reads.
        package var pipelines = 2
        /// Reads under way on one of them before the next is used: the more come together, the more they share.
        package var pipelineCrowd = 96
        /// How long the server may keep what was sent first on one of them before the next is used.
        package var pipelinePatience = Duration.milliseconds(5)
        /// Connections for pages, each with a thread of its own.
        package var pagePipelines = 2
        /// What a page takes at least, twice, that is slow.
        package var slowPage = Duration.milliseconds(50)
        /// For how long a page that was slow is a long read.
        package var slowPageMemory = Duration.seconds(300)
        /// Reads that leave together on one of them.
        package var pipelineDepth = 16
        /// How often reads leave on one of them before the first have come back.
        package var pipelineFlights = 2
        /// Connections for long reads and snapshots, each with a thread of its own.
        package var readers = 2
        /// Connections for transactions.
        package var writers = 8
        /// Threads that run them.
        package var writerThreads = 2
        package var connectTimeout = Duration.seconds(5)
        /// How long callers are let wait for a server that does not take connections.
        package var patience = Duration.seconds(2)
        /// How long callers are let wait while all connections are at work for others.
        package var linePatience = Duration.seconds(5)
        /// How long a server may take to interrupt a statement before the connection is given up.
        package var interruptionPatience = Duration.seconds(5)
        /// Statements each connection keeps prepared.
        package var statementCacheSize = 256
        /// Callers that wait in one line, at most.
        package var lineLimit = 4096
        /// Rows of a table from which on its indexes are made without locking it.
        package var largeTable = 100_000
        /// How long a migration may wait for a lock on a table, while all others wait behind it.
        package var lockTimeout = Duration.seconds(2)
        /// Settings of each session on the server. The timeouts are for callers that vanish: callers that stay send an
        /// interruption at their deadline. Only that for locks is shorter: who waits for a row keeps a connection from others.
        package var serverSettings: [(name: String, value: String)] = [
            ("TimeZone", "UTC"), ("DateStyle", "ISO"), ("extra_float_digits", "1"), ("jit", "off"),
            ("statement_timeout", "600s"), ("lock_timeout", "10s"), ("idle_in_transaction_session_timeout", "60s"),
            ("client_connection_check_interval", "5s"),
        ]

        package init(address: PostgresAddress) { self.address = address }

        /// A page's values differ each time, and planning it anew costs as much as running it. Where one plan for all values is a bad one,
        /// the page is slow, and planned anew as a long read.
        fileprivate var ofPipelines: Options {
            var options = self
            options.serverSettings += [("plan_cache_mode", "force_generic_plan")]
            return options
        }

        /// What transactions ask goes by keys, whatever their values. A plan that was made while a table was empty reads all of it, and
        /// would be kept until the server next looks at how large the table has become; one for a list of keys would be made each time.
        fileprivate var ofWriters: Options {
            var options = self
            options.serverSettings += [("enable_seqscan", "off"), ("plan_cache_mode", "force_generic_plan")]
            return options
        }
    }

    /// The database in whose transaction the present task is.
    @TaskLocal private static var open: ObjectIdentifier?

    let options: Options
    private let pipelines: [Pipeline]
    private let pages: [Pipeline]
    private let slow: SlowStatements
    private let readers: [Worker]
    let reading: Worker.Line
    private let writing: Worker.Line
    private let tasks: [Task<Void, Never>]

    /// Connects, so that what is wrong with the address is known at once.
    package static func open(
        _ address: PostgresAddress, options change: (inout Options) -> Void = { _ in }
    ) async throws -> PostgresDatabase {
        var options = Options(address: address)
        change(&options)
        let database = try PostgresDatabase(options)
        do { try await database.readers[0].greet() } catch {
            await database.close()
            throw StorageError.told(error)
        }
        return database
    }

    private init(_ options: Options) throws {
        self.options = options
        let (reading, writing) = (Worker.Line(limit: options.lineLimit), Worker.Line(limit: options.lineLimit))
        (self.reading, self.writing) = (reading, writing)
        let short = try EventLoop(name: "postgres-short")
        pipelines = (0..<max(1, options.pipelines)).map { _ in Pipeline(on: short, options.ofPipelines) }
        let slow = SlowStatements(memory: options.slowPageMemory)
        self.slow = slow
        pages = try (1...max(1, options.pagePipelines)).map { number in
            Pipeline(on: try EventLoop(name: "postgres-page-\(number)"), options.ofPipelines, slow: slow)
        }
        let lanes = (reading: Worker.Lane(), writing: Worker.Lane())
        readers = try (1...max(1, options.readers)).map { number in
            Worker(on: try EventLoop(name: "postgres-long-\(number)"), lanes.reading, reading, options)
        }
        let loops = try (1...max(1, options.writerThreads)).map { try EventLoop(name: "postgres-write-\($0)") }
        let writers = (0..<max(1, options.writers)).map { number in
            Worker(on: loops[number % loops.count], lanes.writing, writing, options.ofWriters)
        }
        // Each ends when its line is closed, which `close` and `deinit` do.
        tasks =
            (pipelines + pages).map { pipeline in Task(executorPreference: pipeline.loop) { await pipeline.run() } }
            + (readers + writers).map { worker in Task(executorPreference: worker.loop) { await worker.run() } }
    }

    deinit {
        reading.close()
        writing.close()
        for pipeline in pipelines + pages { pipeline.close() }
    }

    package var dialect: Dialect { .postgres }
    package var address: PostgresAddress { options.address }

    package func close() async {
        reading.close()
        writing.close()
        for pipeline in pipelines + pages { pipeline.close() }
        for task in tasks { await task.value }
    }
}

extension PostgresDatabase {
    package func read<Result: Sendable>(
        _ statement: Statement, lane: Lane, deadline: Deadline,
        _ body: @escaping @Sendable (inout any Rows) throws -> Result
    ) async throws -> Result {
        switch lane {
        case .short: return try await shortest().read(statement, deadline: deadline, body)
        case .page where !slow.contains(statement.sql):
            return try await PostgresDatabase.freest(of: pages).read(statement, deadline: deadline, body)
        case .page, .long:
            return try await reading.submit(deadline: deadline, patience: options.linePatience) {
                try await $0.stream(statement, body)
            }
        }
    }

    package func aside<Result: Sendable>(
        _ statement: Statement, deadline: Deadline, _ body: @escaping @Sendable (inout any Rows) throws -> Result
    ) async throws -> Result {
        // Each commits by itself: nothing is shared, and who commits is waited for.
        try await PostgresDatabase.freest(of: pipelines).read(statement, isChange: true, deadline: deadline, body)
    }

    private func shortest() throws -> Pipeline {
        try pipelines.first { !$0.isHeld && $0.load < options.pipelineCrowd } ?? PostgresDatabase.freest(of: pipelines)
    }

    private static func freest(of pipelines: [Pipeline]) throws -> Pipeline {
        let freest = pipelines.min { ($0.isHeld ? 1 : 0, $0.load) < ($1.isHeld ? 1 : 0, $1.load) }
        guard let pipeline = freest else { throw StorageError.unavailable("it is closed") }
        return pipeline
    }

    package func snapshot<Result: Sendable>(
        deadline: Deadline, _ body: @escaping @Sendable (any Connection) async throws -> Result
    ) async throws -> Result {
        try await reading.submit(deadline: deadline, patience: options.linePatience) {
            try await $0.transaction(["BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"], body)
        }
    }

    package func transaction<Result: Sendable>(
        deadline: Deadline, _ body: @escaping @Sendable (any Connection) async throws -> Result
    ) async throws -> Result {
        try await transaction(["BEGIN"], deadline, body)
    }

    package func transaction<Result: Sendable>(
        under version: String, deadline: Deadline, _ body: @escaping @Sendable (any Connection) async throws -> Result
    ) async throws -> Result {
        try await transaction(["BEGIN", EditionSQL.requirement(version)], deadline, body)
    }

    private func transaction<Result: Sendable>(
        _ beginning: [String], _ deadline: Deadline, _ body: @escaping @Sendable (any Connection) async throws -> Result
    ) async throws -> Result {
        let database = ObjectIdentifier(self)
        // Where all connections are taken, it would wait for itself.
        if Self.open == database { throw StorageError.statement(message: "A transaction is begun inside another", sql: "BEGIN") }
        return try await writing.submit(deadline: deadline, patience: options.linePatience) { worker in
            try await Self.$open.withValue(database) { try await worker.transaction(beginning, body) }
        }
    }

    /// Of our tables; others may lie beside them.
    package func refreshStatistics() async throws {
        let tables = try await inspect(Schema(tables: [])).tables.map { quoted($0.name) }
        if !tables.isEmpty { try await command("ANALYZE \(tables.joined(separator: ", "))") }
    }

    /// Runs one statement that is no part of a transaction, as maintenance is.
    package func command(_ sql: String) async throws {
        try await reading.submit(deadline: .after(.seconds(600))) { worker in
            try await worker.hold { session in try session.command(sql) }
        }
    }
}
