import Jobs
package import Metadata
package import SQL
package import Storage
import Values

extension Schema {
    /// The tables for a registry's objects, the engine's own and the queue's.
    package init(_ registry: Registry, dialect: Dialect) {
        let objects = registry.objects.map { Table($0, registry: registry, dialect: dialect) }
        self.init(tables: objects + EngineTables.all + SimulationTables.all + JobTables.all)
    }
}

extension Table {
    /// A real table with real columns: lookups, unique, external-id, indexed and sort fields get an index.
    fileprivate init(_ object: ObjectDefinition, registry: Registry, dialect: Dialect) {
        let stored = object.fields.filter { !$0.isComputed }
        self.init(
            name: object.name,
            columns: stored.flatMap(Column.columns),
            primaryKey: "Id",
            indexes: stored.flatMap { Index.indexes($0, of: object, dialect: dialect) },
            foreignKeys: stored.compactMap { field in
                guard field.isLookup, !field.isPolymorphic, let parent = field.referenceTo.first.flatMap(registry.object)
                else { return nil }
                // PostgreSQL would lock the user for each record. It is the engine that says who wrote, and users are never removed.
                if field.isSystem, dialect == .postgres { return nil }
                return ForeignKey(column: field.name, table: parent.name)
            },
            searchColumns: stored.filter { $0.searchable && [.text, .list].contains($0.column) }.map(\.name),
            renamedFrom: object.renamedFrom)
    }
}

extension Column {
    fileprivate static func columns(_ field: FieldDefinition) -> [Column] {
        let column = Column(
            field.name, field.column, isNullable: !field.isNeverNull, initial: field.initial, renamedFrom: field.renamedFrom)
        guard let type = field.typeColumn else { return [column] }
        return [column, Column(type, .text, renamedFrom: field.renamedFrom.map { $0 + "Type" })]
    }
}

extension FieldDefinition {
    /// `required` is the engine's to check, with a message; the database holds only what every row always has.
    fileprivate var isNeverNull: Bool { isSystem && type != .lookup || type == .checkbox }

    fileprivate var initial: Bind? {
        switch (type, defaultValue) {
        case (.checkbox, .value(.bool(let value))): .bool(value)
        case (.checkbox, _): .bool(false)
        case (_, .value(let value)): Bind(value, as: column)
        default: nil
        }
    }
}

extension ObjectDefinition {
    /// The stored field by which most of its list views sort.
    fileprivate var usualOrder: String? {
        let names = listViews.compactMap { $0.sortBy.flatMap(position) }.filter { !fields[$0].isComputed }.map { fields[$0].name }
        return names.max { a, b in names.count { $0 == a } < names.count { $0 == b } }
    }
}

extension Index {
    fileprivate static func indexes(_ field: FieldDefinition, of object: ObjectDefinition, dialect: Dialect) -> [Index] {
        let name = "\(object.name)_\(field.name)"
        if field.unique || field.externalId {
            // A record in the recycle bin does not hold on to its unique values.
            return [
                Index(name: name + "_unique", columns: [field.name], isUnique: true, condition: RowStatements(dialect).notDeleted)
            ]
        }
        let isSorted = object.listViews.contains { $0.sortBy?.caseInsensitiveEquals(field.name) ?? false }
        guard field.type != .id, field.isLookup || field.index || isSorted || field.name == "CreatedDate" else { return [] }
        // PostgreSQL would write to all indexes of a parent whenever a child changes one that is in an index.
        if field.type == .summary, !field.index, dialect == .postgres { return [] }
        if field.isSystem && field.isLookup { return [] }
        // A list filtered by one field comes out of the index in the order that the object's lists mostly have.
        let order = [object.usualOrder].compactMap { $0 }.filter { $0 != field.name && (field.isLookup || field.type == .select) }
        // An order goes on by the id: what is equal need not be sorted, and a page far in costs what the first does.
        let tie = isSorted || !order.isEmpty ? ["Id"] : []
        return [Index(name: name, columns: [field.name] + order + tie)]
    }
}
