import ArgumentParser
import Engine
import Foundation
import Storage

struct Plan: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show what the metadata would do to the database, and change nothing.",
        discussion: """
            Lists the steps in order, each with the number of rows it touches. Steps that lose data are marked: only martlet \
            migrate --allow-destructive makes them. The exit status is 1 if something stands in the way, such as rows that \
            would not fit.

            EXAMPLES
              martlet plan
              martlet plan --metadata next/metadata --database sqlite:copy.sqlite
            """)

    @OptionGroup var site: Site.Options

    func run() async throws {
        let site = try Site(site)
        let schema = try site.model(try site.registry()).schema
        let migration = try await site.withDatabaseOrEmpty { try await $0.plan(schema) }
        try MigrationReport(migration, site).print()
        if !migration.isHarmless { throw ExitCode(Failure.Kind.refused.rawValue) }
    }
}

extension Site {
    /// Runs `body` on the database, or on an empty one that is thrown away where there is none yet.
    fileprivate func withDatabaseOrEmpty<Result>(_ body: (any Database) async throws -> Result) async throws -> Result {
        let exists = database.exists
        let scratch = FileManager.default.temporaryDirectory.appending(path: "martlet-plan-\(UUID().uuidString)")
        defer { if !exists { try? FileManager.default.removeItem(at: scratch) } }
        let opened =
            exists ? try await existingDatabase() : try await openDatabase(at: scratch.appending(path: "empty.sqlite").path)
        return try await opened.closed(after: body)
    }
}

extension Migration {
    /// Whether a server would carry it out by itself when it starts.
    var isHarmless: Bool { refusals.isEmpty && !steps.contains { $0.isDestructive && !$0.isLeftover } }
}

/// A migration as people read it.
struct MigrationReport {
    let migration: Migration
    let site: Site

    init(_ migration: Migration, _ site: Site) { (self.migration, self.site) = (migration, site) }

    func print(to terminal: Terminal = .output) throws {
        for line in lines(terminal) { try terminal.line(line) }
    }

    private func lines(_ terminal: Terminal) -> [String] {
        guard !migration.steps.isEmpty || !migration.refusals.isEmpty else {
            return ["Nothing to do: \(site.database) holds what \(site.metadata) describes."]
        }
        let steps = migration.steps.enumerated().map { number, step in line(number + 1, step, terminal) }
        let refusals = migration.refusals.flatMap { refusal in
            [terminal.coloured("Refused:", .red) + " \(refusal.table).\(refusal.column): \(refusal.reason)"]
                + refusal.ids.map { "    \($0)" }
        }
        return ["\(site.metadata) asks \(site.database) for \(counted(migration.steps.count, "step")):"] + steps + refusals + [
            verdict
        ]
    }

    private func line(_ number: Int, _ step: MigrationStep, _ terminal: Terminal) -> String {
        let rows = step.rows == 0 ? "" : "  " + terminal.coloured(counted(step.rows, "row"), .dim)
        let loss = step.isDestructive ? "  " + terminal.coloured("loses data", .red) : ""
        return "  \(number). \(step.description)\(rows)\(loss)"
    }

    private var verdict: String {
        if !migration.refusals.isEmpty { return "Nothing can be done before these rows or the metadata are changed." }
        if !migration.isHarmless { return "Look at each step; martlet migrate --allow-destructive carries them out." }
        if migration.isDone {
            let option = migration.steps.contains(where: \.isDestructive) ? " --allow-destructive" : ""
            return "The database serves the metadata as it is; martlet migrate\(option) does the rest."
        }
        let rest = migration.steps.contains(where: \.isDestructive) ? ", all but what loses data" : ""
        return "martlet serve does this when it starts\(rest); martlet migrate does it now."
    }
}
