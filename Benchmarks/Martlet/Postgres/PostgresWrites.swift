import Engine
import Foundation
import Measuring
import PostgresCluster
import Storage
import Values

private let rounds = 5

/// Single creates and updates with rules, triggers and change log, against pgbench doing the bare statement in a table with the same
/// indexes and rows.
func writes(
    _ server: RunningServer, _ data: Dataset, _ pgbench: Pgbench, _ report: inout Report
) async throws {
    let row = try await pgbench.sampleRow()
    try await pgbench.makeBareTable(row.columns)
    // As the bare statements give nothing back, neither do ours.
    let prefer = "wrk.headers['Prefer'] = 'return=minimal'"
    let create = try Wrk.script("POST", (0..<1_000).map { (nil, .object(data.opportunity($0))) }, headers: prefer)
    try await compare(
        "single create, of pgbench's bare INSERT", server.url("/api/objects/Opportunity"), create, pgbench,
        "INSERT INTO bare (\"Id\", \(row.columns)) VALUES (gen_random_uuid(), \(row.values))", &report)
    // Each is another value than that record had before.
    func changes(_ change: (Int) -> JSON.Members) throws -> String {
        let changes = (0..<2_000).map { number in
            (path: "/api/objects/Opportunity/\(data.opportunities[number % 1_000])", body: JSON.object(change(number)))
        }
        return try Wrk.script("PATCH", changes, headers: prefer)
    }
    let update = try changes { ["NextStep": .string("Call \($0)")] }
    try await compare(
        "single update, of pgbench's bare UPDATE", server.url("/"), update, pgbench,
        """
        \\set i random(1, 1000)
        \\set n random(1, 2000)
        UPDATE bare SET "NextStep" = 'Call ' || :n::int, "LastModifiedDate" = now(), "Version" = "Version" + 1 \
        WHERE "Id" = lpad(to_hex(:i::int), 32, '0')::uuid
        """, &report)
    let amounts = try changes { ["Amount": .number(Number(1_000 + $0))] }
    let rate = try await Wrk.rate(server.url("/"), connections: 32, script: amounts)
    print("        The same where the account's sums change, too: \(rounded(rate))/s")
    for script in [create, update, amounts] { try? FileManager.default.removeItem(atPath: script) }
}

private func compare(
    _ name: String, _ url: String, _ script: String, _ pgbench: Pgbench, _ sql: String, _ report: inout Report
) async throws {
    var ratios: [Double] = []
    var rates = (ours: 0.0, bare: 0.0)
    for _ in 0..<rounds {
        let ours = try await Wrk.rate(url, connections: 32, script: script)
        let bare = try await pgbench.rate(script: sql, clients: 32)
        ratios.append(ours / bare)
        rates = (max(rates.ours, ours), max(rates.bare, bare))
    }
    report.line(
        "PostgreSQL: \(name)", median(ratios), .atLeast(0.35),
        "best \(rounded(rates.ours))/s against \(rounded(rates.bare))/s, 32 connections")
}

/// Creates in batches through the engine, against COPY of the same rows into a table with the same indexes and rows.
func batchAgainstCopy(_ bench: Bench, _ data: Dataset, _ pgbench: Pgbench, _ report: inout Report) async throws {
    guard let database = bench.database as? PostgresDatabase else { return }
    let count = 10_000
    let columns = try await pgbench.sampleRow().columns
    let file = pgbench.server.folder + "/rows.copy"
    try await pgbench.makeBareTable(columns)
    var ratios: [Double] = []
    var rates = (engine: 0.0, copy: 0.0)
    for round in 0..<rounds {
        // Ids that are not there, in the order of time as the rows have them.
        try await pgbench.shell(
            "COPY (SELECT overlay(\"Id\"::text PLACING '\(9 - round)' FROM 1)::uuid, \(columns) FROM \"Opportunity\" ORDER BY \"Id\" LIMIT \(count)) TO '\(file)'"
        )
        let engine = try await seconds { _ = try await bench.insert("Opportunity", count) { data.opportunity($0) } }
        let copy = try await seconds { try await database.command("COPY bare (\"Id\", \(columns)) FROM '\(file)'") }
        ratios.append(copy / engine)
        rates = (Double(count) / engine, Double(count) / copy)
    }
    report.line(
        "PostgreSQL: batch create, of COPY", median(ratios), .atLeast(0.25),
        "last \(rounded(rates.engine))/s against \(rounded(rates.copy))/s, \(count) rows, 2,000 in a transaction")
}

extension Pgbench {
    /// A table as large as that of the opportunities, with the same indexes, and with ids that can be counted.
    fileprivate func makeBareTable(_ columns: String) async throws {
        try await shell(
            "DROP TABLE IF EXISTS bare", "CREATE TABLE bare (LIKE \"Opportunity\" INCLUDING ALL)",
            """
            INSERT INTO bare ("Id", \(columns))
            SELECT lpad(to_hex(row_number() OVER (ORDER BY "Id")), 32, '0')::uuid, \(columns) FROM "Opportunity"
            """, "ANALYZE bare", "CHECKPOINT")
    }

    /// The columns of an opportunity that hold something, and their values, as an INSERT names them.
    fileprivate func sampleRow() async throws -> (columns: String, values: String) {
        let text = try await shell(
            """
            SELECT string_agg(quote_ident(key), ', '), string_agg(quote_literal(value), ', ')
            FROM (SELECT * FROM "Opportunity" LIMIT 1) o, jsonb_each_text(jsonb_strip_nulls(to_jsonb(o)))
            WHERE key <> 'Id' AND key IN (
                SELECT attname FROM pg_attribute WHERE attrelid = '"Opportunity"'::regclass AND attgenerated = '')
            """)
        let parts = text.trimmingCharacters(in: .newlines).split(separator: "|").map(String.init)
        guard parts.count == 2 else { fatal("There is no opportunity to copy:\n\(text)") }
        return (parts[0], parts[1])
    }
}
