import SQL
import Storage
import Synchronization
import Values

extension Schema {
    /// Accounts with their contacts.
    static let sales = Schema(tables: [.account, .contact])
}

extension Table {
    static let account = Table(
        name: "Account",
        columns: [
            Column("Id", .id, isNullable: false), Column("Name", .text, isNullable: false), Column("Email", .text),
            Column("Revenue", .decimal(precision: 18, scale: 2)), Column("Note", .text),
        ],
        primaryKey: "Id",
        indexes: [
            Index(name: "Account_Name", columns: ["Name"]),
            Index(name: "Account_Email", columns: ["Email"], isUnique: true, condition: "\"Email\" IS NOT NULL"),
        ],
        searchColumns: ["Name", "Note"])

    static let contact = Table(
        name: "Contact",
        columns: [
            Column("Id", .id, isNullable: false), Column("LastName", .text, isNullable: false), Column("AccountId", .id),
        ],
        primaryKey: "Id", indexes: [Index(name: "Contact_AccountId", columns: ["AccountId"])],
        foreignKeys: [ForeignKey(column: "AccountId", table: "Account")])
}

extension Deadline {
    /// Long enough for anything a test waits for.
    static var ample: Deadline { .after(.seconds(60)) }
}

/// The id of the test's record with that number.
func id(_ number: Int) -> String { "00000000-0000-7000-8000-" + String(String(number + 1_000_000_000_000).suffix(12)) }

extension Fragment {
    static func account(_ number: Int, name: String = "Acme", email: String? = nil, revenue: Number? = nil) -> Fragment {
        let (email, revenue) = (email.map(Bind.text) ?? .null, revenue.map { Bind.decimal($0, scale: 2) } ?? .null)
        let columns = ["Id", "Name", "Email", "Revenue"].map { Fragment(sql: quoted($0)) }.joined(separator: ", ")
        return
            "INSERT INTO \(name: "Account") (\(columns)) VALUES (\(.id(id(number))), \(.text(name)), \(email), \(revenue))"
    }

    static func contact(_ number: Int, of account: Int) -> Fragment {
        "INSERT INTO \(name: "Contact") VALUES (\(.id(id(number))), \(.text("Smith")), \(.id(id(account))))"
    }

    /// Counts without an end.
    static let endless: Fragment =
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
}

extension Connection {
    @discardableResult
    func run(_ fragment: Fragment) async throws -> Int { try await run(fragment.statement(dialect)) }

    func texts(_ fragment: Fragment) async throws -> [String] {
        try await rows(fragment.statement(dialect)) { rows in
            var texts: [String] = []
            while try rows.next() { texts.append(rows.cell(0).string ?? "null") }
            return texts
        }
    }
}

extension Database {
    @discardableResult
    func run(_ fragment: Fragment, deadline: Deadline = .ample) async throws -> Int {
        try await transaction(deadline: deadline) { try await $0.run(fragment) }
    }

    /// The first column of every row.
    func texts(_ fragment: Fragment, lane: Lane = .short, deadline: Deadline = .ample) async throws -> [String] {
        try await read(fragment.statement(dialect), lane: lane, deadline: deadline) { rows in
            var texts: [String] = []
            while try rows.next() { texts.append(rows.cell(0).string ?? "null") }
            return texts
        }
    }

    func names() async throws -> [String] { try await texts("SELECT \(name: "Name") FROM \(name: "Account") ORDER BY 1") }
}

/// Keeps whoever waits until somebody opens it.
final class Gate: Sendable {
    private let stream: AsyncStream<Never>
    private let continuation: AsyncStream<Never>.Continuation

    init() { (stream, continuation) = AsyncStream.makeStream() }

    func open() { continuation.finish() }
    func pass() async { for await _ in stream {} }
}

/// Counts up to a number that somebody waits for.
final class Tally: Sendable {
    private let count = Atomic(0)

    var value: Int { count.load(ordering: .relaxed) }

    func add() { count.add(1, ordering: .relaxed) }
    func reach(_ number: Int) async { while count.load(ordering: .relaxed) < number { await Task.yield() } }
}
