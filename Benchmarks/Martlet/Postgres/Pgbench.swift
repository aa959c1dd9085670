import Foundation
import PostgresCluster
import SQL
import Subprocess
import Values

/// PostgreSQL's own load generator, and its shell, on the benchmark's server.
struct Pgbench {
    let server: PostgresServer

    init(_ server: PostgresServer) { self.server = server }

    /// Transactions per second of one prepared statement.
    func rate(_ statement: Statement, clients: Int = 64, seconds: Int = 3) async throws -> Double {
        var sql = statement.sql
        for number in statement.binds.indices.reversed() {
            sql = sql.replacingOccurrences(of: "$\(number + 1)", with: ":p\(number + 1)")
        }
        let values = statement.binds.enumerated().flatMap { ["-D", "p\($0 + 1)=\(Pgbench.text(of: $1))"] }
        return try await rate(script: sql, clients: clients, seconds: seconds, arguments: values)
    }

    /// The same of a script of pgbench's.
    func rate(script: String, clients: Int, seconds: Int = 3, arguments: [String] = []) async throws -> Double {
        let path = NSTemporaryDirectory() + "martlet-pgbench-\(ProcessInfo.processInfo.processIdentifier).sql"
        try Data((script + ";\n").utf8).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let all = ["-n", "-M", "prepared", "-c\(clients)", "-j1", "-T\(seconds)", "-f", path] + arguments + connection
        let text = try await output("pgbench", all)
        let line = text.split(separator: "\n").first { $0.hasPrefix("tps = ") }
        guard let rate = line?.split(separator: " ").dropFirst(2).first.flatMap({ Double($0) }) else {
            fatal("pgbench says:\n\(text)")
        }
        return rate
    }

    /// Runs statements one after the other, and gives what they print.
    @discardableResult
    func shell(_ statements: String...) async throws -> String {
        try await output("psql", ["-XqAt", "-v", "ON_ERROR_STOP=1"] + statements.flatMap { ["-c", $0] } + connection)
    }

    private var connection: [String] { ["-h", server.folder, "-U", "postgres", "postgres"] }

    private func output(_ program: String, _ arguments: [String]) async throws -> String {
        let result = try await Subprocess.run(
            .name(program), arguments: Arguments(arguments), output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
        guard result.terminationStatus.isSuccess else { fatal("\(program) fails:\n\(result.standardError)") }
        return result.standardOutput
    }

    private static func text(of bind: Bind) -> String {
        switch bind {
        case .text(let text), .id(let text): text
        case .integer(let integer): "\(integer)"
        case .decimal(let number, _): number.description
        case .date(let day): day.description
        default: fatal("The benchmark cannot bind \(bind)")
        }
    }
}
