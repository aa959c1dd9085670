import SQL
import Values

extension Resolver {
    /// A field, a period or a figure; once there are groups, one of their keys or figures.
    mutating func resolve(_ term: Term, at place: Place) throws(QueryProblem) -> ResolvedTerm {
        if groups != nil, !readsRows { return try resolveGrouped(term, at: place) }
        switch term {
        case .field(let path): return try resolve(path, at: place)
        case .period(let unit, let path): return try period(unit, try resolve(path, at: place), at: place)
        case .aggregate(let function, let path):
            throw QueryProblem(
                "bad_group", "\(function.rawValue)(\(path?.description ?? "*")) is a figure of groups and cannot stand here",
                at: place,
                hint: "Conditions on figures belong into having")
        case .datePart(let part, let path, let isLocal):
            return try datePart(part, try resolve(path, at: place), isLocal, at: place)
        case .distance(let path, let spot, let unit): return try distance(path, spot, unit, at: place)
        case .display(let display, let inner): return try self.display(display, try resolve(inner, at: place), at: place)
        case .grouping:
            throw QueryProblem("bad_group", "\(term.soql) tells of groups and cannot stand here", at: place)
        }
    }

    /// The first day of the unit in which a date or a moment lies.
    func period(_ unit: DateWord.Unit, _ term: ResolvedTerm, at place: Place) throws(QueryProblem) -> ResolvedTerm {
        guard term.type == .date || term.type == .datetime else {
            throw QueryProblem("bad_group", "\(term.name) is \(term.type.kind): only dates have a \(unit.rawValue)", at: place)
        }
        let period = Period(unit: unit, isMoment: term.type == .datetime, zone: scope.zone, calendar: scope.calendar)
        var result = term
        (result.expr, result.type) = (.period(period, term.expr), .date)
        return result
    }
}
