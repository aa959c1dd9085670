import Engine
import Metadata
import ObjectQL
import PostgresCluster
import SQL
import Storage
import Values

/// A random business in a real database of either kind, which answers queries as the engine does.
struct BusinessDatabase: Sendable {
    private let registry: Registry
    private let opened: OpenDatabase

    /// Fills a new database, runs `body`, and cleans up.
    static func with(
        _ business: RandomBusiness, on kind: DatabaseKind, _ body: (BusinessDatabase) async throws -> Void
    ) async throws {
        let opened = try await kind.open(functions: Engine.sqlFunctions, statements: Engine.postgresFunctions)
        let database = BusinessDatabase(registry: business.registry, opened: opened)
        do {
            try await database.fill(business)
            try await body(database)
        } catch {
            await opened.close()
            throw error
        }
        await opened.close()
    }

    private var database: any Database { opened.database }

    /// Anything goes for random records: no value is unique, and parents may come later.
    private func fill(_ business: RandomBusiness) async throws {
        var schema = Schema(registry, dialect: database.dialect)
        for index in schema.tables.indices { (schema.tables[index].indexes, schema.tables[index].foreignKeys) = ([], []) }
        try await database.migrate(to: schema)
        try await database.transaction(deadline: .after(.seconds(60))) { connection in
            for object in registry.objects {
                let records = try (business.records[object.name] ?? []).map { try object.cells($0) }
                guard let first = records.first else { continue }
                try await connection.load(records.map { $0.map(\.bind) }, into: object.name, columns: first.map(\.name))
            }
        }
        try await database.refreshStatistics()
    }

    func ask(_ query: Query, in scope: QueryScope) async throws -> LaboratoryAnswer {
        let plan = try query.resolve(in: scope).compile(database.dialect, seal: Laboratory.seal)
        var answer = try await database.read(
            Laboratory.filled(plan.statement, scope, [:]), lane: .long, deadline: .after(.seconds(60))
        ) { rows in
            var answer = LaboratoryAnswer()
            while try !answer.hasMore && rows.next() { try answer.take(plan) { rows.cell($0) } }
            return answer
        }
        if !answer.hasMore { answer.nextCursor = nil }
        guard let count = plan.count else { return answer }
        answer.totalCount = try await database.read(
            Laboratory.filled(count, scope, [:]), lane: .long, deadline: .after(.seconds(60))
        ) { try $0.next() ? $0.cell(0).integer.map(Int.init) : nil }
        return answer
    }
}

extension ObjectDefinition {
    /// What is stored of a record; what every object has is filled in.
    func cells(_ values: [String: Value]) throws -> [(name: String, bind: Bind)] {
        try fields.filter { !$0.isComputed }.flatMap { field in
            let value = values[field.name] ?? Laboratory.standard(field)
            guard let bind = Bind(value, as: field.column) else { throw LaboratoryError("\(field.name) cannot be \(value)") }
            let type = field.typeColumn.map { [($0, values[$0]?.text.map(Bind.text) ?? .null)] } ?? []
            return [(name: field.name, bind: bind)] + type
        }
    }
}
