import CSQLite
import Engine
import Foundation
import Measuring
import ObjectQL
import SQL
import Storage
import Values

private let rounds = 5

/// A record by its key, against the same server's constant answer of the same size.
func readByKey(_ server: RunningServer, _ data: Dataset, _ report: inout Report) async throws {
    let path = "/api/objects/Account/\(data.accounts[data.accounts.count / 2])?fields=\(accountFields.joined(separator: ","))"
    let (url, constant) = (server.url(path), server.url("/constant"))
    var ratios: [Double] = []
    var rates: (read: Double, constant: Double) = (0, 0)
    for _ in 0..<rounds {
        let read = try await Wrk.rate(url)
        let same = try await Wrk.rate(constant)
        ratios.append(read / same)
        rates = (max(rates.read, read), max(rates.constant, same))
    }
    report.line(
        "read by key, 12 columns, of the constant route", median(ratios), .atLeast(0.6),
        "best \(rounded(rates.read))/s against \(rounded(rates.constant))/s, 64 connections")
}

/// A filtered, sorted list of 50 with the names of account and owner, against its own SQL stepped in a C loop.
func list(_ server: RunningServer, _ bench: Bench, _ report: inout Report) async throws {
    let script = try Wrk.script(posting: [joinedList])
    defer { try? FileManager.default.removeItem(atPath: script) }
    let statement = try await bench.statement(of: joinedList)
    var ratios: [Double] = []
    var times: (list: Double, sql: Double, http: Double) = (0, 0, 0)
    for _ in 0..<rounds {
        let list = 1 / (try await Wrk.rate(server.url("/api/query"), connections: 1, script: script))
        let http = 1 / (try await Wrk.rate(server.url("/constant"), connections: 1))
        let sql = stepping(statement, in: bench.path)
        ratios.append(list / (sql + http))
        times = (list, sql, http)
    }
    report.line(
        "list of 50 with two parents, of its SQL in a C loop plus HTTP", median(ratios), .atMost(2),
        "last \(rounded(times.list * 1e6)) us against \(rounded(times.sql * 1e6)) + \(rounded(times.http * 1e6)) us, one connection"
    )
}

let joinedList: JSON = [
    "object": "Opportunity", "fields": ["Id", "Name", "Stage", "Amount", "CloseDate", "Account.Name", "Owner.Name"],
    "filters": ["Stage": "Proposal", "Amount": ["$gt": 1000]], "orderBy": [["field": "CloseDate", "direction": "asc"]],
    "limit": 50,
]

extension Bench {
    func statement(of json: JSON) async throws -> Statement {
        let plan = try Query(json: json).resolve(in: QueryScope(registry: engine.registry)).compile(database.dialect)
        return plan.statement
    }
}

/// Seconds for one run of the statement, all columns of all rows read, over a thousand runs on one thread.
private func stepping(_ statement: Statement, in path: String) -> Double {
    var database: OpaquePointer?
    sqlite3_open_v2(path, &database, SQLITE_OPEN_READONLY, nil)
    var prepared: OpaquePointer?
    sqlite3_prepare_v2(database, statement.sql, -1, &prepared, nil)
    defer {
        sqlite3_finalize(prepared)
        sqlite3_close(database)
    }
    for (index, bind) in statement.binds.enumerated() {
        let place = Int32(index + 1)
        switch bind {
        case .text(let text), .id(let text): martlet_sqlite_bind_text(prepared, place, text, Int32(text.utf8.count))
        case .integer(let integer): sqlite3_bind_int64(prepared, place, integer)
        case .decimal(let number, let scale): sqlite3_bind_int64(prepared, place, number.scaled(to: scale) ?? 0)
        default: fatal("The benchmark cannot bind \(bind)")
        }
    }
    let runs = 1000
    let start = ContinuousClock.now
    var bytes = 0
    for _ in 0..<runs {
        while sqlite3_step(prepared) == SQLITE_ROW {
            for column in 0..<sqlite3_column_count(prepared) where sqlite3_column_text(prepared, column) != nil {
                bytes += Int(sqlite3_column_bytes(prepared, column))
            }
        }
        sqlite3_reset(prepared)
    }
    if bytes == 0 { fatal("The list is empty") }
    return (ContinuousClock.now - start) / .seconds(1) / Double(runs)
}
