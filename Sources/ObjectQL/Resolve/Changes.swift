import Metadata
import SQL
import Values

extension Resolver {
    /// `CHANGED(Stage TO 'Closed Won') DURING LAST_QUARTER`, by the change log: with the rights of today.
    func changed(_ change: Change, at place: Place) throws(QueryProblem) -> Condition {
        guard groups == nil, change.field.names.count == 1 else {
            throw QueryProblem("bad_operator", "CHANGED takes a field of \(object.name) itself", at: place)
        }
        var resolver = self
        let term = try resolver.resolve(change.field, at: place)
        guard case .column = term.expr else {
            throw QueryProblem("bad_operator", "\(term.name) is computed: its changes are not logged", at: place)
        }
        var logged = LoggedChange(field: term.name)
        if change.from != nil || change.to != nil, term.isEncrypted {
            throw term.encrypted("its changes tell no values", at: place)
        }
        logged.from = try change.from.map { operand throws(QueryProblem) in try resolver.logged(operand, of: term, at: place) }
        logged.to = try change.to.map { operand throws(QueryProblem) in try resolver.logged(operand, of: term, at: place) }
        if let during = change.during { (logged.start, logged.end) = try resolver.days(during, at: place) }
        return .changed(logged)
    }

    /// The value as the log has it.
    private mutating func logged(_ operand: Operand, of term: ResolvedTerm, at place: Place) throws(QueryProblem) -> LoggedValue {
        switch try bound(operand, for: term, at: place) {
        case .null: return .null
        case .exact(.late(.user)): return .text(.late(.user))
        case .exact(let bind): if let value = LoggedValue(bind) { return value }
        default: break
        }
        throw QueryProblem("bad_value", "CHANGED compares with one value of \(term.name), not with this", at: place)
    }

    /// The moments at which days begin and end.
    private mutating func days(_ operand: Operand, at place: Place) throws(QueryProblem) -> (Bind, Bind) {
        let moment = ResolvedTerm(expr: .bind(.null), type: .datetime, names: ["DURING"])
        guard case .span(let start, let end) = try bound(operand, for: moment, at: place) else {
            throw QueryProblem("bad_value", "DURING takes a day or a date word, such as LAST_QUARTER", at: place)
        }
        return (start, end)
    }

    /// The first moment that is too late for `AS OF`: a day counts as a whole.
    mutating func end(of asOf: Operand, at place: Place) throws(QueryProblem) -> Bind {
        let moment = ResolvedTerm(expr: .bind(.null), type: .datetime, names: ["AS OF"])
        switch try bound(asOf, for: moment, at: place) {
        case .span(_, let end): return end
        case .exact(.datetime(let instant)): return .datetime(instant + 1)
        default: throw QueryProblem("bad_value", "AS OF takes a day, a moment or a date word", at: place)
        }
    }
}

/// A change that the log is asked for.
struct LoggedChange: Sendable {
    let field: String
    var from: LoggedValue?
    var to: LoggedValue?
    var start: Bind?
    var end: Bind?

    init(field: String) { self.field = field }
}

/// A value in the log's JSON.
enum LoggedValue: Sendable {
    case null
    case text(Bind)
    case number(Double)
    case bool(Bool)

    init?(_ bind: Bind) {
        switch bind {
        case .text, .id: self = .text(bind)
        case .date(let day): self = .text(.text(day.description))
        case .datetime(let instant): self = .text(.text(instant.description))
        case .time(let time): self = .text(.text(time.description))
        case .decimal(let number, _): self = .number(number.double)
        case .integer(let integer): self = .number(Double(integer))
        case .real(let real): self = .number(real)
        case .bool(let bool): self = .bool(bool)
        default: return nil
        }
    }
}
