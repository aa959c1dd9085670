package import Formula
import SQL
import Values

/// What names mean in a formula over the records of an object: its fields, its parents' fields by path, the user who asks
/// (`$User.Department`) and the organisation (`$Organization.Name`).
package struct RecordScope: FormulaScope {
    private let registry: Registry
    private let object: ObjectDefinition

    package init(_ object: ObjectDefinition, in registry: Registry) { (self.object, self.registry) = (object, registry) }

    package func field(_ path: [String]) throws(FormulaScopeError) -> FormulaField {
        if let root = path.first, root.hasPrefix("$") { return try global(root, Array(path.dropFirst())) }
        let found = try place(path)
        return try found.field.formulaField(found.names)
    }

    /// The field that a path names, or what is wrong with the path.
    func place(_ path: [String]) throws(FormulaScopeError) -> FieldPlace {
        do { return try registry.place(path, on: object) } catch { throw FormulaScopeError(error.message) }
    }

    private func global(_ root: String, _ path: [String]) throws(FormulaScopeError) -> FormulaField {
        switch root.lowercased() {
        case "$user":
            guard let user = registry.object("User") else { throw FormulaScopeError("There is no object User") }
            guard path.count == 1 else { throw FormulaScopeError("$User is followed by one field of User, such as $User.Email") }
            let field = try RecordScope(user, in: registry).place(path).field
            guard field.type != .formula else {
                throw FormulaScopeError("$User.\(field.name) is computed: $User has stored fields only")
            }
            return try field.formulaField(["$User", field.name])
        case "$organization":
            guard path.count == 1, path[0].caseInsensitiveEquals("Name")
            else { throw FormulaScopeError("$Organization has one field: $Organization.Name") }
            return FormulaField(path: ["$Organization", "Name"], type: .text, column: .text)
        default: throw FormulaScopeError("There is no \(root)\(hint(for: root, among: ["$User", "$Organization"]))")
        }
    }
}

extension FieldDefinition {
    /// The field as formulas see it under the canonical names of a path.
    func formulaField(_ names: [String]) throws(FormulaScopeError) -> FormulaField {
        guard let type = formulaType
        else {
            throw FormulaScopeError("\(names.joined(separator: ".")) is of type \(self.type.rawValue), which formulas cannot use")
        }
        return FormulaField(path: names, type: type, column: column)
    }
}

/// Where a path ends: a field of an object, and the canonical spelling of the way to it.
package struct FieldPlace: Sendable {
    package let object: ObjectDefinition
    package let field: FieldDefinition
    package let names: [String]
}

/// Why a path leads nowhere.
package struct PathProblem: Error, Sendable, Hashable {
    package let message: String
    /// It leads to an object that a lookup names but that is not there.
    package let isMissingObject: Bool

    init(_ message: String, isMissingObject: Bool = false) { (self.message, self.isMissingObject) = (message, isMissingObject) }
}

extension Registry {
    /// How many parents a path may go through.
    package static let pathLimit = 8

    /// The field that a path names from an object on, through its parents: `["Account", "Owner", "Name"]`.
    package func place(_ path: [String], on object: ObjectDefinition) throws(PathProblem) -> FieldPlace {
        guard path.count <= Registry.pathLimit + 1
        else { throw PathProblem("\(path.joined(separator: ".")) goes through more than \(Registry.pathLimit) parents") }
        var (present, names) = (object, [String]())
        for step in path.dropLast() {
            let lookup = try present.parentLookup(step)
            guard let next = lookup.referenceTo.first.flatMap(self.object) else {
                let missing = lookup.missingReferences.joined(separator: ", ")
                throw PathProblem(
                    "\(present.name).\(lookup.name) points at \(missing), which is not there", isMissingObject: true)
            }
            names.append(lookup.parentName ?? step)
            present = next
        }
        let name = path.last ?? ""
        guard let field = present.field(name) else {
            throw PathProblem(
                "\(present.name) has no field \(name)\(hint(for: name, among: present.fields.map(\.name)))")
        }
        return FieldPlace(object: present, field: field, names: names + [field.name])
    }
}

extension ObjectDefinition {
    fileprivate func parentLookup(_ name: String) throws(PathProblem) -> FieldDefinition {
        guard let lookup = lookup(parent: name) else {
            let parents = fields.compactMap(\.parentName)
            let advice =
                field(name)?.isLookup ?? false
                ? " (did you mean \(field(name)?.parentName ?? "")?)" : hint(for: name, among: parents)
            throw PathProblem("\(self.name) has no parent \(name)\(advice)")
        }
        guard !lookup.isPolymorphic else {
            let objects = lookup.referenceTo.joined(separator: " or ")
            throw PathProblem("\(self.name).\(lookup.name) may point at \(objects): no path leads through it")
        }
        return lookup
    }
}
