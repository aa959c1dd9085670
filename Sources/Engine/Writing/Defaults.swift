import Formula
import Metadata
import SQL
import Storage
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

    /// The next numbers, taken in this transaction: where it is undone, so are they, and no gap is left.
    private func number(_ changes: inout [Change], of object: ObjectModel, at position: Int, _ format: AutoNumberFormat)
        async throws
    {
        let prefix = "\(object.definition.name).\(object.definition.fields[position].name)."
        for (day, places) in Dictionary(grouping: changes.indices, by: { today(changes[$0]) }).sorted(by: { $0.key < $1.key }) {
            let counter = statements.advance(prefix + format.period(day), by: places.count, in: EngineTables.counters.name)
            let counted = try await rows(counter) { rows in
                try rows.next() ? Int(rows.cell(0).integer ?? 0) : places.count
            }
            for (offset, place) in places.enumerated() {
                changes[place].new.values[position] = .text(format.text(counted - places.count + offset + 1, on: day))
            }
        }
    }
}
