import CSQLite
import Engine
import Foundation
import Measuring
import SQL
import Storage
import Subprocess
import SystemPackage
import Values

/// 64 concurrent creates with rules, triggers and change log, against one connection that commits each durably.
func creates(_ server: RunningServer, _ data: Dataset, _ report: inout Report) async throws {
    let script = try Wrk.script(posting: (0..<1_000).map { .object(data.opportunity($0)) })
    defer { try? FileManager.default.removeItem(atPath: script) }
    let url = server.url("/api/objects/Opportunity")
    var ratios: [Double] = []
    var rates: (many: Double, one: Double) = (0, 0)
    for _ in 0..<5 {
        let many = try await Wrk.rate(url, connections: 64, script: script)
        let one = try await Wrk.rate(url, connections: 1, script: script)
        ratios.append(many / one)
        rates = (many, one)
    }
    report.line(
        "64 concurrent creates, of one connection committing each", median(ratios), .atLeast(20),
        "last \(rounded(rates.many))/s against \(rounded(rates.one))/s; a durable commit alone takes \(rounded(commitTime() * 1e6)) us here"
    )
}

/// Creates in batches through the engine, against a bare prepared INSERT of the same rows in one transaction.
func batchCreate(_ bench: Bench, _ data: Dataset, _ report: inout Report) async throws {
    var ratios: [Double] = []
    var rates: (engine: Double, bare: Double) = (0, 0)
    let count = 10_000
    for round in 0..<5 {
        let requests = (0..<count).map {
            WriteRequest.create(object: "Opportunity", values: data.opportunity($0 + round))
        }
        let engine = try await seconds { _ = try await bench.engine.write(requests, as: bench.session) }
        let bare = try await bareInserts(bench, count)
        ratios.append(bare / engine)
        rates = (Double(count) / engine, Double(count) / bare)
    }
    report.line(
        "batch create, of a bare prepared INSERT loop", median(ratios), .atLeast(0.25),
        "last \(rounded(rates.engine))/s against \(rounded(rates.bare))/s, \(count) rows in a transaction")
}

/// Seconds for as many rows into a table with the columns, indexes and keys of opportunities, and nothing else.
private func bareInserts(_ bench: Bench, _ count: Int) async throws -> Double {
    let rows = try await bench.database.read(
        Statement(sql: "SELECT * FROM \"Opportunity\" ORDER BY rowid DESC LIMIT \(count)"), lane: .long,
        deadline: .after(.seconds(30))
    ) { rows -> [[Bind]] in
        var all: [[Bind]] = []
        while try rows.next() {
            all.append(
                (0..<rows.columnCount).map { column in
                    switch rows.cell(column) {
                    case .null: .null
                    case .integer(let integer): .integer(integer)
                    case .real(let real): .real(real)
                    case .text(let bytes), .bytes(let bytes): .text(String(decoding: bytes, as: UTF8.self))
                    }
                })
        }
        return all
    }
    let names = try await bench.database.read(
        Statement(sql: "SELECT * FROM \"Opportunity\" LIMIT 0"), lane: .long, deadline: .after(.seconds(30))
    ) { $0.columnNames }
    guard let key = names.firstIndex(of: "Id") else { return 0 }
    let fresh = rows.map { row in
        var row = row
        row[key] = .id(RecordID.make(at: .wallClock))
        return row
    }
    let sql = RowStatements(.sqlite).insert(into: "Opportunity", columns: names)
    do {
        try await bench.database.transaction(deadline: .after(.seconds(60))) { connection in
            let start = ContinuousClock.now
            try await connection.run(sql, each: fresh)
            throw Undo(seconds: (ContinuousClock.now - start) / .seconds(1))
        }
    } catch let undo as Undo { return undo.seconds }
    return 0
}

/// Ends a transaction that was only made to be measured.
private struct Undo: Error { let seconds: Double }

/// Seconds for one commit of one small row, synchronous FULL.
private func commitTime() -> Double {
    let path = NSTemporaryDirectory() + "martlet-commit-\(ProcessInfo.processInfo.processIdentifier).sqlite"
    var database: OpaquePointer?
    sqlite3_open(path, &database)
    defer {
        sqlite3_close(database)
        for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
    }
    sqlite3_exec(database, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE t (a TEXT)", nil, nil, nil)
    let start = ContinuousClock.now
    for _ in 0..<200 { sqlite3_exec(database, "INSERT INTO t VALUES ('x')", nil, nil, nil) }
    return (ContinuousClock.now - start) / .seconds(1) / 200
}
