package import SQL

/// A database of records: many readers, transactions, a deadline on everything.
///
/// There are two, `SQLiteDatabase` and, over libpq, `PostgresDatabase`; both hold the same promises, which the conformance suite
/// states. `ReplicatedDatabase` sends some reads of the latter to its replicas.
package protocol Database: Sendable {
    var dialect: Dialect { get }

    /// Runs one reading statement and hands its rows to `body` as they come, on a thread that may block. `body` may run again
    /// from the start where a connection was lost.
    ///
    /// - Parameters:
    ///   - lane: how long the statement may take.
    ///   - deadline: when the statement is interrupted with `StorageError.deadline`.
    func read<Result: Sendable>(
        _ statement: Statement, lane: Lane, deadline: Deadline,
        _ body: @escaping @Sendable (inout any Rows) throws -> Result
    ) async throws -> Result

    /// The same for a read that need not see everything: a replica may answer it.
    func read<Result: Sendable>(
        _ statement: Statement, lane: Lane, freshness: Freshness, deadline: Deadline,
        _ body: @escaping @Sendable (inout any Rows) throws -> Result
    ) async throws -> Result

    /// A position that no transaction before this call is behind; nil where every read sees them all anyway.
    func position() async throws -> LogPosition?

    /// Runs several reading statements on one snapshot. It holds a connection until `body` returns, which therefore waits for
    /// nothing but the database.
    func snapshot<Result: Sendable>(
        deadline: Deadline, _ body: @escaping @Sendable (any Connection) async throws -> Result
    ) async throws -> Result

    /// Runs `body` in one transaction: committed durably when it returns, undone when it throws.
    ///
    /// Several transactions may share one durable commit; each is undone alone. `body` may run again from the start where the
    /// database gave the transaction up (a neighbour hit a full disk, a deadlock): it must not change anything but the database.
    /// Everybody who writes waits meanwhile: it waits for nothing but the database, and begins no transaction of its own.
    func transaction<Result: Sendable>(
        deadline: Deadline, _ body: @escaping @Sendable (any Connection) async throws -> Result
    ) async throws -> Result

    /// Runs one short statement that changes something and gives rows, in a transaction of its own: what it did stays, whatever
    /// becomes of a transaction around the call. Where its connection broke it may have run twice.
    ///
    /// SQLite, which has one writer, cannot do so from inside a transaction.
    func aside<Result: Sendable>(
        _ statement: Statement, deadline: Deadline, _ body: @escaping @Sendable (inout any Rows) throws -> Result
    ) async throws -> Result

    /// The tables that Martlet keeps in the database, and those that bear the name of one in `wanted`, as they are.
    func inspect(_ wanted: Schema) async throws -> Schema

    /// What would have to be done for the database to hold `schema`; changes nothing.
    ///
    /// A schema is everything that Martlet keeps in the database: a table or column made by an earlier migration that it does not
    /// name is a leftover.
    func plan(_ schema: Schema) async throws -> Migration

    /// Brings the database to `schema` in one transaction, and gives back what was done and what is left.
    ///
    /// Steps that lose something are done only when allowed. Throws `MigrationProblem` where the schema cannot be reached so.
    @discardableResult
    func migrate(
        to schema: Schema, allowDestructive: Bool, progress: @escaping @Sendable (MigrationProgress) -> Void
    ) async throws -> Migration

    /// The same, and makes `edition`, from which the schema was made, the one in force: in the same transaction, once every
    /// transaction under another edition has ended.
    func migrate(
        to schema: Schema, edition: Edition, allowDestructive: Bool, progress: @escaping @Sendable (MigrationProgress) -> Void
    ) async throws -> Migration

    /// A transaction by somebody who goes by the edition of that version, which stays in force until it ends.
    ///
    /// - Throws: `StorageError.superseded` where another is in force.
    func transaction<Result: Sendable>(
        under version: String, deadline: Deadline, _ body: @escaping @Sendable (any Connection) async throws -> Result
    ) async throws -> Result

    /// The edition in force, unless it is that one; nil also where none was ever named.
    func edition(otherThan version: String) async throws -> Edition?

    /// Whether that edition is or was in force.
    func isKnown(edition version: String) async throws -> Bool

    /// Has the database look again at what its planner goes by; worth it after a large load.
    func refreshStatistics() async throws

    /// Makes ready what the near future needs: the months of tables that are split by them. Worth it every few weeks.
    func makeRoomAhead() async throws

    /// Finishes what runs and closes.
    func close() async
}

extension Database {
    package func read<Result: Sendable>(
        _ statement: Statement, lane: Lane, freshness: Freshness, deadline: Deadline,
        _ body: @escaping @Sendable (inout any Rows) throws -> Result
    ) async throws -> Result {
        try await read(statement, lane: lane, deadline: deadline, body)
    }

    package func position() async throws -> LogPosition? { nil }
    package func makeRoomAhead() async throws {}

    @discardableResult
    package func migrate(to schema: Schema, allowDestructive: Bool = false) async throws -> Migration {
        try await migrate(to: schema, allowDestructive: allowDestructive) { _ in }
    }
}

/// How long a statement may take; one that takes long never stands before a short one.
package enum Lane: Sendable, CaseIterable {
    /// A read of few rows by key.
    case short
    /// A read of few rows, mostly short too.
    case page
    case long
}

/// A moment of the monotonic clock after which work is given up.
package struct Deadline: Sendable, Hashable, Comparable {
    package let instant: ContinuousClock.Instant

    package static func after(_ duration: Duration) -> Deadline { Deadline(instant: .now + duration) }
    package var isPast: Bool { ContinuousClock.now >= instant }
    package static func < (a: Deadline, b: Deadline) -> Bool { a.instant < b.instant }
}

/// One connection, lent for a transaction or a snapshot. No call on it may outlive the body it was lent to.
///
/// Once a statement has failed, the transaction can only be undone, or the part of it in a `nested`.
package protocol Connection {
    var dialect: Dialect { get }

    /// Runs a statement that returns nothing, and says how many rows it changed.
    @discardableResult
    func run(_ statement: Statement) async throws -> Int

    /// Runs one statement with many sets of values, as fast as the database can.
    @discardableResult
    func run(_ sql: String, each binds: [[Bind]]) async throws -> Int

    /// Inserts rows, as fast as the database can, and says how many there were.
    @discardableResult
    func insert(_ insertion: Insertion, rows: [[Bind]]) async throws -> Int

    /// Changes rows, as fast as the database can, and says how many there were.
    @discardableResult
    func update(_ alteration: Alteration, rows: [[Bind]]) async throws -> Int

    /// Puts rows into a table as fast as the database can: COPY on PostgreSQL. Each has a value for every column, in their order.
    func load(_ rows: [[Bind]], into table: String, columns: [String]) async throws

    /// Runs a statement and hands its rows to `body` as they come.
    func rows<Result>(_ statement: Statement, _ body: (inout any Rows) throws -> Result) async throws -> Result

    /// Runs `body` in a transaction within the transaction: where it throws, only what it did is undone.
    @discardableResult
    func nested<Result>(_ body: () async throws -> Result) async throws -> Result
}

/// The rows of a running statement.
package protocol Rows {
    var columnCount: Int { get }
    var columnNames: [String] { get }
    /// Goes to the next row (the first, to begin with); false at the end.
    mutating func next() throws -> Bool
    /// A cell of the present row; its bytes are valid until `next`.
    func cell(_ index: Int) -> Cell
}

/// What can go wrong below the engine. A detail is a phrase that ends a sentence: `another connection holds the file`.
package enum StorageError: Error, Sendable, Hashable {
    /// A unique index holds these columns' values already.
    case unique(table: String, columns: [String])
    /// A foreign key points at nothing, or something still points here.
    case foreignKey(String)
    case notNull(table: String, column: String)
    case check(String)
    /// The statement was interrupted at its deadline, or the deadline passed while it waited.
    case deadline
    /// Another process holds the database, or every connection is taken: try again.
    case busy(String)
    case full(String)
    case unavailable(String)
    /// The connection broke during a commit: whether the transaction is there can only be found out by looking.
    case uncertain
    case corrupt(String)
    /// Another edition is in force than the one the caller goes by.
    case superseded
    /// A table, column or function is not there, or of another type: a defect of ours, or another server has changed the schema.
    case missing(message: String, sql: String)
    /// A statement the database refuses: a defect of ours.
    case statement(message: String, sql: String)
}

extension StorageError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unique(let table, let columns): "Another row of \(table) has the same \(columns.joined(separator: ", "))"
        case .foreignKey(let detail): "A reference would point at nothing: \(detail)"
        case .notNull(let table, let column): "\(table).\(column) must have a value"
        case .check(let detail): "A condition of the database is not met: \(detail)"
        case .deadline: "The database took longer than allowed"
        case .busy(let detail): "The database is busy: \(detail). Try again in a moment"
        case .full(let detail):
            "There is no room left for the database: \(detail). Free some, then try again; nothing was changed"
        case .unavailable(let detail): "The database is not available: \(detail)"
        case .uncertain: "The connection broke while a transaction was being committed: whether it was is not known"
        case .corrupt(let detail): "The database is damaged: \(detail)"
        case .superseded: "Another server has put another edition of the schema in force"
        case .missing(let message, let sql), .statement(let message, let sql):
            "The database refuses a statement: \(message) (\(sql))"
        }
    }
}
