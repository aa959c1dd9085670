import Values

// From a `Query` to its text: the same query comes out when it is read again.

extension Query {
    /// The query as a text on one line.
    ///
    /// - Throws: a problem where it holds what no text can say, such as a name with a blank in it.
    package func soql() throws(QueryProblem) -> String {
        var printer = TextPrinter()
        try printer.print(self)
        return printer.text
    }

    /// The query as a text with a line for each clause, at most `width` characters wide where that can be.
    package func formatted(width: Int = 100) throws(QueryProblem) -> String {
        var printer = TextPrinter(width: width)
        try printer.print(self)
        return printer.text
    }
}

extension TextQuery {
    package func formatted(width: Int = 100) throws(QueryProblem) -> String {
        var printer = TextPrinter(width: width)
        switch self {
        case .query(let query): try printer.print(query)
        case .explain(let query):
            printer.write("EXPLAIN ")
            try printer.print(query)
        case .find(let find): try printer.print(find)
        }
        return printer.text
    }
}

extension Term {
    /// As the text form has it, for messages: also where a name could not be read again.
    var soql: String {
        switch self {
        case .field(let path): path.description
        case .period(let unit, let path): "\(unit.startFunction)(\(path))"
        case .aggregate(let function, let path): "\(function.spelling)(\(path?.description ?? "Id"))"
        case .datePart(let part, let path, let isLocal): "\(part.rawValue)(\(isLocal ? "convertTimezone(\(path))" : "\(path)"))"
        case .distance(let path, let spot, let unit): "DISTANCE(\(path), \(spot.soql), '\(unit.rawValue)')"
        case .grouping(let inner): "GROUPING(\(inner.soql))"
        case .display(let display, let inner): "\(display.rawValue)(\(inner.soql))"
        }
    }

    var paths: [FieldPath] {
        switch self {
        case .field(let path), .period(_, let path), .datePart(_, let path, _): [path]
        case .aggregate(_, let path): path.map { [$0] } ?? []
        case .distance(let path, .field(let other), _): [path, other]
        case .distance(let path, _, _): [path]
        case .grouping(let inner), .display(_, let inner): inner.paths
        }
    }
}

extension Spot {
    var soql: String {
        switch self {
        case .field(let path): path.description
        case .place(let latitude, let longitude): "GEOLOCATION(\(latitude.soql), \(longitude.soql))"
        }
    }
}

extension Coordinate {
    var soql: String {
        switch self {
        case .degrees(let number): number.description
        case .argument(let argument): argument.description
        }
    }
}

extension String {
    /// The text in quotes, with escapes.
    ///
    /// - Parameter isPattern: backslashes are a pattern's own, and stay as they are.
    func inQuotes(isPattern: Bool = false) -> String {
        var result = "'"
        for scalar in unicodeScalars {
            switch scalar {
            case "'": result += "\\'"
            case "\\": result += isPattern ? "\\" : "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "'"
    }
}
