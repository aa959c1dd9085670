import Formula
import Metadata
import Values

extension WriteScope {
    /// Defaults of new records, for what the caller left blank; then autonumbers and empty roll-ups.
    func fillDefaults(_ changes: inout [Change], of object: ObjectModel) async throws {
        for (position, bound) in object.defaults {
            if case .formula(let formula) = bound { try await loadParents(of: changes, for: [formula]) }
            let field = object.definition.fields[position]
            for index in changes.indices where changes[index].new.values[position].isNull {
                let value = try value(bound, changes[index], naming: field)
                changes[index].new.values[position] = try converted(value.json, field, changes[index].place)
            }
        }
        for position in object.zeroes {
            for index in changes.indices { changes[index].new.values[position] = .number(.zero) }
        }
        for (position, format) in object.autoNumbers { try await number(&changes, of: object, at: position, format) }
    }

    private func value(_ bound: BoundDefault, _ change: Change, naming field: FieldDefinition) throws -> Value {
        switch bound {
        case .value(let value): value
        case .currentUser: .text(user(change).id)
        case .today: field.type == .datetime ? .datetime(session.zone.instant(today(change))) : .date(today(change))
        case .now: field.type == .date ? .date(today(change)) : .datetime(now(change))
        case .formula(let formula): try evaluate(formula, change, naming: "The default of \(field.name)")
        }
    }
}
