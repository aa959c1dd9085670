import Formula
import Metadata
import Values

/// A field's default, ready to be computed for a new record.
enum BoundDefault: Sendable {
    case value(Value)
    case currentUser
    case today
    case now
    case formula(BoundFormula)

    static func all(of object: ObjectDefinition, binder: FormulaBinder) throws(Problem) -> [(position: Int, value: BoundDefault)]
    {
        var defaults: [(position: Int, value: BoundDefault)] = []
        for (position, field) in object.fields.enumerated() where !field.isSystem {
            if let bound = try BoundDefault(field, of: object, binder: binder) { defaults.append((position, bound)) }
        }
        return defaults
    }

    private init?(_ field: FieldDefinition, of object: ObjectDefinition, binder: FormulaBinder) throws(Problem) {
        switch field.defaultValue {
        case .value(let value): self = .value(value)
        case .currentUser: self = .currentUser
        case .today: self = .today
        case .now: self = .now
        case .formula(let source):
            do {
                let compiled = try CompiledFormula.compile(source, scope: RecordScope(object, in: binder.registry))
                self = .formula(binder.bind(compiled, in: object))
            } catch {
                throw Problem(.failure, "bad_default", "The default of \(object.name).\(field.name) is no formula: \(error)")
            }
        case nil:
            if let option = field.options.first(where: \.isDefault) {
                self = .value(field.type == .multiselect ? .list([option.value]) : .text(option.value))
            } else if field.type == .checkbox {
                self = .value(.bool(false))
            } else {
                return nil
            }
        }
    }
}
