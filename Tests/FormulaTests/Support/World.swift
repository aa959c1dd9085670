import Formula
import SQL
import Values

/// The fields that tests name, and one record of them.
struct World: FormulaScope {
    static let columns: [(name: String, type: FormulaType, column: ColumnType)] = [
        ("Amount", .currency, .decimal(precision: 18, scale: 2)),
        ("Quantity", .number, .decimal(precision: 18, scale: 0)),
        ("Rate", .number, .decimal(precision: 12, scale: 4)),
        ("Small", .number, .decimal(precision: 5, scale: 1)),
        ("Discount", .percent, .decimal(precision: 5, scale: 2)),
        ("Name", .text, .text),
        ("Code", .text, .text),
        ("Stage", .picklist, .text),
        ("Interests", .multiPicklist, .list),
        ("IsWon", .boolean, .boolean),
        ("IsClosed", .boolean, .boolean),
        ("CloseDate", .date, .date),
        ("StartDate", .date, .date),
        ("CreatedDate", .datetime, .datetime),
        ("ModifiedDate", .datetime, .datetime),
        ("Opens", .time, .time),
        ("Closes", .time, .time),
        ("Place", .location, .json),
        ("AccountId", .id, .id),
        ("Account.Name", .text, .text),
        ("Account.Owner.Name", .text, .text),
        ("$User.Region", .text, .text),
        ("$User.Id", .id, .id),
    ]

    func field(_ path: [String]) throws(FormulaScopeError) -> FormulaField {
        let name = path.joined(separator: ".")
        guard let found = World.columns.first(where: { $0.name.lowercased() == name.lowercased() }) else {
            throw FormulaScopeError("There is no field \(name)" + hint(for: name, among: World.columns.map(\.name)))
        }
        return FormulaField(path: found.name.split(separator: ".").map(String.init), type: found.type, column: found.column)
    }
}

/// 29 February 2024, 13:15:10.
let testMoment = Instant(microseconds: 1_709_212_510_000_000)

extension CompiledFormula {
    func input(
        _ record: [String: Value] = [:], prior: [String: Value]? = nil, isNew: Bool = false, isClone: Bool = false,
        zone: Zone = .utc
    ) -> FormulaInput {
        let names = fields.map { $0.path.joined(separator: ".") }
        return FormulaInput(
            values: names.map { record[$0] ?? .null }, prior: prior.map { prior in names.map { prior[$0] ?? .null } },
            isNew: isNew, isClone: isClone, now: testMoment, zone: zone)
    }
}

/// The result of a formula over the fields of `World`.
func evaluate(
    _ source: String, _ record: [String: Value] = [:], returning: FormulaType? = nil, scale: Int? = nil,
    blanks: BlankHandling = .blank, zone: Zone = .utc
) throws -> Value {
    let formula = try CompiledFormula.compile(source, returning: returning, scale: scale, blanks: blanks, scope: World())
    return try formula.evaluate(formula.input(record, zone: zone))
}

/// The result as text, or what went wrong.
func outcome(
    _ source: String, _ record: [String: Value] = [:], returning: FormulaType? = nil, scale: Int? = nil,
    blanks: BlankHandling = .blank, zone: Zone = .utc
) -> String {
    do {
        return try evaluate(source, record, returning: returning, scale: scale, blanks: blanks, zone: zone).shown
    } catch let error as FormulaError {
        return "error: "
            + (error.code == .syntax || error.code == .type || error.code == .unknownName ? "\(error)" : error.code.rawValue)
    } catch {
        return "unexpected: \(error)"
    }
}

extension Value {
    var shown: String {
        switch self {
        case .null: "blank"
        case .text(let text): text
        default: json.string ?? json.description
        }
    }
}

func number(_ text: String) -> Value { Number(text).map(Value.number) ?? .null }
func day(_ text: String) -> Value { Day(text).map(Value.date) ?? .null }
func moment(_ text: String) -> Value { Instant(text).map(Value.datetime) ?? .null }
func time(_ text: String) -> Value { TimeOfDay(text).map(Value.time) ?? .null }
