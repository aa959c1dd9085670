import Metadata
import ObjectQL
import SQL
import Values

/// Where records of a role are read: an object of the registry, its fields that tell something, and how they hang on the subject.
struct Source: Sendable {
    let role: Role
    let object: ObjectDefinition
    let fields: [Slot: FieldDefinition]
    /// The lookups that lead to the subject; `Id` where the subject itself is of that object.
    let links: [String]
    /// The path to the name of the person it was with.
    let personPath: String?

    /// Nil where the registry has no such object, it has no way to the subject, or the session may not see it.
    init?(_ role: Role, of subject: ObjectDefinition, in registry: Registry, _ access: some Access) {
        // What people of ours own, or had to do with, is no conversation with them.
        if subject.name == "User" { return nil }
        guard let object = role.objects.lazy.compactMap({ registry.object($0) }).first, access.mayRead(object) else { return nil }
        var fields: [Slot: FieldDefinition] = [:]
        for (slot, names) in role.slots {
            fields[slot] = names.lazy.compactMap { object.field($0) }.first { access.mayRead($0, of: object) }
        }
        if fields[.title] == nil, access.mayRead(object.nameField, of: object) { fields[.title] = object.nameField }
        let lookups = object.fields.filter { $0.isLookup && !$0.isSystem && $0.referenceTo.contains(subject.name) }
        let links =
            object === subject && role != .contact ? ["Id"] : lookups.filter { access.mayRead($0, of: object) }.map(\.name)
        guard !links.isEmpty else { return nil }
        (self.role, self.object, self.fields, self.links) = (role, object, fields, links)
        personPath = fields[.person].flatMap { Source.namePath($0, in: registry, access) }
    }

    /// The name behind a lookup to one object: `Contact.Name`.
    private static func namePath(_ lookup: FieldDefinition, in registry: Registry, _ access: some Access) -> String? {
        guard let parent = lookup.parentName, lookup.referenceTo.count == 1, let object = registry.object(lookup.referenceTo[0]),
            access.mayRead(object), access.mayRead(object.nameField, of: object)
        else { return nil }
        return "\(parent).\(object.nameField.name)"
    }

    /// The records that hang on the subject, whose id is the argument `subject`: the newest, or what is to be done first.
    func query(limit: Int) -> Query {
        var query = Query(object: object.name)
        var names = ["Id"]
        for name in fields.values.map(\.name).sorted() where !names.contains(name) { names.append(name) }
        query.select = (names + [personPath].compactMap { $0 }).map { .term(.field(FieldPath($0)), as: nil, .top) }
        let linked = Filter.any(links.map { .compare(.field(FieldPath($0)), .equal, .argument("subject"), .top) })
        query.filter = .all([linked] + (role.isWork ? [open].compactMap { $0 } : []))
        let order = fields[role.order] ?? fields[.created]
        let first = order.map { Ordering(.field(FieldPath($0.name)), descending: !role.isWork, nulls: .last) }
        query.orderBy = [first, Ordering(.field("Id"), descending: true)].compactMap { $0 }
        query.limit = limit
        return query
    }

    /// What is not done.
    private var open: Filter? {
        guard let state = fields[.state] else { return nil }
        let closed = state.options.filter(\.isClosed).map { Operand.value(.text($0.value)) }
        return closed.isEmpty ? nil : .not(.among(.field(FieldPath(state.name)), closed, .top))
    }
}
