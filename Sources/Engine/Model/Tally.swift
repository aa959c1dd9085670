import Metadata
import Values

/// How much one child adds to a count or a sum, where that can be told from the record alone.
///
/// A roll-up with a tally costs the same however many children a parent has. Averages and filters whose meaning moves
/// with the time or the user have none: they are computed from all children. For extremes see `Extreme`.
struct Tally: Sendable {
    /// The position of the field summed up; nil for a count.
    private let summed: Int?
    private let shares: Shares

    init?(_ summary: SummaryDefinition, over child: ObjectDefinition) {
        guard [.count, .sum].contains(summary.function), let shares = Shares(summary, over: child) else { return nil }
        summed = summary.field.flatMap(child.position)
        if let summed, child.fields[summed].isComputed { return nil }
        self.shares = shares
    }

    /// What the changes make more or less for each parent.
    func differences(of changes: [Change], through foreignKey: Int, _ session: Session) -> [String: Number] {
        var differences: [String: Number] = [:]
        for change in changes {
            for (record, sign) in [(change.old, -Number.one), (change.new, Number.one)] {
                guard let record, let parent = record.values[foreignKey].text else { continue }
                differences[parent] = (differences[parent] ?? .zero) + sign * share(of: record, session)
            }
        }
        return differences
    }

    private func share(of record: Record, _ session: Session) -> Number {
        guard shares.counts(record, session) else { return .zero }
        guard let summed else { return .one }
        return record.values[summed].number ?? .zero
    }
}

/// Which children a roll-up is over, where that can be told from the record alone.
struct Shares: Sendable {
    private let filter: FilterTree?
    private let isDeleted: Int

    init?(_ summary: SummaryDefinition, over child: ObjectDefinition) {
        guard summary.filter?.isSteady(in: child) ?? true, let isDeleted = child.position(of: "IsDeleted") else { return nil }
        (filter, self.isDeleted) = (summary.filter, isDeleted)
    }

    func counts(_ record: Record, _ session: Session) -> Bool {
        record.values[isDeleted] != .bool(true) && filter?.matches(record, session) ?? true
    }
}

extension FilterTree {
    /// Whether it says the same about a record at all times, in memory and in the database.
    fileprivate func isSteady(in object: ObjectDefinition) -> Bool {
        switch self {
        case .all(let parts), .any(let parts): return parts.allSatisfy { $0.isSteady(in: object) }
        case .not(let part): return part.isSteady(in: object)
        case .compare(let name, let comparison, let operand):
            guard let position = object.position(of: name) else { return false }
            return object.fields[position].isComparedExactly && comparison.isExact && operand.isConstant
        }
    }
}

extension FieldDefinition {
    fileprivate var isComparedExactly: Bool {
        [.select, .checkbox, .number, .currency, .percent, .date].contains(type)
    }
}

extension FilterOperator {
    fileprivate var isExact: Bool {
        switch self {
        case .contains, .notContains, .startsWith, .endsWith, .includes, .excludes, .during: false
        default: true
        }
    }
}

extension FilterOperand {
    fileprivate var isConstant: Bool {
        switch self {
        case .none, .value, .values, .range: true
        case .currentUser, .dateWord, .field: false
        }
    }
}
