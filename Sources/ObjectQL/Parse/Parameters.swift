import Values

extension Query {
    private static let parameters = [
        "fields", "filters", "sort", "limit", "offset", "cursor", "search", "view", "count", "deleted",
    ]

    /// One parameter of a list's address.
    mutating func read(parameter name: String, _ value: String) throws(QueryProblem) {
        let place = Place(name)
        switch name {
        case "fields": select = try names(value, at: place).map { .term(.field(FieldPath($0)), as: nil, place) }
        case "sort":
            orderBy = try names(value, at: place).mapping { name throws(QueryProblem) in try Ordering(name, place: place) }
        case "filters": filter = try Filter.read(Part(try json(value, at: place), at: place)).unlessEmpty
        case "limit": limit = try count(value, at: place)
        case "offset": offset = try count(value, at: place)
        case "cursor": cursor = value
        case "search": search = value
        case "view": view = value
        case "count": wantsCount = try choice(value, ["true": true, "false": false], at: place)
        case "deleted":
            deleted = try choice(value, ["true": .included, "false": .hidden, "only": .only], at: place)
        default:
            throw QueryProblem(
                unknown: "unknown_key", "A list has no parameter \(name)", name, among: Query.parameters, at: place)
        }
    }

    /// `Name, -Amount` as its names.
    private func names(_ text: String, at place: Place) throws(QueryProblem) -> [String] {
        let names = text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map { $0.trimmed }
        guard !names.contains("") else {
            throw QueryProblem("malformed", "A name is missing: \(place) takes names with commas between them", at: place)
        }
        return names
    }

    private func json(_ text: String, at place: Place) throws(QueryProblem) -> JSON {
        do { return try JSON(parsing: text) } catch { throw QueryProblem("malformed", "This is no JSON: \(error)", at: place) }
    }

    private func count(_ text: String, at place: Place) throws(QueryProblem) -> Int {
        guard let count = Int(text), count >= 0 else {
            throw QueryProblem("malformed", "\(place) takes a whole number from 0, not \"\(text)\"", at: place)
        }
        return count
    }

    private func choice<Choice>(_ text: String, _ choices: [String: Choice], at place: Place) throws(QueryProblem) -> Choice {
        guard let choice = choices[text.lowercased()] else {
            let words = choices.keys.sorted().joined(separator: ", ")
            throw QueryProblem("malformed", "\(place) takes one of \(words), not \"\(text)\"", at: place)
        }
        return choice
    }
}

extension Substring.UTF8View {
    fileprivate var trimmed: String {
        let text = drop(while: \.isBlank)
        let blanks = text.reversed().prefix(while: \.isBlank).count
        return String(Substring(text.dropLast(blanks)))
    }
}

extension UInt8 {
    fileprivate var isBlank: Bool { self == UInt8(ascii: " ") || (9...13).contains(self) }
}
