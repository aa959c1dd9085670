/// A formula that cannot be compiled, or one that failed on a record. Line and column count from 1; they are 0 where the mistake
/// stands in no formula.
package struct FormulaError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What went wrong, for programs. The codes of compiling come first; the others belong to a record and IFERROR catches them.
    package enum Code: String, Sendable, Hashable, CaseIterable {
        case syntax
        case unknownName = "unknown_name"
        case type
        case tooLong = "too_long"
        case cycle

        case divisionByZero = "division_by_zero"
        case outOfRange = "out_of_range"
        case domain
        case badDate = "bad_date"
        case badValue = "bad_value"
        case badPattern = "bad_pattern"
    }

    package let message: String
    package let code: Code
    package let line: Int
    package let column: Int

    package init(_ message: String, code: Code = .syntax, line: Int = 1, column: Int = 1) {
        (self.message, self.code, self.line, self.column) = (message, code, line, column)
    }

    package var description: String { line == 0 ? message : "\(message) (line \(line), column \(column))" }
}

extension FormulaError {
    init(_ message: String, code: Code = .syntax, at place: Place) {
        self.init(message, code: code, line: place.line, column: place.column)
    }

    func at(_ place: Place) -> FormulaError { FormulaError(message, code: code, at: place) }
}

/// Where something stands in a formula's text; columns count Unicode code points.
package struct Place: Sendable, Hashable {
    package let line: Int
    package let column: Int
}
