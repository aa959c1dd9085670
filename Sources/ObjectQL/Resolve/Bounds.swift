import SQL
import Values

/// A value compared with, as its field's column sees it.
enum Bound {
    case null
    case exact(Bind)
    /// Everything from the first, up to but without the second: a date word, or a day where moments are stored.
    case span(Bind, Bind)
    /// Between two values that the column can hold, the lesser and the greater; nil where the column ends before it.
    case gap(Bind?, Bind?)
    case field(ResolvedTerm)
}

extension Bound {
    func condition(_ term: ResolvedTerm, _ comparator: Comparator, at place: Place) throws(QueryProblem) -> Condition {
        switch comparator {
        case .equal: return equal(term)
        case .notEqual: return .not(equal(term))
        case .less, .lessOrEqual, .greater, .greaterOrEqual:
            guard case .null = self else { return ordered(term, comparator) }
            throw QueryProblem(
                "bad_value", "Nothing is less or greater than null", at: place, hint: "{\"$null\": true} finds empty fields")
        }
    }

    private func equal(_ term: ResolvedTerm) -> Condition {
        switch self {
        case .null: .isNull(term.expr)
        case .exact(let bind): .compare(term.expr, .equal, bind)
        case .span(let from, let end): .all([.compare(term.expr, .greaterOrEqual, from), .compare(term.expr, .less, end)])
        case .gap: .constant(false)
        case .field(let other): .compareFields(term, .equal, other)
        }
    }

    private func ordered(_ term: ResolvedTerm, _ comparator: Comparator) -> Condition {
        let isUpward = comparator == .greater || comparator == .greaterOrEqual
        switch self {
        case .null: return .constant(false)
        case .exact(let bind): return .compare(term.expr, comparator, bind)
        case .span(let from, let end):
            return switch comparator {
            case .greater: .compare(term.expr, .greaterOrEqual, end)
            case .greaterOrEqual: .compare(term.expr, .greaterOrEqual, from)
            case .less: .compare(term.expr, .less, from)
            default: .compare(term.expr, .less, end)
            }
        case .gap(.none, _): return isUpward ? .not(.isNull(term.expr)) : .constant(false)
        case .gap(_, .none): return isUpward ? .constant(false) : .not(.isNull(term.expr))
        case .gap(.some(let lesser), .some(let greater)):
            return isUpward ? .compare(term.expr, .greaterOrEqual, greater) : .compare(term.expr, .lessOrEqual, lesser)
        case .field(let other): return .compareFields(term, comparator, other)
        }
    }
}

extension Resolver {
    mutating func bound(_ operand: Operand, for term: ResolvedTerm, at place: Place) throws(QueryProblem) -> Bound {
        switch operand {
        case .value(let value): return try term.bound(value, zone: scope.zone, at: place)
        case .currentUser:
            guard case .id = term.type else {
                throw QueryProblem(
                    "bad_value", "\(term.name) is \(term.type.kind), and $currentUser is the id of a user", at: place)
            }
            return .exact(.late(.user))
        case .money(let currency, let amount):
            guard currency == scope.currency else { throw foreign(currency, at: place) }
            return try term.bound(.number(amount), zone: scope.zone, at: place)
        case .argument(let argument):
            // A condition can use an index, for which its value must be known.
            guard !term.expr.isCondition else { throw QueryProblem(unbound: argument) }
            open.append(OpenArgument(name: argument.name, type: term.type, isList: false))
            return .exact(.late(.argument(argument.name)))
        case .term(let other):
            let other = try resolve(other, at: place)
            guard !other.isEncrypted else { throw other.encrypted("nothing can be compared with it", at: place) }
            guard term.type.isComparable(with: other.type) else {
                throw QueryProblem(
                    "bad_value",
                    "\(term.name) is \(term.type.kind) and \(other.name) \(other.type.kind): they cannot be compared",
                    at: place)
            }
            return .field(other)
        }
    }

    private func foreign(_ currency: String, at place: Place) -> QueryProblem {
        QueryProblem(
            "bad_value", "Amounts are in \(scope.currency), and nothing says what they are in \(currency)", at: place,
            hint: "Write the number alone, or \(scope.currency) before it")
    }
}

extension ResolvedTerm {
    /// The value as the term's column sees it.
    ///
    /// - Parameter zone: where the days of a moment begin.
    func bound(_ value: Value, zone: Zone, at place: Place) throws(QueryProblem) -> Bound {
        switch (type, value) {
        case (_, .null): return .null
        case (.text, .text(let text)): return text.isEmpty ? .null : .exact(.text(try checked(text, at: place)))
        case (.text, .date(let day)): return .exact(.text(day.description))
        case (.id, .text(let text)):
            guard let id = RecordID.canonical(text) else { throw mismatch(value, at: place) }
            return .exact(.id(id))
        case (.decimal(_, let scale), .number(let number)): return number.bound(scale: scale) { .decimal($0, scale: scale) }
        case (.integer, .number(let number)): return number.bound(scale: 0) { .integer($0.scaled(to: 0) ?? 0) }
        case (.real, .number(let number)): return .exact(.real(number.double))
        case (.boolean, .bool(let bool)): return .exact(.bool(bool))
        case (.date, .date(let day)): return .exact(.date(day))
        case (.date, .text(let text)): return try date(text, at: place)
        case (.datetime, .datetime(let instant)): return .exact(.datetime(instant))
        case (.datetime, .date(let day)): return Bound(day, zone)
        case (.datetime, .text(let text)): return try datetime(text, zone, at: place)
        case (.time, .time(let time)): return .exact(.time(time))
        case (.time, .text(let text)):
            guard let time = TimeOfDay(text) else { throw mismatch(value, at: place) }
            return .exact(.time(time))
        default: throw mismatch(value, at: place)
        }
    }

    private func date(_ text: String, at place: Place) throws(QueryProblem) -> Bound {
        if let day = Day(text) { return .exact(.date(day)) }
        guard let word = DateWord(operand: text) else { throw mismatch(.text(text), at: place) }
        return .span(.late(.firstDay(word)), .late(.dayAfter(word)))
    }

    private func datetime(_ text: String, _ zone: Zone, at place: Place) throws(QueryProblem) -> Bound {
        if let day = Day(text) { return Bound(day, zone) }
        if let instant = Instant(text) { return .exact(.datetime(instant)) }
        guard let word = DateWord(operand: text) else { throw mismatch(.text(text), at: place) }
        return .span(.late(.firstMoment(word)), .late(.momentAfter(word)))
    }

    private func mismatch(_ value: Value, at place: Place) -> QueryProblem {
        let written = value.json.description
        let message = "\(name) is \(type.kind), and \(written.count > 60 ? "this" : written) is not"
        return QueryProblem("bad_value", message, at: place, hint: type.hint(for: value))
    }
}

extension Bound {
    /// A day of the session's zone, as moments.
    fileprivate init(_ day: Day, _ zone: Zone) { self = .span(.datetime(zone.instant(day)), .datetime(zone.instant(day + 1))) }
}

extension ColumnType {
    /// What may be written instead of a value of another type.
    fileprivate func hint(for value: Value) -> String? {
        switch self {
        case .text: return "Texts stand in quotes"
        case .id: return "An id has the form 01890a5d-ac96-7b1c-8f3e-2b7c5d1e9f00"
        case .integer, .real, .decimal: return value.text.flatMap { Number($0) } == nil ? nil : "Leave the quotes away"
        case .boolean: return "Write true or false"
        case .date, .datetime:
            if let text = value.text, let near = suggestion(for: text, among: DateWord.spellings) {
                return "Did you mean \(near)?"
            }
            let example = self == .date ? "2026-03-31" : "2026-03-31T12:00:00Z, 2026-03-31"
            return "Write \(example), or a date word such as TODAY or LAST_N_DAYS:30"
        case .time: return "Write 13:30 or 13:30:00"
        case .list: return "$includes and $excludes take choices"
        case .json, .bytes: return "Only {\"$null\": true} and {\"$null\": false} are allowed here"
        }
    }
}

extension DateWord {
    /// Reads `TODAY` and `$TODAY`; nil also where the calendar ends before the word's range does.
    fileprivate init?(operand text: String) {
        guard let word = DateWord.canonical[text] ?? DateWord(text.hasPrefix("$") ? text.dropFirst() : text[...]) else {
            return nil
        }
        let days = word.days(today: Day(number: 0))
        guard days.lowerBound.isInRange, days.upperBound.isInRange else { return nil }
        self = word
    }
}

extension Number {
    /// The number in a column of that many digits after the point, which may be too coarse or too short for it.
    fileprivate func bound(scale: Int, _ bind: (Number) -> Bind) -> Bound {
        let least = Number(scaled: 1, scale: scale)
        guard let units = scaled(to: scale) else { return isNegative ? .gap(nil, .null) : .gap(.null, nil) }
        let rounded = Number(scaled: units, scale: scale)
        if rounded == self { return .exact(bind(rounded)) }
        let below = rounded < self ? rounded : rounded - least
        let above = below + least
        if below.scaled(to: scale) == nil { return .gap(nil, bind(above)) }
        if above.scaled(to: scale) == nil { return .gap(bind(below), nil) }
        return .gap(bind(below), bind(above))
    }
}

extension ColumnType {
    fileprivate func isComparable(with other: ColumnType) -> Bool {
        isNumeric && other.isNumeric || self == other && isGroupable
    }
}
