import Metadata
import Values

extension FilterTree {
    /// Whether a record in memory meets the filter, with the meaning that queries give it: two-valued, negations include blanks.
    func matches(_ record: Record, _ session: Session) -> Bool {
        switch self {
        case .all(let parts): parts.allSatisfy { $0.matches(record, session) }
        case .any(let parts): parts.contains { $0.matches(record, session) }
        case .not(let part): !part.matches(record, session)
        case .compare(let field, let comparison, let operand):
            comparison.holds(record[field], operand.resolved(record, session), session)
        }
    }
}

extension FilterOperand {
    /// What the operand stands for now, for this record: single values, or several.
    fileprivate func resolved(_ record: Record, _ session: Session) -> FilterOperand {
        switch self {
        case .currentUser: .value(.text(session.user.id))
        case .field(let name): .value(record[name])
        default: self
        }
    }
}

extension FilterOperator {
    fileprivate func holds(_ value: Value, _ operand: FilterOperand, _ session: Session) -> Bool {
        switch self {
        case .isNull: return value.isNull == (operand != .value(.bool(false)))
        case .isNotNull: return !value.isNull == (operand != .value(.bool(false)))
        case .notEquals: return !FilterOperator.equals.holds(value, operand, session)
        case .notIn: return !FilterOperator.in.holds(value, operand, session)
        case .notContains: return !FilterOperator.contains.holds(value, operand, session)
        case .excludes: return !FilterOperator.includes.holds(value, operand, session)
        default: break
        }
        switch operand {
        case .dateWord(let word): return holds(value, word, session)
        case .value(.null): return self == .equals && value.isNull
        case .value(let other): return holds(value, other)
        case .values(let others): return holds(value, anyOf: others)
        case .range(let low, let high): return (value.compared(to: low) ?? -1) >= 0 && (value.compared(to: high) ?? 1) <= 0
        case .none, .currentUser, .field: return false
        }
    }

    private func holds(_ value: Value, _ other: Value) -> Bool {
        switch self {
        case .equals, .in: return value.compared(to: other) == 0
        case .greaterThan: return value.compared(to: other).map { $0 > 0 } ?? false
        case .greaterThanOrEqual: return value.compared(to: other).map { $0 >= 0 } ?? false
        case .lessThan: return value.compared(to: other).map { $0 < 0 } ?? false
        case .lessThanOrEqual: return value.compared(to: other).map { $0 <= 0 } ?? false
        case .includes: return holds(value, anyOf: [other])
        case .contains, .startsWith, .endsWith:
            guard let text = value.text, let part = other.text else { return false }
            return self == .contains ? text.contains(part) : self == .startsWith ? text.hasPrefix(part) : text.hasSuffix(part)
        default: return false
        }
    }

    private func holds(_ value: Value, anyOf others: [Value]) -> Bool {
        if case .list(let items) = value { return others.contains { $0.text.map(items.contains) ?? false } }
        return others.contains { value.compared(to: $0) == 0 }
    }

    private func holds(_ value: Value, _ word: DateWord, _ session: Session) -> Bool {
        let range = word.days(today: session.today, rules: session.calendar)
        let day: Day
        switch value {
        case .date(let date): day = date
        case .datetime(let instant): day = session.zone.day(instant)
        default: return false
        }
        switch self {
        case .greaterThan: return day >= range.upperBound
        case .greaterThanOrEqual: return day >= range.lowerBound
        case .lessThan: return day < range.lowerBound
        case .lessThanOrEqual: return day < range.upperBound
        default: return range.contains(day)
        }
    }
}

extension Value {
    /// -1, 0 or 1; nil where the two are not of one kind or one is null.
    func compared(to other: Value) -> Int? {
        func order<T: Comparable>(_ a: T, _ b: T) -> Int { a < b ? -1 : a > b ? 1 : 0 }
        return switch (self, other) {
        case (.number(let a), .number(let b)): order(a, b)
        case (.text(let a), .text(let b)): order(a, b)
        case (.date(let a), .date(let b)): order(a, b)
        case (.datetime(let a), .datetime(let b)): order(a, b)
        case (.time(let a), .time(let b)): order(a, b)
        case (.bool(let a), .bool(let b)): order(a ? 1 : 0, b ? 1 : 0)
        case (.list(let a), .list(let b)): a == b ? 0 : nil
        default: nil
        }
    }
}
