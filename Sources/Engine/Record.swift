package import Metadata
package import Values

/// One record in memory: a value for each field of its object, in the order of the object's fields.
///
/// Polymorphic lookups have one value more each, after the fields: the name of the object they point at.
package struct Record: Sendable, Hashable {
    package let object: ObjectDefinition
    package internal(set) var values: [Value]

    init(_ object: ObjectDefinition, values: [Value]) { (self.object, self.values) = (object, values) }

    /// The value of a stored field; null where there is no such field.
    package subscript(name: String) -> Value {
        get { object.position(of: name).map { values[$0] } ?? .null }
        set { if let position = object.position(of: name) { values[position] = newValue } }
    }

    package var id: String { values[ObjectDefinition.idPosition].text ?? "" }

    package static func == (a: Record, b: Record) -> Bool { a.object === b.object && a.values == b.values }
    package func hash(into hasher: inout Hasher) { hasher.combine(values) }
}

extension ObjectDefinition {
    /// Every object's first field is its `Id`.
    static let idPosition = 0
}

/// One record's way from its old to its new state.
package struct Change: Sendable {
    package enum Kind: String, Sendable { case create, update, delete, undelete }

    package let kind: Kind
    /// The state before; nil for a new record.
    package let old: Record?
    /// The state after. Before triggers may change it.
    package var new: Record
    /// Where it stands in the caller's request.
    let place: Int
    /// Who makes it and when, where that is not what the session says.
    let occasion: Occasion?

    init(_ kind: Kind, old: Record? = nil, new: Record, place: Int = 0, on occasion: Occasion? = nil) {
        (self.kind, self.old, self.new, self.place, self.occasion) = (kind, old, new, place, occasion)
    }

    package var id: String { new.id }

    /// Whether the field has another value than before; every field of a new record that is not blank has.
    package func changed(_ field: String) -> Bool {
        guard let position = new.object.position(of: field) else { return false }
        return changed(at: position)
    }

    func changed(at position: Int) -> Bool { (old?.values[position] ?? .null) != new.values[position] }
}
