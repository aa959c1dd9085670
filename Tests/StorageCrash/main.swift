import Foundation
import SQL
import Storage
import Values

/// Takes the path of a file of SQLite, or the address of a PostgreSQL server. Writes accounts with a contact each, from many tasks at once, until it is killed; prints the number of each pair once it
/// is acknowledged. The tests start it and kill it.
let path = CommandLine.arguments.dropFirst().first ?? ""
let database: any Database =
    path.hasPrefix("postgres:")
    ? try await PostgresDatabase.open(PostgresAddress(path)) : try await SQLiteDatabase.open(path: path)
let tables = ["Parent", "Child"].map { name in
    Table(name: name, columns: [Column("Id", .text, isNullable: false), Column("Text", .text)], primaryKey: "Id")
}
try await database.migrate(to: Schema(tables: tables))

await withTaskGroup(of: Void.self) { group in
    for task in 0..<64 {
        group.addTask {
            for number in 0... {
                let id = "\(task)-\(number)"
                do {
                    try await database.transaction(deadline: .after(.seconds(60))) { connection in
                        for table in tables {
                            let insert: Fragment =
                                "INSERT INTO \(name: table.name) VALUES (\(.text(id)), \(.text(String(repeating: "x", count: 500))))"
                            try await connection.run(insert.statement(database.dialect))
                        }
                    }
                } catch { return }
                FileHandle.standardOutput.write(Data("\(id)\n".utf8))
            }
        }
    }
}
