import Metadata
import SQL
import Values

// The functions of terms.

extension Resolver {
    func datePart(_ part: DatePart, _ term: ResolvedTerm, _ isLocal: Bool, at place: Place) throws(QueryProblem) -> ResolvedTerm {
        let isMoment = term.type == .datetime
        guard isMoment || term.type == .date && part != .hourInDay else {
            let wanted = part == .hourInDay ? "datetimes" : "dates and datetimes"
            throw QueryProblem("bad_operator", "\(term.name) is \(term.type.kind): \(part.rawValue) takes \(wanted)", at: place)
        }
        let moment = Moment(
            isMoment: isMoment, zone: isLocal ? scope.zone : .utc, fiscalYearStart: scope.calendar.fiscalYearStart)
        var result = term
        (result.expr, result.type) = (.datePart(part, moment, term.expr), part == .dayOnly ? .date : .integer)
        return result
    }

    mutating func distance(
        _ path: FieldPath, _ spot: Spot, _ unit: DistanceUnit, at place: Place
    ) throws(QueryProblem) -> ResolvedTerm {
        var term = try location(path, at: place)
        let other: SpotExpr
        switch spot {
        case .field(let path): other = .field(try location(path, at: place).expr)
        case .place(.degrees(let latitude), .degrees(let longitude)):
            other = .degrees(latitude: latitude.double, longitude: longitude.double)
        case .place(.argument(let argument), _), .place(_, .argument(let argument)): throw QueryProblem(unbound: argument)
        }
        let factor = unit == .kilometres ? 1 : 1 / 1.609344
        (term.expr, term.type, term.isNeverNull) = (.distance(term.expr, other, factor: factor), .real, false)
        return term
    }

    private mutating func location(_ path: FieldPath, at place: Place) throws(QueryProblem) -> ResolvedTerm {
        let term = try resolve(path, at: place)
        guard term.isLocation else { throw QueryProblem("bad_operator", "\(term.name) is no geolocation", at: place) }
        return term
    }

    func display(_ display: Display, _ term: ResolvedTerm, at place: Place) throws(QueryProblem) -> ResolvedTerm {
        guard !term.isEncrypted else { throw term.encrypted("it has no \(display.rawValue)", at: place) }
        var result = term
        switch display {
        case .label:
            guard !term.options.isEmpty else { throw QueryProblem("bad_operator", "\(term.name) is no picklist", at: place) }
            (result.expr, result.options) = (.label(term.options, term.expr), [])
        case .currency:
            guard term.type.isNumeric else {
                throw QueryProblem("bad_operator", "\(term.name) is \(term.type.kind), not an amount", at: place)
            }
        case .format:
            guard term.type.isNumeric || term.type == .date || term.type == .datetime else {
                throw QueryProblem(
                    "bad_operator", "\(term.name) is \(term.type.kind): FORMAT takes numbers, dates and datetimes", at: place)
            }
            (result.expr, result.type) = (.format(term.expr, term.type, scope.zone), .text)
        }
        return result
    }
}
