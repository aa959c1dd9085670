package import SQL
package import Values

/// The static type of a formula or of a field in it.
package enum FormulaType: String, Sendable, Hashable, CaseIterable {
    case number, currency, percent, text, boolean, date, datetime, time, picklist, multiPicklist, id, location, null
}

/// How a formula reads a blank number: as zero, or as blank.
package enum BlankHandling: String, Sendable, Hashable { case zero, blank }

/// A field that a formula may name.
package struct FormulaField: Sendable, Hashable {
    /// Canonical names from the formula's own object on: `["Account", "Owner", "Name"]`, `["$User", "Region"]`.
    package let path: [String]
    package let type: FormulaType
    /// How the field's column is stored, for the SQL back end.
    package let column: ColumnType

    package init(path: [String], type: FormulaType, column: ColumnType) {
        (self.path, self.type, self.column) = (path, type, column)
    }
}

/// What names mean where a formula stands.
package protocol FormulaScope {
    /// The field that a path names, whatever the case of its letters; the error's message says what is wrong and suggests.
    func field(_ path: [String]) throws(FormulaScopeError) -> FormulaField
}

package struct FormulaScopeError: Error, Sendable {
    package let message: String
    package init(_ message: String) { self.message = message }
}

/// A formula that cannot be compiled, or one that failed on a record. Line and column count from 1.
package struct FormulaError: Error, Sendable, Hashable, CustomStringConvertible {
    package let message: String
    package let line: Int
    package let column: Int
    package init(_ message: String, line: Int = 1, column: Int = 1) {
        (self.message, self.line, self.column) = (message, line, column)
    }

    package var description: String { "\(message) (line \(line), column \(column))" }
}

/// What one evaluation reads. The values stand in the order of `CompiledFormula.fields`.
package struct FormulaInput {
    package var values: [Value]
    /// The record before the change; nil on insert and outside of a write.
    package var prior: [Value]?
    package var isNew: Bool
    package var isClone: Bool
    package var now: Instant
    package var zone: Zone

    package init(
        values: [Value], prior: [Value]? = nil, isNew: Bool = false, isClone: Bool = false, now: Instant, zone: Zone = .utc
    ) {
        (self.values, self.prior, self.isNew, self.isClone, self.now, self.zone) = (values, prior, isNew, isClone, now, zone)
    }
}

/// A formula parsed, typed and ready for both back ends.
package struct CompiledFormula: Sendable {
    package let source: String
    package let type: FormulaType
    /// Digits after the point of a numeric result; nil leaves it unrounded.
    package let scale: Int?
    /// The fields it reads, each once.
    package let fields: [FormulaField]
    /// Why this formula has no SQL form (it uses ISCHANGED, PRIORVALUE, ISNEW, ...); nil where it has.
    package let sqlObstacle: String?

    package static func compile(
        _ source: String, returning: FormulaType? = nil, scale: Int? = nil, blanks: BlankHandling = .zero,
        scope: some FormulaScope
    ) throws(FormulaError) -> CompiledFormula {
        throw FormulaError("Formulas are not built yet")
    }

    /// The result for one record; throws where it divides by zero, reads a bad date, ...
    package func evaluate(_ input: FormulaInput) throws(FormulaError) -> Value {
        throw FormulaError("Formulas are not built yet")
    }

    /// The formula over columns: `column(i)` is the SQL of `fields[i]`. The result has the form of `resultColumn`.
    package func sql(_ dialect: Dialect, column: (Int) throws -> Fragment) throws -> Fragment { "NULL" }

    /// The column type in which `sql` delivers its result.
    package var resultColumn: ColumnType { .text }

    /// The functions that the SQL form calls on SQLite, to be registered on every connection.
    package static var functions: [SQLFunction] { [] }
}
