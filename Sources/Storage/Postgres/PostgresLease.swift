import SQL

/// The connection as it is lent to the body of one transaction or snapshot: dead once the body has ended.
///
/// BEGIN, SAVEPOINT and RELEASE are not sent by themselves but in the flight of the statement that comes after them.
final class PostgresLease: Connection {
    private let session: PostgresSession
    /// Control commands that have not been sent yet.
    private var pending: [String]
    private var isBegun = false
    /// Whether something is to hold from the beginning on, so that even a body that asks nothing must not go unchecked.
    private let isConditional: Bool
    private var isOver = false
    /// What was thrown by a statement, and has not been undone since: nothing more can be done, as PostgreSQL sees it.
    private var failure: (any Error)?
    private var isCommitting = false

    /// - Parameter beginning: BEGIN, and what is to hold from the beginning on.
    init(_ session: PostgresSession, beginning: [String]) {
        (self.session, pending, isConditional) = (session, beginning, beginning.count > 1)
    }

    var dialect: Dialect { .postgres }

    func run(_ statement: Statement) async throws -> Int {
        try await perform(statement.sql) { try session.link.add(statement.sql, statement.binds) }.changed
    }

    func run(_ sql: String, each binds: [[Bind]]) async throws -> Int { try await run(sql, each: binds, atOnce: 500) }

    /// - Parameter size: how many are sent before any is waited for, so that what is on its way stays small.
    private func run(_ sql: String, each binds: [[Bind]], atOnce size: Int) async throws -> Int {
        var changed = 0
        for start in stride(from: 0, to: binds.count, by: size) {
            let flight = try await perform(sql) {
                for binds in binds[start..<min(start + size, binds.count)] { try session.link.add(sql, binds) }
            }
            changed += flight.changed
        }
        return changed
    }

    /// Many rows by COPY, else several to a statement: what a statement costs by itself (to look up the table's indexes, to read
    /// the expression of a generated column) is more than a row does.
    func insert(_ insertion: Insertion, rows: [[Bind]]) async throws -> Int {
        if rows.count >= Self.worthCopying {
            try await load(rows, into: insertion.table, columns: insertion.columns)
            return rows.count
        }
        var (rest, statements) = (rows[...], [(sql: String, binds: [Bind])]())
        for (size, sql) in insertion.batches {
            while rest.count >= size {
                statements.append((sql, rest.prefix(size).flatMap(\.self)))
                rest = rest.dropFirst(size)
            }
        }
        guard let first = statements.first else { return 0 }
        return try await perform(first.sql) {
            for statement in statements { try session.link.add(statement.sql, statement.binds) }
        }.changed
    }

    func update(_ alteration: Alteration, rows: [[Bind]]) async throws -> Int {
        // A row that is changed twice is changed in the order of its changes.
        guard rows.count >= 4, let sql = alteration.sqlOfArrays, Set(rows.map(\.last)).count == rows.count else {
            return try await run(alteration.sql, each: rows)
        }
        var sets: [[Bind]] = []
        for start in stride(from: 0, to: rows.count, by: 500) {
            let part = rows[start..<min(start + 500, rows.count)]
            sets.append(try part[start].indices.map { column in .text(try Bind.array(part.map { $0[column] }, sql: sql)) })
        }
        return try await run(sql, each: sets, atOnce: 2)
    }

    /// So many rows that two more ways to the server and back, and a statement that is read anew, do not matter.
    private static let worthCopying = 48

    func load(_ rows: [[Bind]], into table: String, columns: [String]) async throws {
        let sql = "COPY \(quoted(table)) (\(columns.map(quoted).joined(separator: ", "))) FROM STDIN"
        try check(sql)
        if rows.isEmpty { return }
        try await performing(sql) {
            // COPY leaves pipeline mode: what was to travel with it goes before.
            if !pending.isEmpty { try await sendPending() }
            try await session.copy(rows, sql)
        }
    }

    func rows<Result>(_ statement: Statement, _ body: (inout any Rows) throws -> Result) async throws -> Result {
        let flight = try await perform(statement.sql) { try session.link.add(statement.sql, statement.binds) }
        guard let result = flight.result else { throw misuse("The statement gives no rows", statement.sql) }
        defer { result.end() }
        var rows: any Rows = PostgresRows(result)
        return try body(&rows)
    }

    func nested<Result>(_ body: () async throws -> Result) async throws -> Result {
        try check("SAVEPOINT")
        pending.append("SAVEPOINT martlet")
        do {
            let result = try await body()
            if let failure { throw failure }
            pending.append("RELEASE martlet")
            return result
        } catch {
            try await undoPart()
            throw error
        }
    }

    /// Where the latest savepoint that is still open stands among commands.
    private static func openSavepoint(in commands: [String]) -> Int? {
        var released = 0
        for (index, command) in commands.enumerated().reversed() {
            if command.hasPrefix("RELEASE") { released += 1 }
            guard command.hasPrefix("SAVEPOINT") else { continue }
            if released == 0 { return index }
            released -= 1
        }
        return nil
    }

    /// Undoes what was done since the latest savepoint, unless the whole transaction is lost anyway.
    private func undoPart() async throws {
        if isHopeless || session.ticket?.isWanted == false { return }
        let unsent = pending
        pending = []
        if let start = PostgresLease.openSavepoint(in: unsent) {
            // Nothing was sent since.
            pending = Array(unsent[..<start])
            failure = nil
            return
        }
        try await control(unsent + ["ROLLBACK TO martlet", "RELEASE martlet"])
        failure = nil
    }
}

// MARK: The end

extension PostgresLease {
    /// Ends the lease and makes everything lasting. What it costs to make it so is not limited by the caller's deadline.
    func commit() async throws {
        isOver = true
        // Nothing was committed: who gave it up is told just that, whatever else came of it.
        try session.ticket?.check()
        if let failure { throw failure }
        guard isBegun || isConditional else { return }
        session.ticket = Ticket(deadline: .after(.seconds(30)))
        isCommitting = true
        try await send(pending + ["COMMIT"], areUsual: true)
        isCommitting = false
        isBegun = false
    }

    /// Checks what was to hold from the beginning, where the body came to an error without asking the database anything.
    func verify() async throws {
        guard isConditional, !isBegun, failure == nil, session.ticket?.isWanted ?? true else { return }
        let commands = pending
        (pending, isBegun) = ([], true)
        try await control(commands)
    }

    /// Undoes whatever is left; nothing after a commit.
    func undo() async {
        isOver = true
        guard isBegun, !isLost else { return }
        session.ticket = Ticket(deadline: .after(.seconds(5)))
        // An interruption that came late may have met the first of them.
        for _ in 0..<2 where !session.link.isAtRest { try? await send(["ROLLBACK"]) }
    }

    var isLost: Bool { failure is ConnectionLost }

    /// Whether no part of the transaction can be saved.
    private var isHopeless: Bool { isLost || missingMonth != nil || (failure as? Refusal)?.code == Refusal.superseded }

    /// A month whose part has to be made before the transaction can be run.
    var missingMonth: Month? { (failure as? Refusal)?.missingMonth }

    /// Whether running it again could help, and cannot do it twice.
    var mayRunAgain: Bool {
        if let refusal = failure as? Refusal { return refusal.isCollision || refusal.isStalePlan }
        return isLost && !isCommitting
    }

    /// What the caller is told who was thrown `error`.
    func reason(for error: any Error) -> any Error {
        if isLost, isCommitting { return StorageError.uncertain }
        switch error {
        case let refusal as Refusal: return StorageError(refusal, sql: "COMMIT")
        case let loss as ConnectionLost: return StorageError(loss)
        default: return error
        }
    }
}

// MARK: Statements

extension PostgresLease {
    private func perform(_ sql: String, _ add: () throws -> Void) async throws -> Flight {
        try check(sql)
        if PostgresLease.isControl(sql) { throw misuse("Only the database begins and ends transactions", sql) }
        return try await performing(sql) {
            try addPending()
            try add()
            return try await session.fly()
        }
    }

    private func addPending() throws {
        for command in pending { try session.link.add(control: command, isUsual: true) }
        (pending, isBegun) = ([], true)
    }

    private func sendPending() async throws {
        try addPending()
        _ = try await session.fly()
    }

    /// Does `work`, and remembers what it failed of.
    private func performing<Result>(_ sql: String, _ work: () async throws -> Result) async throws -> Result {
        do { return try await work() } catch let refusal as Refusal {
            failure = refusal
            throw StorageError(refusal, sql: sql)
        } catch let loss as ConnectionLost {
            failure = loss
            // Nothing of it was committed: who gave it up is told just that.
            try session.ticket?.check()
            throw StorageError(loss)
        } catch {
            failure = error
            throw error
        }
    }

    private func control(_ commands: [String]) async throws {
        do { try await send(commands) } catch {
            failure = error
            throw reason(for: error)
        }
    }

    private func send(_ commands: [String], areUsual: Bool = false) async throws {
        do {
            for command in commands { try session.link.add(control: command, isUsual: areUsual) }
            _ = try await session.fly()
        } catch {
            failure = error
            throw error
        }
    }

    private func check(_ sql: String) throws {
        if isOver { throw misuse("The connection is used after the end of the body it was lent to", sql) }
        if let failure { throw reason(for: failure) }
        try session.ticket?.check()
    }

    private func misuse(_ message: String, _ sql: String) -> StorageError { .statement(message: message, sql: sql) }

    /// Whether a statement begins or ends transactions: only the connection's owner may.
    private static func isControl(_ sql: String) -> Bool {
        let word = sql.utf8.drop { $0 <= UInt8(ascii: " ") }.prefix {
            $0 | 0x20 >= UInt8(ascii: "a") && $0 | 0x20 <= UInt8(ascii: "z")
        }
        return control.contains(Substring(word).uppercased())
    }

    private static let control: Set = [
        "BEGIN", "START", "COMMIT", "END", "ROLLBACK", "ABORT", "SAVEPOINT", "RELEASE", "PREPARE", "VACUUM",
    ]
}
