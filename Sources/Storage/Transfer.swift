import SQL

/// Moves everything that Martlet keeps in one database into another, of whatever kind.
///
/// Tables go one after the other, in pages of rows by key. A page is one transaction on the target, which notes in the same
/// transaction how far it came: after an interruption, however rough, the same transfer goes on from there. Indexes and
/// references are made when all rows are there. In the end both databases are read whole, and must have the same counts and hashes.
///
///     let transfer = Transfer(from: file, to: server, holding: schema)
///     try await transfer.run { print($0) }
package struct Transfer: Sendable {
    let source: any Database
    let target: any Database
    let wanted: Schema
    /// Rows of one transaction, at most; fewer where they are large.
    package var pageRows = 5_000

    /// - Parameters:
    ///   - target: a database whose `checksReferences` is off, if it has that.
    ///   - wanted: what the source holds, leftovers of earlier schemas aside: these come along.
    package init(from source: any Database, to target: any Database, holding wanted: Schema) {
        (self.source, self.target, self.wanted) = (source, target, wanted)
    }

    /// - Returns: What both databases hold now.
    /// - Throws: `TransferProblem`, where there is something that must be done first.
    package func run(_ progress: @escaping @Sendable (TransferProgress) -> Void) async throws -> [TransferredTable] {
        let origin = try await source.place()
        if try await target.place() == origin { throw TransferProblem.sameDatabase }
        let held = try await source.inspect(wanted)
        if held.tables.contains(where: { $0.name == TransferLedger.name }) { throw TransferProblem.sourceIsUnfinished }
        let schema = wanted.keeping(leftoversOf: held)
        let ledger = try await open(schema, origin)
        var meter = TransferMeter(progress)
        try await fill(schema.tables, ledger, &meter)
        try await build(schema, meter)
        let tables = try await check(schema.tables, ledger, &meter)
        try await target.migrate(to: schema, allowDestructive: true)
        try await target.refreshStatistics()
        return tables
    }

    /// Whether the database is the target of a transfer that has not come to its end.
    package static func isUnfinished(in database: any Database) async throws -> Bool {
        let catalogue: Fragment =
            switch database.dialect {
            case .sqlite: "SELECT 1 FROM sqlite_master WHERE name = "
            case .postgres: "SELECT 1 FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relname = "
            }
        let statement = (catalogue + Fragment(pieces: [.bind(.text(TransferLedger.name))])).statement(database.dialect)
        return try await database.read(statement, lane: .long, deadline: .after(.seconds(30))) { try $0.next() }
    }
}

// MARK: The stages

extension Transfer {
    /// Makes sure that nothing is in the way on the target, and finds out how far an earlier attempt has come.
    private func open(_ schema: Schema, _ origin: String) async throws -> TransferLedger {
        let ledger = TransferLedger(target)
        let found = try await target.inspect(schema)
        if found.tables.contains(where: { $0.name == TransferLedger.name }), let other = try await ledger.origin() {
            guard other == origin else { throw TransferProblem.otherTransfer(other) }
            if try await ledger.isFilled(schema.tables) { return ledger }
        } else {
            let taken = try await tablesWithRows(found)
            if !taken.isEmpty { throw TransferProblem.targetHoldsData(taken) }
        }
        try await target.migrate(to: schema.bare(target.dialect).with(TransferLedger.table))
        try await ledger.begin(from: origin)
        return ledger
    }

    private func tablesWithRows(_ schema: Schema) async throws -> [String] {
        var taken: [String] = []
        for table in schema.tables where table.name != TransferLedger.name {
            let any: Fragment = "SELECT 1 FROM \(name: table.name) LIMIT 1"
            if try await target.read(any.statement(target.dialect), lane: .long, deadline: .ofOnePage, { try $0.next() }) {
                taken.append(table.name)
            }
        }
        return taken.sorted()
    }

    private func fill(_ tables: [Table], _ ledger: TransferLedger, _ meter: inout TransferMeter) async throws {
        let entries = try await ledger.entries()
        var counts: [String: Int] = [:]
        for table in tables { counts[table.name] = try await source.count(table) }
        meter.total = counts.values.reduce(0, +)
        meter.begin(.filling, done: entries.values.reduce(0) { $1.isStale ? $0 : $0 + $1.digest.count })
        for table in tables {
            var entry = entries[table.name] ?? TransferLedger.Entry()
            if entry.isFilled { continue }
            if entry.isStale { entry = try await ledger.restart(table) }
            meter.tell(.table(.filling, table.name, rows: counts[table.name] ?? 0))
            var page = try await source.page(of: table, after: entry.last, limit: pageRows)
            while !page.rows.isEmpty {
                // The next page is read while this one is written.
                let (last, limit) = (page.last, page.nextLimit(pageRows))
                async let next = source.page(of: table, after: last, limit: limit)
                entry = try await ledger.add(page, to: table, entry)
                meter.advance(page.rows.count, table.name)
                page = try await next
            }
            try await ledger.finish(table, entry)
        }
    }

    private func build(_ schema: Schema, _ meter: TransferMeter) async throws {
        try await target.migrate(to: schema.with(TransferLedger.table), allowDestructive: false) { state in
            if let step = state.step { meter.tell(.building(step.description, done: state.done, of: state.total)) }
        }
    }

    /// Reads both databases whole.
    private func check(
        _ tables: [Table], _ ledger: TransferLedger, _ meter: inout TransferMeter
    ) async throws -> [TransferredTable] {
        let entries = try await ledger.entries()
        var (changed, different, checked) = ([String](), [String](), [TransferredTable]())
        meter.begin(.checking, done: 0)
        for table in tables {
            meter.tell(.table(.checking, table.name, rows: entries[table.name]?.digest.count ?? 0))
            async let there = target.digest(of: table)
            let here = try await source.digest(of: table) { [meter] in meter.peek($0, table.name) }
            let arrived = try await there
            meter.advance(here.count, table.name)
            if here != entries[table.name]?.digest {
                changed.append(table.name)
            } else if here != arrived {
                different.append(table.name)
            }
            checked.append(TransferredTable(name: table.name, rows: here.count, hash: here.description))
        }
        try await ledger.markStale(changed + different)
        if !changed.isEmpty { throw TransferProblem.sourceChanged(changed) }
        if !different.isEmpty { throw TransferProblem.differs(different) }
        return checked
    }
}

// MARK: Schemas

extension Schema {
    /// With what an earlier schema left behind.
    fileprivate func keeping(leftoversOf held: Schema) -> Schema {
        let others = held.tables.filter { table in !tables.contains { $0.name == table.name } }
        let ours = tables.map { table in
            guard let live = held.tables.first(where: { $0.name == table.name }) else { return table }
            var table = table
            table.columns += live.columns.filter { column in !table.columns.contains { $0.name == column.name } }
            return table
        }
        return Schema(tables: ours + others)
    }

    /// Without what is made faster when the rows are there. SQLite does not add references to a table without writing it anew.
    fileprivate func bare(_ dialect: Dialect) -> Schema {
        Schema(
            tables: tables.map { table in
                var table = table
                (table.indexes, table.searchColumns) = ([], [])
                if dialect == .postgres { table.foreignKeys = [] }
                return table
            })
    }

    fileprivate func with(_ table: Table) -> Schema { Schema(tables: tables + [table]) }
}

extension Deadline {
    /// For what takes seconds at most, unless something is wrong.
    static var ofOnePage: Deadline { .after(.seconds(600)) }
}
