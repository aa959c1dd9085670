import Formula
import Foundation
import SQL
import Subprocess
import Values

/// A PostgreSQL server that the tests may use, spoken to through `psql`: its address is in MARTLET_TEST_POSTGRES
/// (`postgresql:///postgres?host=/tmp&port=5432&user=postgres`).
struct PostgresShell {
    static let address = ProcessInfo.processInfo.environment["MARTLET_TEST_POSTGRES"]

    /// What each expression gives, as text; nil for NULL. One that fails is not answered.
    static func values(_ expressions: [String]) async throws -> [String?] {
        let selects = expressions.enumerated().map { "SELECT '\($0)|' || coalesce(to_json((\($1))::text)::text, 'null');" }
        let output = try await run((["SET TimeZone = 'America/New_York';"] + selects).joined(separator: "\n"))
        var values = [String?](repeating: "not answered", count: expressions.count)
        for line in output.split(separator: "\n") {
            guard let bar = line.firstIndex(of: "|"), let index = Int(line[..<bar]) else { continue }
            values[index] = try JSON(parsing: String(line[line.index(after: bar)...])).string
        }
        return values
    }

    static func run(_ script: String) async throws -> String {
        let shell = try await Subprocess.run(
            .name("psql"), arguments: ["-X", "-q", "-A", "-t", "-d", address ?? "", "-f", "-"], input: .string(script),
            output: .string(limit: 1 << 26))
        return shell.standardOutput
    }
}

extension CompiledFormula {
    /// The SQL for PostgreSQL over the values of a record.
    func postgresExpression(_ record: [String: Value]) throws -> String {
        let sql = try self.sql(.postgres) { position in
            let field = fields[position]
            return Fragment(sql: (record[field.name] ?? .null).postgresLiteral(field.column))
        }
        return sql.pieces.map { piece in
            switch piece {
            case .text(let text): text
            case .bind(.text(let text)), .bind(.id(let text)): Value.text(text).postgresLiteral(.text)
            case .bind(.late(.now)): "'\(testMoment)'"
            case .bind(.late(.today)): "'\(testMoment.day)'"
            case .bind(.late(.zone)): "'UTC'"
            case .bind(.late(.user)): "'0190a1b2-0000-7000-8000-000000000001'"
            case .bind(.late(.userField)): "'EMEA'"
            default: "unexpected"
            }
        }.joined()
    }
}

extension Value {
    func postgresLiteral(_ column: ColumnType) -> String {
        let text: String? =
            switch self {
            case .null: nil
            case .list(let items): "{" + items.map { "\"\($0)\"" }.joined(separator: ",") + "}"
            default: shown
            }
        let quoted =
            text.map { "'" + $0.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'" } ?? "NULL"
        return "CAST(\(quoted) AS \(column.declaration(.postgres)))"
    }

    /// The value as PostgreSQL prints it.
    func postgresText(_ column: ColumnType) -> String? {
        switch (self, column) {
        case (.null, _): nil
        case (.bool(let bool), _): bool ? "true" : "false"
        case (.number(let number), .decimal(_, let scale)): number.text(scale: scale)
        default: shown
        }
    }
}
