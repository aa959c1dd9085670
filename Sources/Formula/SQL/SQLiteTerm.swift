import SQL
import Values

/// SQL for SQLite that gives exactly what the evaluator gives, and cannot fail.
///
/// A number is an integer that counts units of `10^-bounds.scale`; blank is NULL, and so is a truth that is unknown.
struct SQLiteTerm: Sendable {
    var sql: Fragment
    /// Of a number; it fits 64 bits.
    var bounds: Bounds?
    var isNullable: Bool
    /// The number where it is a constant: it can be written in any units.
    var constant: Number?

    init(_ sql: Fragment, bounds: Bounds? = nil, isNullable: Bool) {
        (self.sql, self.bounds, self.isNullable) = (sql, bounds, isNullable)
    }

    /// Most digits of a number that surely fits 64 bits.
    static let maximumDigits = 18

    /// The number as a count of finer units; nil where it might not fit.
    func units(scale: Int) -> Fragment? {
        guard let bounds, scale >= bounds.scale else { return nil }
        let shift = scale - bounds.scale
        if shift == 0 { return sql }
        guard bounds.digits + shift <= SQLiteTerm.maximumDigits else { return nil }
        if let units = constant?.scaled(to: scale) { return SQLiteTerm.literal(units) }
        return "(\(sql) * \(Fragment(sql: "1" + String(repeating: "0", count: shift))))"
    }

    static func literal(_ units: Int64) -> Fragment { Fragment(sql: units < 0 ? "(\(units))" : "\(units)") }

    /// Two numbers in the same units.
    static func aligned(_ terms: [SQLiteTerm]) -> [Fragment]? {
        guard let scale = terms.compactMap(\.bounds?.scale).max(), terms.allSatisfy({ $0.bounds != nil }) else { return nil }
        let units = terms.compactMap { $0.units(scale: scale) }
        return units.count == terms.count ? units : nil
    }

    static func anyNullable(_ terms: [SQLiteTerm]) -> Bool { terms.contains(where: \.isNullable) }
}

/// The native form of a call, from the terms of its arguments; nil where it might differ from the evaluator.
typealias SQLiteForm = @Sendable ([SQLiteTerm]) -> SQLiteTerm?
