import Engine
import Foundation
import Measuring
import ObjectQL
import SQL
import Values

private let rounds = 5

/// A record by its key, against pgbench with the same statement and against the same server's constant answer.
func readByKey(
    _ server: RunningServer, _ bench: Bench, _ data: Dataset, _ pgbench: Pgbench, _ report: inout Report
) async throws {
    let id = data.accounts[data.accounts.count / 2]
    let url = server.url("/api/objects/Account/\(id)?fields=\(accountFields.joined(separator: ","))")
    let fields = accountFields.map { "\"\($0)\"" }.joined(separator: ", ")
    let select = Statement(sql: "SELECT \(fields) FROM \"Account\" WHERE \"Id\" = $1", binds: [.id(id)])
    var (ofSQL, ofConstant): ([Double], [Double]) = ([], [])
    var rates = (read: 0.0, sql: 0.0, constant: 0.0)
    for _ in 0..<rounds {
        let read = try await Wrk.rate(url)
        let sql = try await pgbench.rate(select)
        let constant = try await Wrk.rate(server.url("/constant"))
        (ofSQL, ofConstant) = (ofSQL + [read / sql], ofConstant + [read / constant])
        rates = (max(rates.read, read), max(rates.sql, sql), max(rates.constant, constant))
    }
    report.line(
        "PostgreSQL: read by key, of pgbench's prepared select", median(ofSQL), .atLeast(0.4),
        "best \(rounded(rates.read))/s against \(rounded(rates.sql))/s, 64 connections")
    report.line(
        "PostgreSQL: read by key, of the constant route", median(ofConstant), .atLeast(0.5),
        "best \(rounded(rates.read))/s against \(rounded(rates.constant))/s, 64 connections")
}

/// Lists of 50, against pgbench with the same SQL.
func lists(_ server: RunningServer, _ bench: Bench, _ pgbench: Pgbench, _ report: inout Report) async throws {
    try await compare("list of 50 from one table", plainList, 0.35, server, bench, pgbench, &report)
    try await compare("list of 50 with two parents", joinedList, 0.6, server, bench, pgbench, &report)
}

private func compare(
    _ name: String, _ query: JSON, _ bound: Double, _ server: RunningServer, _ bench: Bench, _ pgbench: Pgbench,
    _ report: inout Report
) async throws {
    let script = try Wrk.script(posting: [query])
    defer { try? FileManager.default.removeItem(atPath: script) }
    let statement = try await bench.statement(of: query)
    var ratios: [Double] = []
    var rates = (list: 0.0, sql: 0.0)
    for _ in 0..<rounds {
        let list = try await Wrk.rate(server.url("/api/query"), script: script)
        let sql = try await pgbench.rate(statement)
        ratios.append(list / sql)
        rates = (max(rates.list, list), max(rates.sql, sql))
    }
    report.line(
        "PostgreSQL: \(name), of pgbench with the same SQL", median(ratios), .atLeast(bound),
        "best \(rounded(rates.list))/s against \(rounded(rates.sql))/s, 64 connections")
}

let plainList: JSON = [
    "object": "Opportunity", "fields": ["Id", "Name", "Stage", "Amount", "CloseDate", "AccountId", "OwnerId"],
    "filters": ["Stage": "Proposal", "Amount": ["$gt": 1000]], "orderBy": [["field": "CloseDate", "direction": "asc"]],
    "limit": 50,
]
