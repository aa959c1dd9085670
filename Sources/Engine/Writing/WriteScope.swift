import Formula
import Metadata
import SQL
import Storage
import Values

/// One write transaction: what every step of it, and every write that triggers nest in it, shares.
///
/// It lives on the connection's own executor and never leaves the transaction's body.
final class WriteScope {
    let connection: any Connection
    let model: Model
    let session: Session
    let engine: Engine
    let statements: RowStatements
    let transactionID: String
    /// Of autonumber fields, taken until now.
    var numbers: NumbersInHand
    /// 0 for the caller's own write; each write from a trigger or a cascade is one deeper.
    var depth = 0
    /// Ids made earlier in the request, by the name the caller gave them.
    var references: [String: String] = [:]
    /// Parents read so far, for formulas.
    var parents: [String: Record] = [:]
    /// Ids known to exist, so that a batch asks once.
    var existing: Set<String> = []
    /// Whether workers are to be told, after the commit, that there is something to do.
    var hasJobs = false
    /// How many records of each object triggers have made on an occasion, so that the next one's id is another.
    var made: [MadeKey: Int] = [:]
    /// What the change log has of the write until now: written at its end, all at once.
    var entries: [[Bind]] = []
    /// Every change that the log has, or is to have.
    var logged: [LoggedChange] = []
    /// The roll-ups that are to be brought up to date before anybody reads them, at the end of the write at the latest.
    var owed = OwedRollUps()
    var trace: Trace?

    static let depthLimit = 16

    init(_ connection: any Connection, _ model: Model, _ session: Session, _ engine: Engine, explain: Bool) {
        (self.connection, self.model, self.session, self.engine) = (connection, model, session, engine)
        numbers = NumbersInHand(of: engine.numbers)
        statements = RowStatements(connection.dialect)
        transactionID = RecordID.make(at: session.now)
        trace = explain ? Trace() : nil
    }

    /// Does a part of the write that is undone by itself where it fails.
    func nested<Result>(_ body: () async throws -> Result) async throws -> Result {
        // What stands in the log is that of before, whatever becomes of the part.
        try await complete()
        let (outer, inHand, before) = ((references, existing, made), numbers.count, logged.count)
        do {
            return try await connection.nested {
                let result = try await body()
                try await settleRollUps()
                return result
            }
        } catch {
            numbers.giveBack(since: inHand)
            logged.removeSubrange(before...)
            (references, existing, made) = outer
            (parents, entries, owed) = ([:], [], OwedRollUps())
            throw error
        }
    }

    /// Writes what was kept for the end.
    func complete() async throws {
        try await settleRollUps()
        try await writeLog()
    }

    /// Whether the caller itself writes, not a trigger on its behalf: rights and read-only fields count for the caller only.
    var isCaller: Bool { depth == 0 }
}

extension WriteScope {
    func run(_ statement: Statement) async throws {
        trace?.statements += 1
        try await connection.run(statement)
    }

    func run(_ sql: String, each binds: [[Bind]]) async throws {
        trace?.statements += 1
        try await connection.run(sql, each: binds)
    }

    func insert(_ insertion: Insertion, _ rows: [[Bind]]) async throws {
        trace?.statements += 1
        try await connection.insert(insertion, rows: rows)
    }

    func update(_ alteration: Alteration, _ rows: [[Bind]]) async throws {
        trace?.statements += 1
        try await connection.update(alteration, rows: rows)
    }

    func rows<Result>(_ statement: Statement, _ body: (inout any Rows) throws -> Result) async throws -> Result {
        trace?.statements += 1
        return try await connection.rows(statement, body)
    }

    /// Runs one step of the write and notes it where the caller wants an explanation.
    func step<Result>(
        _ kind: String, _ name: String, _ object: ObjectModel, _ records: Int, _ body: () async throws -> Result
    ) async throws -> Result {
        guard trace != nil else { return try await body() }
        let start = ContinuousClock.now
        let result = try await body()
        trace?.add(kind, name, object.definition.name, records, depth: depth, since: start)
        return result
    }

    /// A write that a trigger makes, inside this one: each request for a change, on whose occasion it is carried out.
    func nested(_ trigger: String, _ requests: [(Change?, WriteRequest)]) async throws -> [WriteOutcome.Done] {
        let outer = references
        defer { references = outer }
        let occasions = requests.compactMap { change, request in change?.occasion.map { following($0, request) } }
        return try await deeper(naming: trigger) {
            do {
                return try await perform(requests.map(\.1), on: occasions.count == requests.count ? occasions : [])
            } catch let problems as RecordProblems { throw problems.problem }
        }
    }

    func deeper<Result>(naming cause: String, _ body: () async throws -> Result) async throws -> Result {
        guard depth < WriteScope.depthLimit else {
            throw Problem(
                .unprocessable, "too_deep",
                "Triggers set off one another more than \(WriteScope.depthLimit) levels deep, last by \(cause)",
                hint: "Give the trigger a condition that its own changes do not meet")
        }
        depth += 1
        defer { depth -= 1 }
        return try await body()
    }
}
