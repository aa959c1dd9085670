import Engine
import Metadata
import PostgresCluster
import SQL
import Storage
import Testing
import Values

@Suite struct `A list comes out of an index in its order` {
    private static let ticket = SourceFile(
        "metadata/Ticket.object.yml",
        """
        name: Ticket
        label: Ticket
        labelPlural: Tickets
        fields:
          - { name: Subject, type: text }
          - { name: Due, type: date }
          - { name: Queue, type: select, index: true, options: [Front, Back, Press] }
        listViews:
          - { name: All, label: All Tickets, columns: [Subject], sortBy: Due, sortOrder: asc }
        """)

    @Test(arguments: [
        ("ORDER BY Due", "Ticket_Due"), ("ORDER BY Due DESC", "Ticket_Due"), ("ORDER BY CreatedDate DESC", "Ticket_CreatedDate"),
        ("WHERE Queue = 'Press' ORDER BY Due", "Ticket_Queue"), ("ORDER BY Id DESC", "Ticket_pkey"),
    ])
    func `without reading the others`(_ clause: String, _ index: String) async throws {
        try await World.run([Self.ticket], on: [.postgres]) { world in
            try await world.engine.database.transaction(deadline: .after(.seconds(30))) { connection in
                let rows: Fragment = """
                    INSERT INTO "Ticket" ("Id", "CreatedDate", "LastModifiedDate", "Version", "IsDeleted", "Due", "Queue")
                    SELECT gen_random_uuid(), now() - i * interval '1 hour', now(), 1, false, DATE '2026-01-01' + i % 900,
                        CASE WHEN i % 10 = 0 THEN 'Press' WHEN i % 2 = 0 THEN 'Front' ELSE 'Back' END
                    FROM generate_series(1, 3000) i
                    """
                _ = try await connection.run(rows.statement(.postgres))
            }
            try await world.engine.database.refreshStatistics()
            let answer = try await world.engine.ask("EXPLAIN SELECT Subject FROM Ticket \(clause)", as: world.session).json
            let plan = answer["plan"]?.array?.compactMap(\.string) ?? []
            #expect(plan.contains { $0.contains("using \"\(index)\"") }, "\(plan.joined(separator: "\n"))")
            // Equal moments may be put in order as they come; nothing else is.
            let sorts = plan.filter { $0.contains("Sort  (") && !$0.contains("Incremental Sort") }
            #expect(sorts == [])
        }
    }
}
