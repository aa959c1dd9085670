import Formula
import Metadata
import ObjectQL
import Values

/// The rights of somebody who may see some objects, fields and rows.
struct RestrictedAccess: Access {
    var hiddenObjects: Set<String> = []
    /// `Account.AnnualRevenue`
    var hiddenFields: Set<String> = []
    var rules: [String: CompiledFormula] = [:]

    init(hiding hidden: [String] = [], rules: [String: String] = [:]) throws {
        hiddenObjects = Set(hidden.filter { !$0.contains(".") })
        hiddenFields = Set(hidden.filter { $0.contains(".") })
        for (name, source) in rules {
            guard let object = Business.registry.object(name) else { throw LaboratoryError("no object \(name)") }
            self.rules[name] = try CompiledFormula.compile(
                source, returning: .boolean, scope: RecordScope(object, in: Business.registry))
        }
    }

    func mayRead(_ object: ObjectDefinition) -> Bool { !hiddenObjects.contains(object.name) }
    func mayRead(_ field: FieldDefinition, of object: ObjectDefinition) -> Bool {
        !hiddenFields.contains("\(object.name).\(field.name)")
    }
    func rowRule(_ object: ObjectDefinition) -> CompiledFormula? { rules[object.name] }
}
