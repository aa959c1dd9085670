import Metadata
import SQL
import Values

extension Resolver {
    /// `TYPEOF What WHEN Account THEN Phone ELSE Name END`: what is shown of the parent depends on its object.
    mutating func select(_ typeOf: TypeOf, into result: inout ResolvedQuery, at place: Place) throws(QueryProblem) {
        guard typeOf.parent.names.count == 1, let lookup = readableLookup(typeOf.parent.names[0], of: object) else {
            throw QueryProblem("unknown_field", "\(object.name) has no parent \(typeOf.parent)", at: place)
        }
        let targets = readableTargets(of: lookup)
        let name = lookup.definition.parentName ?? typeOf.parent.description
        guard !result.members.contains(where: { $0.name == name }) else {
            throw QueryProblem("malformed", "\(name) is asked for twice", at: place, hint: "Put all its fields into TYPEOF")
        }
        var variants: [Output.Variant] = []
        for entry in typeOf.cases {
            guard let target = targets.first(where: { $0.name.caseInsensitiveEquals(entry.object) }) else {
                throw QueryProblem(
                    unknown: "unknown_object", "\(name) is never of \(entry.object)", entry.object, among: targets.map(\.name),
                    at: place)
            }
            variants.append(try variant(entry.fields, of: lookup, target, isStrict: true, at: place))
        }
        let named = typeOf.cases.map { $0.object.lowercased() }
        for target in targets where !named.contains(target.name.lowercased()) && !typeOf.otherwise.isEmpty {
            variants.append(try variant(typeOf.otherwise, of: lookup, target, isStrict: false, at: place))
        }
        result.outputs.append(Output(value: .variants(variants), type: .json))
        result.members.append(.value(name, output: result.outputs.count - 1))
    }

    /// - Parameter isStrict: whether the object must have every field; in ELSE some need not.
    private mutating func variant(
        _ fields: [FieldPath], of lookup: FieldReference, _ target: ObjectDefinition, isStrict: Bool, at place: Place
    ) throws(QueryProblem) -> Output.Variant {
        let parent = try join(lookup, to: target, from: 0, at: place)
        var record = ResolvedQuery(object: target)
        for path in fields {
            try spend(.fields, at: place)
            let known = tables.count
            do throws(QueryProblem) {
                let term = try find(path.names[...], in: parent, at: place)
                guard !term.isEncrypted else { throw term.encrypted("TYPEOF cannot show it", "not_queryable", at: place) }
                record.insert(record.output(term), term.names[...], term.parents[...])
            } catch {
                guard !isStrict, error.code == "unknown_field" else { throw error }
                tables.removeSubrange(known...)
            }
        }
        return Output.Variant(presence: .column(.table(parent), "Id"), record: record)
    }
}
