import SQL
import Values

/// The form in which SQL delivers a result: that of a column.
struct ResultForm: Sendable, Hashable {
    let type: FormulaType
    /// Digits after the point of a number.
    let scale: Int

    static let boolean = ResultForm(type: .boolean, scale: 0)

    /// Digits after the point where neither the formula's definition nor its fields say how many.
    static let defaultScale = 8
    /// A number column holds so many digits.
    static let precision = 18

    var column: ColumnType { type == .id ? .id : type.base.column(scale: scale) }

    /// An exact term as the column holds it; nil where that needs more than SQL can do exactly.
    func sqlite(_ term: SQLiteTerm) -> Fragment? {
        switch type.base {
        case .number: number(term)
        case .boolean: term.isNullable ? "coalesce(\(term.sql), 0)" : term.sql
        default: term.sql
        }
    }

    func postgres(_ sql: Fragment) -> Fragment {
        switch type.base {
        case .number: "martlet_fit(\(type == .percent ? "\(sql) * 100" : sql), \(Fragment(sql: String(scale))))"
        case .boolean: "coalesce(\(sql), false)"
        default: type == .id ? "CAST(\(sql) AS uuid)" : sql
        }
    }

    /// A result of the evaluator as the column holds it in SQLite; null where it does not fit.
    func bind(_ value: Value) -> Bind {
        switch value {
        case .null: .null
        case .bool(let bool): .integer(bool ? 1 : 0)
        case .number(let number):
            number.scaled(to: scale).flatMap { $0.magnitude < ResultForm.limit ? .integer($0) : nil } ?? .null
        default: Bind(value, as: column) ?? .null
        }
    }

    private static let limit: UInt64 = 1_000_000_000_000_000_000

    private func number(_ term: SQLiteTerm) -> Fragment? {
        guard var bounds = term.bounds else { return nil }
        // A percentage is 0.12 in a formula and 12 in its column.
        if type == .percent { bounds = Bounds(digits: bounds.digits, scale: bounds.scale - 2) }
        guard max(bounds.whole, 0) + scale <= ResultForm.precision else { return nil }
        return SQLiteTerm(term.sql, bounds: bounds, isNullable: term.isNullable).units(scale: scale) ?? rounded(term.sql, bounds)
    }

    /// Halves away from zero, in integers: half a unit is added to the magnitude before the division cuts.
    private func rounded(_ sql: Fragment, _ bounds: Bounds) -> Fragment? {
        let surplus = bounds.scale - scale
        guard surplus > 0, surplus < SQLiteTerm.maximumDigits, bounds.digits < SQLiteTerm.maximumDigits else { return nil }
        let unit = "1" + String(repeating: "0", count: surplus)
        let half = "5" + String(repeating: "0", count: surplus - 1)
        return
            "((\(sql) + CASE WHEN \(sql) < 0 THEN -\(Fragment(sql: half)) ELSE \(Fragment(sql: half)) END) / \(Fragment(sql: unit)))"
    }
}

extension Base {
    /// The column that holds values of the type; the scale is that of a number.
    func column(scale: Int) -> ColumnType {
        switch self {
        case .number: .decimal(precision: ResultForm.precision, scale: scale)
        case .text, .null: .text
        case .boolean: .boolean
        case .date: .date
        case .datetime: .datetime
        case .time: .time
        case .list: .list
        case .location: .json
        }
    }
}
