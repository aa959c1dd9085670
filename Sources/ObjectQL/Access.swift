package import Formula
package import Metadata

/// What the caller of a query may see. Rights are part of resolving: a query that passed holds nothing hidden.
package protocol Access: Sendable {
    func mayRead(_ object: ObjectDefinition) -> Bool
    func mayRead(_ field: FieldDefinition, of object: ObjectDefinition) -> Bool
    /// The condition that every row of the object must fulfil for this caller; nil for all rows.
    func rowRule(_ object: ObjectDefinition) -> CompiledFormula?
}

/// An administrator: everything.
package struct FullAccess: Access {
    package init() {}
    package func mayRead(_ object: ObjectDefinition) -> Bool { true }
    package func mayRead(_ field: FieldDefinition, of object: ObjectDefinition) -> Bool { true }
    package func rowRule(_ object: ObjectDefinition) -> CompiledFormula? { nil }
}
