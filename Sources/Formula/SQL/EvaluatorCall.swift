import SQL
import Synchronization
import Values

/// A formula that SQLite hands back to the evaluator: `martlet_formula(key, now, zone, column, ...)`.
///
/// The key says all that is needed to compile the formula again, so that the function keeps no state but a cache.
struct EvaluatorCall {
    static let functionName = "martlet_formula"

    let source: String
    let blanks: BlankHandling
    let target: ResultForm
    let fields: [FormulaField]

    var key: String {
        let json: JSON = [
            "formula": .string(source), "blanks": .string(blanks.rawValue), "type": .string(target.type.rawValue),
            "scale": .number(Number(target.scale)),
            "fields": .array(
                fields.map { field in
                    [
                        "path": .array(field.path.map(JSON.string)), "type": .string(field.type.rawValue),
                        "column": .string(field.column.spelling),
                    ]
                }),
        ]
        return json.description
    }

    static let function = SQLFunction(name: functionName, arguments: -1) { cells in
        guard let key = cells.first?.string, cells.count >= 3 else { return .null }
        guard let formula = cache.formula(key), formula.columns.count == cells.count - 3 else { return .null }
        let values = formula.order.map { formula.columns[$0].value(cells[3 + $0]) }
        let now = cells[1].integer.map(Instant.init(microseconds:)) ?? Instant(microseconds: 0)
        let zone = cells[2].string.flatMap(cache.zone) ?? .utc
        // A formula that fails on this row is NULL.
        guard let value = try? formula.compiled.evaluate(FormulaInput(values: values, now: now, zone: zone)) else { return .null }
        return formula.target.bind(value)
    }

    private static let cache = FormulaCache()
}

/// What a key stands for: compiled once, whatever connection asks.
private final class FormulaCache: Sendable {
    struct Entry: Sendable {
        let compiled: CompiledFormula
        /// The columns of the arguments.
        let columns: [ColumnType]
        /// For each field of the formula, which argument it is.
        let order: [Int]
        let target: ResultForm
    }

    private static let capacity = 4096
    private let entries = Mutex<[String: Entry]>([:])
    private let zones = Mutex<[String: Zone]>([:])

    func formula(_ key: String) -> Entry? {
        if let entry = entries.withLock({ $0[key] }) { return entry }
        guard let entry = Entry(key: key) else { return nil }
        entries.withLock { entries in
            if entries.count >= FormulaCache.capacity { entries.removeAll() }
            entries[key] = entry
        }
        return entry
    }

    func zone(_ identifier: String) -> Zone? {
        zones.withLock { zones in
            if let zone = zones[identifier] { return zone }
            guard let zone = Zone(identifier) else { return nil }
            zones[identifier] = zone
            return zone
        }
    }
}

extension FormulaCache.Entry {
    init?(key: String) {
        guard let json = try? JSON(parsing: key), let source = json["formula"]?.string,
            let blanks = json["blanks"]?.string.flatMap(BlankHandling.init(rawValue:)),
            let type = json["type"]?.string.flatMap(FormulaType.init(rawValue:)),
            let scale = json["scale"]?.number?.integer,
            let fields = json["fields"]?.array?.compactMap(FormulaField.init(json:))
        else { return nil }
        let scope = FixedScope(fields: fields)
        guard
            let compiled = try? CompiledFormula.compile(
                source, returning: type == .null ? nil : type, scale: type.base == .number ? scale : nil, blanks: blanks,
                scope: scope)
        else { return nil }
        let paths = fields.map(\.path)
        let order = compiled.fields.compactMap { paths.firstIndex(of: $0.path) }
        self.init(
            compiled: compiled, columns: fields.map(\.column), order: order, target: ResultForm(type: type, scale: scale))
    }
}

/// Exactly these fields, by their canonical paths.
struct FixedScope: FormulaScope {
    let fields: [FormulaField]

    func field(_ path: [String]) throws(FormulaScopeError) -> FormulaField {
        let wanted = path.map { $0.lowercased() }
        guard let field = fields.first(where: { $0.path.map { $0.lowercased() } == wanted })
        else { throw FormulaScopeError("There is no field \(path.joined(separator: "."))") }
        return field
    }
}

extension FormulaField {
    init?(json: JSON) {
        guard let path = json["path"]?.array?.compactMap(\.string),
            let type = json["type"]?.string.flatMap(FormulaType.init(rawValue:)),
            let column = json["column"]?.string.flatMap(ColumnType.init(spelling:))
        else { return nil }
        self.init(path: path, type: type, column: column)
    }
}

extension ColumnType {
    /// `text`, `decimal(18,2)`: for the key of a formula.
    var spelling: String {
        switch self {
        case .id: "id"
        case .text: "text"
        case .integer: "integer"
        case .real: "real"
        case .decimal(let precision, let scale): "decimal,\(precision),\(scale)"
        case .boolean: "boolean"
        case .date: "date"
        case .datetime: "datetime"
        case .time: "time"
        case .list: "list"
        case .json: "json"
        case .bytes: "bytes"
        }
    }

    init?(spelling: String) {
        let parts = spelling.split(separator: ",")
        if parts.count == 3, parts[0] == "decimal", let precision = Int(parts[1]), let scale = Int(parts[2]) {
            self = .decimal(precision: precision, scale: scale)
            return
        }
        let plain: [ColumnType] = [.id, .text, .integer, .real, .boolean, .date, .datetime, .time, .list, .json, .bytes]
        guard let found = plain.first(where: { $0.spelling == spelling }) else { return nil }
        self = found
    }
}
