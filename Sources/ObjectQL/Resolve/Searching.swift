import Metadata
import SQL
import Values

extension Resolver {
    /// The words of a search. What the caller may not read is not searched, so that nothing can be guessed from what is found.
    func search(_ text: String, in group: Find.Group, at place: Place) throws(QueryProblem) -> Search {
        let searched = object.fields.filter(\.searchable)
        let readable = searched.filter { scope.access.mayRead($0, of: object) && group.holds($0, of: object) }
        guard !readable.isEmpty else {
            throw QueryProblem(
                "bad_search", "\(object.name) has no searchable fields", at: place, hint: "Use a filter with $icontains")
        }
        let words = text.words
        try scope.limits.check(.words, words.count, at: place)
        let columns = readable.count == searched.count ? nil : readable.map(\.name)
        return Search(object: object, words: words, columns: columns)
    }
}

extension Find.Group {
    fileprivate func holds(_ field: FieldDefinition, of object: ObjectDefinition) -> Bool {
        switch self {
        case .all: true
        case .name: field.name == object.nameField.name || ["FirstName", "LastName"].contains(field.name)
        case .email: field.type == .email
        case .phone: field.type == .phone
        }
    }
}

extension String {
    /// What is longer is looked for by its beginning.
    private static let longestWord = 250

    /// The runs of letters and digits, as the full-text index sees them.
    fileprivate var words: [String] {
        unicodeScalars.split { !$0.isPartOfWord }.map { String(String.UnicodeScalarView($0.prefix(String.longestWord))) }
    }
}

extension Unicode.Scalar {
    fileprivate var isPartOfWord: Bool {
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber, .letterNumber,
            .otherNumber, .privateUse, .nonspacingMark:
            true
        default: false
        }
    }
}
