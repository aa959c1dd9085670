import Metadata
import Values

extension TextPrinter {
    func operand(_ operand: Operand) throws(QueryProblem) -> String {
        switch operand {
        case .value(let value): value.soql
        case .term(let term): "FIELD(\(try self.term(term, at: .top)))"
        case .currentUser: "$currentUser"
        case .money(let currency, let amount): currency + amount.description
        case .argument(let argument): argument.description
        }
    }
}

extension Value {
    fileprivate var soql: String {
        switch self {
        case .null: "NULL"
        case .bool(let bool): bool ? "TRUE" : "FALSE"
        case .number(let number): number.description
        case .text(let text): text.isDateLiteral ? text : text.inQuotes()
        default: json.string.map { $0.isDateLiteral ? $0 : $0.inQuotes() } ?? json.description.inQuotes()
        }
    }
}

extension String {
    /// Whether the text reads the same without quotes: a day, a moment or a date word.
    fileprivate var isDateLiteral: Bool {
        guard let first = utf8.first else { return false }
        guard first.isDigit else { return first.isLetter && DateWord.spelled(self)?.description == self }
        var lexer = Lexer(self)
        let token = lexer.next()
        guard token.end == utf8.count else { return false }
        return token.kind == .date ? Day(self) != nil : token.kind == .datetime && Instant(self) != nil
    }
}
