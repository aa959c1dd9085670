import Engine
import Metadata
import PostgresCluster
import SQL
import Storage
import Synchronization
import Testing
import Values

@Suite struct `Rows that a write looks for on PostgreSQL` {
    /// While a table is small, going through an index over all that is not deleted looks as cheap as going by ten keys; the plan stays when
    /// the table has grown.
    @Test func `are found by their keys, in a table that is empty too`() async throws {
        try await World.run(on: [.postgres]) { world in
            let ids = (0..<10).map { _ in RecordID.make(at: world.session.now) }
            let statement = RowStatements(.postgres).select(
                ["Id"], from: "Account", where: "Id", in: ids, deleted: false, lock: .keep)
            let plan = try await plan(of: statement, world)
            #expect(plan.contains("Account_pkey"), "\(plan)")
        }
    }

    @Test func `are found by the transaction that deleted them, in each part of the change log`() async throws {
        try await World.run(on: [.postgres]) { world in
            let plan = try await plan(of: RowStatements(.postgres).deleted(in: RecordID.make(at: world.session.now)), world)
            #expect(plan.contains("TransactionId"), "\(plan)")
            #expect(!plan.contains("Seq Scan"), "\(plan)")
        }
    }

    private func plan(of statement: Statement, _ world: World) async throws -> String {
        try await world.engine.database.transaction(deadline: .after(.seconds(30))) { connection in
            try await connection.rows(Statement(sql: "EXPLAIN " + statement.sql, binds: statement.binds)) { rows in
                var lines: [String] = []
                while try rows.next() { lines.append(rows.cell(0).string ?? "") }
                return lines.joined(separator: "\n")
            }
        }
    }

    @Test func `are for a trigger to lock where it asks for that, and keep nobody else`() async throws {
        let files = Business.files.map { file in
            SourceFile(file.path, file.text.split(separator: "triggers/Nag.swift").joined(separator: "triggers/Reader.swift"))
        }
        for isLocking in [false, true] {
            let reader = Reader(isLocking: isLocking)
            try await World.run(files, triggers: [reader], on: [.postgres]) { world in
                let account = try await world.account()
                let read = try await world.account("Read by the trigger")
                let deal = try await world.create(
                    "Opportunity", ["Name": "D", "AccountId": .string(account), "Amount": 500])
                let other = try #require(try await world.another())
                reader.reads.withLock { $0 = read }
                let waits = try await world.engine.transaction(as: world.session) { transaction in
                    try await transaction.write([.update(object: "Opportunity", id: deal, values: ["Stage": "Proposal"])])
                    return try await Reader.isLocked(read, in: other)
                }
                #expect(waits == isLocking)
                await other.close()
            }
        }
    }

    /// Reads an account whenever it runs.
    private final class Reader: Trigger {
        let name = "Reader"
        let isLocking: Bool
        let reads = Mutex("")

        init(isLocking: Bool) { self.isLocking = isLocking }

        func run(_ work: TriggerWork) async throws {
            let id = reads.withLock { $0 }
            #expect(try await work.record("Account", id: id, isLocked: isLocking) != nil)
        }

        static func isLocked(_ id: String, in database: any Database) async throws -> Bool {
            try await database.transaction(deadline: .after(.seconds(30))) { connection in
                let row = Statement(
                    sql: "SELECT \"Id\" FROM \"Account\" WHERE \"Id\" = $1 FOR NO KEY UPDATE SKIP LOCKED", binds: [.id(id)])
                return try await connection.rows(row) { try !$0.next() }
            }
        }
    }
}
