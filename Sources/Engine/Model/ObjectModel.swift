import Metadata
import ObjectQL
import SQL
import Storage
import Values

/// One object as the engine works with it.
final class ObjectModel: Sendable {
    /// A stored column and where its value stands in a record's `values`.
    struct StoredColumn: Sendable {
        let name: String
        let type: ColumnType
        let position: Int
    }

    /// A lookup of another object (or this one) that may point here.
    struct ChildLink: Sendable {
        let object: String
        let field: FieldDefinition
        let position: Int
    }

    let definition: ObjectDefinition
    let columns: [StoredColumn]
    /// Of which the change log tells: not who and when, which stand in its entries themselves.
    let logged: [StoredColumn]
    let columnList: ColumnList
    let insertion: Insertion
    /// For each polymorphic lookup, where the name of the object it points at stands.
    let typePositions: [Int: Int]
    // Positions of fields by what a write does with them, found once: a field's definition is large to copy for every record.
    let lookups: [Int]
    let required: [Int]
    let uniques: [Int]
    let entered: [Int]
    /// Picklists whose options depend on another field.
    let dependents: [(position: Int, controlling: Int)]
    /// Roll-ups that are zero, not blank, where there are no children.
    let zeroes: [Int]
    let autoNumbers: [(position: Int, format: AutoNumberFormat)]
    let encrypted: [Int]
    let defaults: [(position: Int, value: BoundDefault)]
    let rules: [(rule: ValidationRule, formula: BoundFormula)]
    let triggers: [TriggerEvent: [BoundTrigger]]
    let children: [ChildLink]
    /// The roll-ups of parents that read this object.
    let rollUps: [RollUps]
    /// Objects whose own roll-ups enter into this object's, over however many levels.
    let sumsUpRollUps: Set<String>
    let system: SystemPositions

    init(
        _ definition: ObjectDefinition, registry: Registry, swift: [any Trigger], binder: FormulaBinder, dialect: Dialect
    ) throws(Problem) {
        self.definition = definition
        let polymorphic = definition.fields.indices.filter { definition.fields[$0].isPolymorphic }
        typePositions = Dictionary(
            uniqueKeysWithValues: polymorphic.enumerated().map { ($1, definition.fields.count + $0) })
        columns = ObjectModel.columns(of: definition, typePositions)
        let system = try SystemPositions(definition)
        self.system = system
        logged = columns.filter { !system.isStamp($0.position) }
        let columnNames = columns.map(\.name)
        columnList = ColumnList(columnNames)
        insertion = RowStatements(dialect).insertion(into: definition.name, columns: columnNames)
        func positions(_ isWanted: (FieldDefinition) -> Bool) -> [Int] {
            definition.fields.indices.filter { isWanted(definition.fields[$0]) }
        }
        lookups = positions { $0.isLookup && !$0.isSystem }
        required = positions { $0.required && !$0.isSystem }
        uniques = positions { ($0.unique || $0.externalId) && $0.type != .autoNumber }
        entered = positions { !$0.isSystem && ![.formula, .summary, .autoNumber].contains($0.type) }
        dependents = definition.fields.indices.compactMap { position in
            definition.fields[position].dependsOn.flatMap(definition.position).map { (position, $0) }
        }
        zeroes = positions { [.count, .sum].contains($0.summary?.function) }
        autoNumbers = definition.fields.indices.compactMap { position in
            let field = definition.fields[position]
            guard field.type == .autoNumber else { return nil }
            return (try? AutoNumberFormat(field.format ?? "{0}")).map { (position, $0) }
        }
        encrypted = positions { $0.type == .encrypted }
        defaults = try BoundDefault.all(of: definition, binder: binder)
        rules = definition.validationRules.filter(\.active).map { ($0, binder.bind($0.formula, in: definition)) }
        triggers = try BoundTrigger.all(of: definition, registry: registry, swift: swift, binder: binder)
        children = ObjectModel.children(of: definition, in: registry)
        rollUps = try RollUps.all(over: definition, in: registry, dialect: dialect)
        sumsUpRollUps = ObjectModel.summedUp(by: definition, in: registry)
    }

    /// How many values a record has.
    var width: Int { definition.fields.count + typePositions.count }

    func blankRecord() -> Record { Record(definition, values: Array(repeating: .null, count: width)) }

    private static func columns(of object: ObjectDefinition, _ typePositions: [Int: Int]) -> [StoredColumn] {
        var columns: [StoredColumn] = []
        for (position, field) in object.fields.enumerated() where !field.isComputed {
            columns.append(StoredColumn(name: field.name, type: field.column, position: position))
            if let name = field.typeColumn, let place = typePositions[position] {
                columns.append(StoredColumn(name: name, type: .text, position: place))
            }
        }
        return columns
    }

    private static func summedUp(by object: ObjectDefinition, in registry: Registry) -> Set<String> {
        var (found, open) = (Set<String>(), [object])
        while let next = open.popLast() {
            for summary in next.fields.compactMap(\.summary) {
                guard let child = registry.object(summary.object), !found.contains(child.name) else { continue }
                let reads = summary.reads(of: child).map { child.fields[$0] }
                guard reads.contains(where: { $0.type == .summary || $0.isComputed }) else { continue }
                found.insert(child.name)
                open.append(child)
            }
        }
        return found
    }

    private static func children(of object: ObjectDefinition, in registry: Registry) -> [ChildLink] {
        registry.objects.flatMap { child in
            child.fields.enumerated().compactMap { position, field in
                guard field.isLookup, !field.isSystem, field.referenceTo.contains(object.name) else { return nil }
                return ChildLink(object: child.name, field: field, position: position)
            }
        }
    }
}

/// Where the fields stand that only the engine writes.
struct SystemPositions: Sendable {
    let createdDate, createdBy, modifiedDate, modifiedBy, version, isDeleted: Int

    init(_ object: ObjectDefinition) throws(Problem) {
        func position(_ name: String) throws(Problem) -> Int {
            if let position = object.position(of: name) { return position }
            throw Problem(.failure, "internal", "\(object.name) has no field \(name)")
        }
        createdDate = try position("CreatedDate")
        createdBy = try position("CreatedById")
        modifiedDate = try position("LastModifiedDate")
        modifiedBy = try position("LastModifiedById")
        version = try position("Version")
        isDeleted = try position("IsDeleted")
    }

    fileprivate func isStamp(_ position: Int) -> Bool {
        [createdDate, createdBy, modifiedDate, modifiedBy, version, ObjectDefinition.idPosition].contains(position)
    }
}
