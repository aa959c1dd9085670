import CLibPQ
import Foundation

/// A statement that the server refused.
struct Refusal: Error {
    /// SQLSTATE: five letters and digits.
    let code: String
    let message: String
    let detail: String
    let table: String
    let column: String
    let constraint: String

    init(_ result: PostgresResult) {
        func field(_ code: Int) -> String {
            PQresultErrorField(result.handle, Int32(code)).map { String(cString: $0) } ?? ""
        }
        let message = field(MARTLET_PG_MESSAGE)
        (code, detail) = (field(MARTLET_PG_SQLSTATE), field(MARTLET_PG_DETAIL))
        self.message = message.isEmpty ? ConnectionLost(String(cString: PQresultErrorMessage(result.handle))).message : message
        (table, column, constraint) = (field(MARTLET_PG_TABLE), field(MARTLET_PG_COLUMN), field(MARTLET_PG_CONSTRAINT))
    }

    /// The server goes down or was told to drop us; a command that came back with this was not carried out.
    var endsConnection: Bool {
        code.isEmpty || ["57P01", "57P02", "57P03", "57P05", "25P03"].contains(code) || code.hasPrefix("08")
    }
    /// What `martlet_require` raises.
    static let superseded = "MT001"
    /// The statement does not fit the tables: undefined table, column, function; mismatch of types.
    fileprivate static let misfits: Set = ["42P01", "42703", "42883", "42804", "42846"]

    var isInterruption: Bool { code == "57014" }
    /// Another transaction stood in the way; repeated, this one may pass.
    var isCollision: Bool { code == "40001" || code == "40P01" }
    /// The month for which a table has no part yet.
    var missingMonth: Month? {
        guard code == "23514", constraint.isEmpty, !table.isEmpty else { return nil }
        // `Partition key of the failing row contains ("Id") = (0190a1b2-...).`
        return detail.components(separatedBy: "(").lazy.compactMap { Month(id: $0) }.first
    }

    var isUnprepared: Bool { code == "26000" }
    /// A prepared statement no longer fits its tables, or is not there.
    var isStalePlan: Bool { isUnprepared || (code == "0A000" && message.contains("cached plan")) }
}

/// The connection is broken: what was under way on it has no answer.
struct ConnectionLost: Error {
    let message: String

    /// - Parameter text: what libpq says, in several lines.
    init(_ text: String) {
        let lines = text.split(separator: "\n").map { $0.trimmingPrefix { $0.isWhitespace } }.filter { !$0.isEmpty }
        message = lines.isEmpty ? "the connection is closed" : lines.joined(separator: "; ")
    }
}

extension StorageError {
    init(_ refusal: Refusal, sql: String) {
        self =
            switch refusal.code {
            case "23505": .unique(table: refusal.table, columns: refusal.keyColumns)
            case "23503": .foreignKey(refusal.detail.isEmpty ? refusal.message : refusal.detail)
            case "23502": .notNull(table: refusal.table, column: refusal.column)
            case "23514" where refusal.missingMonth != nil: .statement(message: refusal.message, sql: sql)
            case "23514", "23P01", "22021": .check(refusal.message)
            case "57014": .deadline
            case "40001", "40P01": .busy("others changed the same rows at the same time")
            case "55P03": .busy("another transaction holds what this one needs")
            case "53300": .busy("it takes no more connections (\(refusal.message))")
            case "53100": .full(refusal.message)
            case "XX001", "XX002": .corrupt(refusal.message)
            case Refusal.superseded: .superseded
            case _ where Refusal.misfits.contains(refusal.code): .missing(message: refusal.message, sql: sql)
            case "26000":
                .unavailable(
                    "prepared statements are lost between transactions (\(refusal.message)); behind PgBouncer, add pgbouncer=true to its address"
                )
            case _ where refusal.endsConnection || refusal.code.hasPrefix("53"): .unavailable(refusal.message)
            default: .statement(message: refusal.message, sql: sql)
            }
    }

    init(_ loss: ConnectionLost) { self = .unavailable(loss.message) }

    /// An error as it leaves this driver.
    static func told(_ error: any Error) -> any Error {
        switch error {
        case let loss as ConnectionLost: StorageError(loss)
        case let refusal as Refusal: StorageError(refusal, sql: "")
        default: error
        }
    }
}

extension Refusal {
    /// The columns in `Key ("Email", id)=(x, 1) already exists.`
    fileprivate var keyColumns: [String] {
        guard let open = detail.firstIndex(of: "("), let close = detail.range(of: ")=(")?.lowerBound else { return [] }
        return detail[detail.index(after: open)..<close].split(separator: ", ").map { name in
            name.hasPrefix("\"") ? String(name.dropFirst().dropLast()).replacing("\"\"", with: "\"") : String(name)
        }
    }
}
