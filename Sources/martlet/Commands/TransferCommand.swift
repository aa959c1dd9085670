import ArgumentParser
import Engine
import Foundation
import Metadata
import SQL
import Storage

struct TransferCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "transfer",
        abstract: "Move everything from one database into another.",
        discussion: """
            Copies all records (those in the recycle bin, too), users, the change log, counters, roll-ups, jobs and whatever \
            else Martlet keeps, between SQLite and PostgreSQL in either direction, or between two of a kind. The target must be empty. \
            Then both are read whole and compared, by counts and hashes.

            Nothing may write to the source meanwhile: stop its servers first. If something did, the command says so, and \
            the next attempt moves the tables anew that were written to. An attempt that was interrupted, however roughly, is \
            gone on with by the same command. The source is only read.

            Encrypted fields stay encrypted: serve the target with the same secret file.

            EXAMPLES
              martlet transfer --from sqlite:data/martlet.sqlite --to 'postgres://martlet@db.example/crm'
              martlet transfer --from 'postgres://martlet@db.example/crm' --to sqlite:copy.sqlite
            """)

    @Option(help: ArgumentHelp("The database to read (standard: that of --database).", valueName: "ADDRESS")) var from: String?
    @Option(help: ArgumentHelp("The database to fill.", valueName: "ADDRESS")) var to: String
    @Option(help: ArgumentHelp("Rows of one transaction, at most.", valueName: "N")) var batch = 5_000
    @OptionGroup var site: Site.Options

    func run() async throws {
        let source = try Site(site, database: try from.map { try address($0, "--from") })
        let target = try Site(site, database: try address(to, "--to"))
        guard (1...100_000).contains(batch) else {
            throw Failure(.usage, "--batch is \(batch): expected a number from 1 to 100000")
        }
        try source.requireDatabase(hint: "--from names the database to read")
        let registry = try source.registry()
        try await source.openDatabase().closed { from in
            try await requireSchema(of: source, registry, in: from)
            try await target.open(isBeingFilled: true).closed { to in
                var transfer = Transfer(from: from, to: to, holding: try target.model(registry).schema)
                transfer.pageRows = batch
                try await report(transfer, source, target)
            }
        }
        try tellOfSecret(source, target, registry)
    }

    private func address(_ text: String, _ option: String) throws -> DatabaseAddress {
        if let address = Settings.database.read(text) { return address }
        throw Failure(.usage, "\(option) is \"\(text)\": expected \(Settings.database.notes.expected)")
    }

    private func requireSchema(of source: Site, _ registry: Registry, in database: any Database) async throws {
        let migration = try await database.plan(try source.model(registry).schema)
        if migration.isDone { return }
        throw Failure(
            .refused, "\(source.database) does not hold what \(source.metadata) describes",
            hint: "martlet migrate brings it there; --metadata names another folder")
    }

    private func report(_ transfer: Transfer, _ source: Site, _ target: Site) async throws {
        try Terminal.output.line("From \(source.database) to \(target.database).")
        try Terminal.output.line("Nothing may write to \(source.database) until this has come to its end: stop its servers.")
        let display = TransferDisplay()
        defer { display.end() }
        let tables = try await transfer.run { display.show($0) }
        display.end()
        let rows = tables.reduce(0) { $0 + $1.rows }
        let width = (tables.map(\.name.count).max() ?? 0) + 2
        for table in tables where table.rows > 0 {
            let name = table.name + String(repeating: " ", count: width - table.name.count)
            try Terminal.output.line("  \(name)\(table.hash)  \(counted(table.rows, "row"))")
        }
        try Terminal.output.line("Both hold the same \(counted(rows, "row")) in \(counted(tables.count, "table")).")
    }

    private func tellOfSecret(_ source: Site, _ target: Site, _ registry: Registry) throws {
        let hasEncrypted = registry.objects.contains { $0.fields.contains { $0.type == .encrypted } }
        let option = source.secretFile == target.secretFile ? source.secretFile : "--secret-file \(source.secretFile)"
        try Terminal.output.line(
            (hasEncrypted ? "Encrypted fields stayed encrypted: serve" : "Serve")
                + " \(target.database) with the secret of \(source.database), \(option).")
    }
}

extension Failure {
    init(_ problem: TransferProblem) {
        switch problem {
        case .sameDatabase: self.init(.usage, "The source and the target are the same database")
        case .targetHoldsData(let tables):
            self.init(
                .refused, "The target holds data: \(tables.joined(separator: ", "))", hint: "Give it an empty database")
        case .otherTransfer(let origin):
            self.init(
                .refused, "The target is half filled by a transfer from another source, \(origin)",
                hint: "Go on with that one, or give it an empty database")
        case .sourceIsUnfinished:
            self.init(.refused, "The source is not whole: a transfer into it has not come to its end")
        case .sourceChanged(let tables):
            self.init(
                .refused, "The source was written to meanwhile: \(tables.joined(separator: ", "))",
                hint: "Stop all its servers and run the same command again; it moves these tables anew")
        case .differs(let tables):
            self.init(
                .refused, "These tables have not arrived as they were sent: \(tables.joined(separator: ", "))",
                hint:
                    "Run the same command again; it moves them anew. If it says so again, the reason is a value that the target cannot keep"
            )
        case .unreadable(let table, let key, let column, let text):
            self.init(
                .refused, "\(table).\(column) of \(key) is \"\(text)\", which its type cannot hold",
                hint: "Correct the value in the source, then run the same command again")
        }
    }
}
