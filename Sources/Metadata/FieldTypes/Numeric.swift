import Formula
import SQL
import Values

/// What all types have in common whose values are exact decimals.
protocol Numeric: FieldKind {
    /// Digits after the point where the field does not say.
    var defaultScale: Int { get }
    var formula: FormulaType { get }
}

extension Numeric {
    var attributes: Set<FieldAttribute> { .key.union([.precision, .scale, .min, .max, .format]) }
    var operators: Set<FilterOperator> { .ordered }

    func column(_ field: FieldDefinition) -> ColumnType { .decimal(precision: field.precision, scale: field.scale) }
    func formulaType(_ field: FieldDefinition) -> FormulaType? { formula }
    func json(_ text: String) -> JSON { Number(text).map(JSON.number) ?? .string(text) }

    func parse(_ json: JSON, _ field: FieldDefinition) throws(FieldProblem) -> Value {
        if let number = json.number { return .number(number) }
        if let text = json.string {
            throw FieldProblem(.wrongType, "\(field.label) needs a number, not the text \"\(text.prefix(40))\"")
        }
        throw field.wrongType("a number", json)
    }

    /// Rounds the fraction half away from zero; more digits before the point than fit are refused.
    func check(_ value: Value, _ field: FieldDefinition) throws(FieldProblem) -> Value {
        guard let number = value.number?.rounded(to: field.scale) else { return value }
        let whole = field.precision - field.scale
        guard number.magnitude < Number(coefficient: 1, exponent: Int32(whole))
        else { throw FieldProblem(.outOfRange, "\(field.label) may have at most \(whole) digits before the point") }
        if let min = field.min, number < min { throw FieldProblem(.outOfRange, "\(field.label) must be at least \(min)") }
        if let max = field.max, number > max { throw FieldProblem(.outOfRange, "\(field.label) must be at most \(max)") }
        return .number(number)
    }

    func settle(_ field: inout FieldDefinition) throws(FieldProblem) {
        if field.externalId { field.unique = true }
        if let min = field.min, let max = field.max, min > max {
            throw FieldProblem(.badAttribute, "min (\(min)) is greater than max (\(max))")
        }
    }
}

extension Number {
    var magnitude: Number { isNegative ? .zero - self : self }
}
