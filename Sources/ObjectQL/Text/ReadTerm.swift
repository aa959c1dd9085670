import Metadata
import Values

extension TextParser {
    /// A field or a function.
    mutating func term() throws(QueryProblem) -> Term {
        guard token.kind == .word, isBeforeParenthesis, token.keyword?.isReserved != true else {
            return .field(try path())
        }
        return try function()
    }

    private mutating func function() throws(QueryProblem) -> Term {
        let place = token.place
        let name = lexer.spelling(token)
        guard let function = TextFunction(name) else {
            let hint = suggestion(for: name, among: TextFunction.spellings).map(didYouMean)
            throw QueryProblem("malformed", "There is no function \(name)", at: place, hint: hint)
        }
        depth += 1
        defer { depth -= 1 }
        guard depth <= 128 else { throw problem("Functions within functions were expected to end") }
        advance()
        try expect(.leftParenthesis)
        let term = try arguments(of: function)
        try expect(.rightParenthesis)
        return term
    }

    private mutating func arguments(of function: TextFunction) throws(QueryProblem) -> Term {
        switch function {
        case .aggregate(.count): return .aggregate(.count, try countedField())
        case .aggregate(let function): return .aggregate(function, try path())
        case .period(let unit): return .period(unit, try path())
        case .datePart(let part): return try dateField { .datePart(part, $0, isLocal: $1) }
        case .display(let display): return .display(display, try term())
        case .grouping: return .grouping(try term())
        case .distance: return try distance()
        case .convertTimezone:
            throw problem("convertTimezone stands within a date function: HOUR_IN_DAY(convertTimezone(CreatedDate))")
        }
    }

    /// Every record has an id, so that counting them is counting records.
    private mutating func countedField() throws(QueryProblem) -> FieldPath? {
        if token.kind == .rightParenthesis { return nil }
        let path = try path()
        return path.isOwnID ? nil : path
    }

    private mutating func dateField(_ term: (FieldPath, Bool) -> Term) throws(QueryProblem) -> Term {
        guard token.kind == .word, following.kind == .leftParenthesis,
            lexer.spelling(token).caseInsensitiveEquals("convertTimezone")
        else { return term(try path(), false) }
        advance()
        return term(try parenthesised { parser throws(QueryProblem) in try parser.path() }, true)
    }

    /// `DISTANCE(Location, GEOLOCATION(47.4, 8.5), 'km')`
    private mutating func distance() throws(QueryProblem) -> Term {
        let field = try path("a location")
        try expect(.comma)
        let spot = try spot()
        try expect(.comma)
        let place = token.place
        let text = try text("'mi' or 'km'")
        guard let unit = DistanceUnit(rawValue: text.lowercased()) else {
            throw QueryProblem("malformed", "'mi' or 'km' was expected, not '\(text)'", at: place)
        }
        return .distance(field, spot, unit)
    }

    private mutating func spot() throws(QueryProblem) -> Spot {
        let isPlace = lexer.spelling(token).caseInsensitiveEquals("GEOLOCATION") && following.kind == .leftParenthesis
        guard isPlace else { return .field(try path("a location or GEOLOCATION")) }
        advance()
        return try parenthesised { parser throws(QueryProblem) in
            let latitude = try parser.coordinate(90)
            try parser.expect(.comma)
            return .place(latitude: latitude, longitude: try parser.coordinate(180))
        }
    }

    private mutating func coordinate(_ most: Int) throws(QueryProblem) -> Coordinate {
        if token.kind == .colon { return .argument(try argument()) }
        let place = token.place
        guard let number = try acceptNumber() else { throw unexpected("decimal degrees") }
        guard number >= Number(-most), number <= Number(most) else {
            throw QueryProblem("malformed", "Degrees from -\(most) to \(most) were expected, not \(number)", at: place)
        }
        return .degrees(number)
    }

    /// Whether `COUNT()` stands there, with nothing between its parentheses.
    func isBareCount(at offset: Int) -> Bool {
        let rest = lexer.bytes[offset...].drop { $0 != UInt8(ascii: "(") }.dropFirst()
        return rest.first { $0 > 0x20 } == UInt8(ascii: ")")
    }
}

/// The functions of the text form.
enum TextFunction {
    case aggregate(AggregateFunction)
    case period(DateWord.Unit)
    case datePart(DatePart)
    case display(Display)
    case grouping, distance, convertTimezone

    init?(_ name: String) {
        guard let function = TextFunction.byName[name.uppercased()] else { return nil }
        self = function
    }

    static let spellings = named.map(\.0)

    private static let byName = Dictionary(uniqueKeysWithValues: named.map { ($0.0.uppercased(), $0.1) })

    private static let named: [(String, TextFunction)] =
        AggregateFunction.allCases.map { ($0.spelling, .aggregate($0)) }
        + DateWord.Unit.allCases.map { ($0.startFunction, .period($0)) }
        + DatePart.allCases.map { ($0.rawValue, .datePart($0)) } + Display.allCases.map { ($0.rawValue, .display($0)) }
        + [("GROUPING", .grouping), ("DISTANCE", .distance), ("convertTimezone", .convertTimezone)]
}

extension AggregateFunction {
    /// As the text form spells it.
    var spelling: String { self == .countDistinct ? "COUNT_DISTINCT" : rawValue.uppercased() }
}

extension DateWord.Unit {
    /// The function that gives the first day of the unit.
    var startFunction: String { "START_OF_" + rawValue.uppercased() }
}

extension FieldPath {
    var isOwnID: Bool { names.count == 1 && names[0].caseInsensitiveEquals("Id") }
}
