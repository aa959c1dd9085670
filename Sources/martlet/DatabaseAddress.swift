import Foundation
import SQL
import Storage

/// Where the database is.
enum DatabaseAddress: Sendable, Equatable, CustomStringConvertible {
    /// The file of an SQLite database.
    case file(String)
    /// A PostgreSQL server.
    case server(PostgresAddress)

    var dialect: Dialect { if case .file = self { .sqlite } else { .postgres } }

    /// Whoever reads it learns no password.
    var description: String {
        switch self {
        case .file(let path): path
        case .server(let address): address.description
        }
    }

    /// The path of the database's file; nil where it is a server's matter.
    var file: String? { if case .file(let path) = self { path } else { nil } }

    /// Whether there is a file to open, or a server to ask.
    var exists: Bool { file.map { FileManager.default.fileExists(atPath: $0) } ?? true }

    /// Where the secret is, unless it is said: beside the database's file, or in `data`.
    var secretFile: String {
        file.map { URL(filePath: $0).deletingPathExtension().relativePath + ".secret" } ?? "data/martlet.secret"
    }
}
