import SQL
import Storage
import Testing
import Values

private struct Refused: Error {}

extension StorageConformance {
    @Test(arguments: Driver.all)
    func `a body that throws leaves nothing behind`(_ driver: Driver) async throws {
        try await driver.withDatabase { database async throws in
            await #expect(throws: Refused.self) {
                try await database.transaction(deadline: .ample) { connection in
                    try await connection.run(.account(1))
                    throw Refused()
                }
            }
            #expect(try await database.names() == [])
        }
    }

    @Test(arguments: Driver.all)
    func `a statement by itself has changed what it says when its rows are there`(_ driver: Driver) async throws {
        try await driver.withDatabase { database async throws in
            try await database.run(.account(1, name: "Acme"))
            let rename: Fragment =
                "UPDATE \(name: "Account") SET \(name: "Name") = \(.text("Bolt")) RETURNING \(name: "Name")"
            let name = try await database.aside(rename.statement(database.dialect), deadline: .ample) { rows in
                try rows.next() ? rows.cell(0).string : nil
            }
            #expect(name == "Bolt")
            #expect(try await database.names() == ["Bolt"])
        }
    }

    @Test(arguments: Driver.all)
    func `a statement by itself that points at nothing is refused, though only at its end`(_ driver: Driver) async throws {
        try await driver.withDatabase { database async throws in
            try await database.run(.account(1))
            try await database.run(.contact(1, of: 1))
            let move: Fragment =
                "UPDATE \(name: "Contact") SET \(name: "AccountId") = \(.id(id(2))) RETURNING \(name: "AccountId")"
            await #expect {
                _ = try await database.aside(move.statement(database.dialect), deadline: .ample) { try $0.next() }
            } throws: {
                if case .foreignKey = $0 as? StorageError { true } else { false }
            }
            #expect(try await database.texts("SELECT \(name: "AccountId") FROM \(name: "Contact")") == [id(1)])
        }
    }

    @Test(arguments: Driver.all)
    func `a transaction reads what it has written`(_ driver: Driver) async throws {
        try await driver.withDatabase { database async throws in
            let names = try await database.transaction(deadline: .ample) { connection in
                try await connection.run(.account(1, name: "Acme"))
                return try await connection.texts("SELECT \(name: "Name") FROM \(name: "Account")")
            }
            #expect(names == ["Acme"])
        }
    }

    @Test(arguments: Driver.all)
    func `concurrent transactions are each done whole or not at all`(_ driver: Driver) async throws {
        try await driver.withDatabase { database async throws in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<100 {
                    group.addTask {
                        let work: @Sendable (any Connection) async throws -> Void = { connection in
                            try await connection.run(.account(number))
                            try await connection.run(.contact(number, of: number))
                            if number.isMultiple(of: 3) { throw Refused() }
                        }
                        if number.isMultiple(of: 3) {
                            await #expect(throws: Refused.self) { try await database.transaction(deadline: .ample, work) }
                        } else {
                            try await database.transaction(deadline: .ample, work)
                        }
                    }
                }
                try await group.waitForAll()
            }
            let expected = (0..<100).filter { !$0.isMultiple(of: 3) }.map(id)
            #expect(try await database.texts("SELECT \(name: "Id") FROM \(name: "Account") ORDER BY 1") == expected)
            #expect(try await database.texts("SELECT \(name: "Id") FROM \(name: "Contact") ORDER BY 1") == expected)
        }
    }

    @Test(arguments: Driver.all)
    func `statements say how many rows they changed`(_ driver: Driver) async throws {
        try await driver.withDatabase { database async throws in
            let counts = try await database.transaction(deadline: .ample) { connection in
                let sql = driver.dialect == .sqlite ? "VALUES (?1, ?2)" : "VALUES ($1, $2)"
                let sets = (1...50).map { [Bind.id(id($0)), .text("Account \($0)")] }
                let inserted = try await connection.run("INSERT INTO \"Account\" (\"Id\", \"Name\") \(sql)", each: sets)
                let updated = try await connection.run(
                    "UPDATE \(name: "Account") SET \(name: "Note") = \(.text("x")) WHERE \(name: "Id") <= \(.id(id(20)))")
                let none = try await connection.run("DELETE FROM \(name: "Account") WHERE \(name: "Id") = \(.id(id(99)))")
                let read = try await connection.run("SELECT 1")
                return [inserted, updated, none, read]
            }
            #expect(counts == [50, 20, 0, 0])
        }
    }

    @Test(arguments: Driver.all)
    func `a batch may write children before their parents`(_ driver: Driver) async throws {
        try await driver.withDatabase { database async throws in
            try await database.transaction(deadline: .ample) { connection in
                try await connection.run(.contact(1, of: 1))
                try await connection.run(.account(1))
            }
            #expect(try await database.texts("SELECT \(name: "AccountId") FROM \(name: "Contact")") == [id(1)])
        }
    }

    @Test(arguments: Driver.all)
    func `a part of a transaction may fail and be undone alone`(_ driver: Driver) async throws {
        try await driver.withDatabase { database async throws in
            try await database.transaction(deadline: .ample) { connection in
                try await connection.run(.account(1, name: "Before"))
                await #expect(throws: Refused.self) {
                    try await connection.nested {
                        try await connection.run(.account(2, name: "Undone"))
                        try await connection.nested { try await connection.run(.account(3, name: "Undone too")) }
                        throw Refused()
                    }
                }
                try await connection.nested { try await connection.run(.account(4, name: "Kept")) }
            }
            #expect(try await database.names() == ["Before", "Kept"])
        }
    }

    @Test(arguments: Driver.all)
    func `a transaction inside another is refused, not waited for`(_ driver: Driver) async throws {
        try await driver.withDatabase { database async throws in
            await #expect(throws: StorageError.statement(message: "A transaction is begun inside another", sql: "BEGIN")) {
                try await database.transaction(deadline: .ample) { _ in try await database.run(.account(1)) }
            }
        }
    }

    @Test(arguments: Driver.all)
    func `a body cannot end its own transaction`(_ driver: Driver) async throws {
        try await driver.withDatabase { database async throws in
            for sql in ["COMMIT", "  rollback", "BEGIN", "SAVEPOINT x", "RELEASE one"] {
                await #expect(throws: StorageError.statement(message: "Only the database begins and ends transactions", sql: sql))
                {
                    try await database.transaction(deadline: .ample) { connection in
                        try await connection.run(.account(1))
                        try await connection.run(Fragment(sql: sql))
                    }
                }
            }
            #expect(try await database.names() == [])
        }
    }
}

extension StorageConformance {
    @Test(arguments: Driver.all)
    func `a unique value that is there already is named with its table and columns`(_ driver: Driver) async throws {
        try await driver.withDatabase { database async throws in
            try await database.run(.account(1, email: "info@acme.example"))
            await #expect(throws: StorageError.unique(table: "Account", columns: ["Email"])) {
                try await database.run(.account(2, email: "info@acme.example"))
            }
            await #expect(throws: StorageError.unique(table: "Account", columns: ["Id"])) { try await database.run(.account(1)) }
            try await database.run(.account(3))
            try await database.run(.account(4))
        }
    }

    @Test(arguments: Driver.all)
    func `a required column that is empty is named`(_ driver: Driver) async throws {
        try await driver.withDatabase { database async throws in
            await #expect(throws: StorageError.notNull(table: "Account", column: "Name")) {
                try await database.run("INSERT INTO \(name: "Account") (\(name: "Id")) VALUES (\(.id(id(1))))")
            }
        }
    }

    @Test(arguments: Driver.all)
    func `a reference to nothing, or to something deleted, undoes its own transaction alone`(_ driver: Driver) async throws {
        try await driver.withDatabase { database async throws in
            try await database.run(.account(1))
            try await database.run(.contact(1, of: 1))
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 10..<20 { group.addTask { try await database.run(.account(number)) } }
                group.addTask {
                    await #expect { try await database.run(.contact(2, of: 404)) } throws: { error in
                        if case .foreignKey = error as? StorageError { true } else { false }
                    }
                }
                group.addTask {
                    await #expect {
                        try await database.run("DELETE FROM \(name: "Account") WHERE \(name: "Id") = \(.id(id(1)))")
                    } throws: { error in
                        if case .foreignKey = error as? StorageError { true } else { false }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await database.names().count == 11)
            #expect(try await database.texts("SELECT \(name: "Id") FROM \(name: "Contact")") == [id(1)])
        }
    }

    @Test(arguments: Driver.all)
    func `a statement the database refuses is shown`(_ driver: Driver) async throws {
        try await driver.withDatabase { database async throws in
            await #expect { try await database.texts("SELECT Nope FROM \(name: "Account")") } throws: { error in
                switch error as? StorageError {
                case .statement(let message, let sql), .missing(let message, let sql):
                    message.lowercased().contains("nope") && sql.hasPrefix("SELECT Nope")
                default: false
                }
            }
        }
    }

    @Test(arguments: Driver.all)
    func `values must be as many as the places, and known`(_ driver: Driver) async throws {
        try await driver.withDatabase { database async throws in
            let late: Fragment = "SELECT \(.late(.now))"
            await #expect(throws: StorageError.self) { try await database.texts(late) }
            let missing = Statement(sql: driver.dialect == .sqlite ? "SELECT ?1" : "SELECT $1")
            await #expect(throws: StorageError.self) {
                try await database.read(missing, lane: .short, deadline: .ample) { try $0.next() }
            }
        }
    }
}
