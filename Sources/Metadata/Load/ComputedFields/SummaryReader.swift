import Formula
import Values

/// Reads a roll-up field: over which children, what of them, and which of them.
struct SummaryReader {
    let field: FieldDefinition
    let object: ObjectDefinition
    let registry: Registry
    let reader: MappingReader
    let computed: ComputedFields
    /// Lower-case names of declared relationships whose object is not there.
    let leftOut: Set<String>

    private var log: DiagnosticLog { reader.log }
    private var what: String { "field \(field.name)" }

    func read() -> FieldDefinition {
        let function: SummaryDefinition.Function? = reader.choice("function")
        guard let function, let relationship = relationship(), let child = registry.object(relationship.object) else {
            return field
        }
        var field = field
        let rolled = function == .count ? nil : rolledField(function, child)
        if function == .count, reader.has("field") {
            log.error("\(what): a count takes no field: remove it", at: reader.place("field"))
        }
        let filter = reader.node("filters").flatMap {
            FilterReader(object: child, registry: registry, what: "\(what): filters", log: log).tree($0)
        }
        filter.map { checkFilter($0, child) }
        field.summary = SummaryDefinition(
            function: function, object: child.name, foreignKey: relationship.foreignKey, field: rolled?.name, filter: filter)
        field.summary?.result = rolled?.resultType ?? .number
        if let rolled, !reader.has("scale") { field.scale = function == .avg ? max(rolled.scale, 2) : rolled.scale }
        return field
    }

    private func relationship() -> Relationship? {
        if let name = reader.text("relationship") { return relationship(named: name) }
        if let name = reader.text("summarizedObject") { return relationship(to: name, by: reader.text("foreignKey")) }
        log.error("\(what): a summary field needs relationship (or summarizedObject)", at: reader.location)
        return nil
    }

    private func relationship(named name: String) -> Relationship? {
        if let found = object.relationship(name) { return found }
        if leftOut.contains(name.lowercased()) {
            log.warning(
                "\(what): the relationship \(name) is left out, so nothing is rolled up", at: reader.place("relationship"))
        } else {
            let names = object.relationships.map(\.name)
            log.error(
                "\(what): \(object.name) has no relationship \(name)\(hint(for: name, among: names))",
                at: reader.place("relationship"))
        }
        return nil
    }

    private func relationship(to child: String, by key: String?) -> Relationship? {
        guard registry.object(child) != nil else {
            let names = registry.objects.map(\.name)
            log.warning(
                "\(what): there is no object \(child)\(hint(for: child, among: names)), so nothing is rolled up",
                at: reader.place("summarizedObject"))
            return nil
        }
        let found = object.relationships.filter {
            $0.object.caseInsensitiveEquals(child) && (key.map($0.foreignKey.caseInsensitiveEquals) ?? true)
        }
        if found.count == 1 { return found[0] }
        let keys = found.map(\.foreignKey).joined(separator: ", ")
        log.error(
            found.isEmpty
                ? "\(what): no lookup of \(child) points at \(object.name)"
                : "\(what): several lookups of \(child) point at \(object.name): say which by foreignKey (\(keys))",
            at: reader.place("summarizedObject"))
        return nil
    }

    private func rolledField(_ function: SummaryDefinition.Function, _ child: ObjectDefinition) -> FieldDefinition? {
        guard let name = reader.text("field") else {
            log.error("\(what): \(function.rawValue) needs a field", at: reader.place("function"))
            return nil
        }
        guard let found = child.field(name) else {
            log.error(
                "\(what): \(child.name) has no field \(name)\(hint(for: name, among: child.fields.map(\.name)))",
                at: reader.place("field"))
            return nil
        }
        guard let rolled = stored(found, child) else { return nil }
        let numbers: [FieldType] = [.number, .currency, .percent]
        let allowed = function == .min || function == .max ? numbers + [.date, .datetime, .time] : numbers
        guard allowed.contains(rolled.resultType) else {
            let names = allowed.map(\.rawValue).joined(separator: ", ")
            log.error(
                "\(what): \(function.rawValue) takes a field of type \(names), not \(rolled.resultType.rawValue)",
                at: reader.place("field"))
            return nil
        }
        return rolled
    }

    private func checkFilter(_ filter: FilterTree, _ child: ObjectDefinition) {
        for name in filter.fields { _ = child.field(name).flatMap { stored($0, child) } }
    }

    /// The child's field, compiled; nil, and reported, where it depends on more than the child's own record, since the roll-up
    /// is brought up to date when a child is written.
    private func stored(_ field: FieldDefinition, _ child: ObjectDefinition) -> FieldDefinition? {
        let compiled: FieldDefinition
        do { compiled = try computed.compiled(field, of: child) } catch {
            log.error("\(what): \(error.message)", at: reader.location)
            return nil
        }
        guard let formula = compiled.formula?.compiled else { return compiled }
        if let outside = formula.fields.first(where: { $0.path.count > 1 }) {
            log.error(
                "\(what): \(child.name).\(field.name) reads \(outside.path.joined(separator: ".")): a roll-up is only brought up to date when"
                    + " one of its own records changes", at: reader.place("field"))
            return nil
        }
        for name in formula.fields.compactMap(\.path.first) {
            guard let inner = child.field(name), stored(inner, child) != nil else { return nil }
        }
        return compiled
    }
}

extension FilterTree {
    /// The fields it reads.
    package var fields: [String] {
        switch self {
        case .all(let trees), .any(let trees): trees.flatMap(\.fields)
        case .not(let tree): tree.fields
        case .compare(let field, _, .field(let other)): [field, other]
        case .compare(let field, _, _): [field]
        }
    }
}
