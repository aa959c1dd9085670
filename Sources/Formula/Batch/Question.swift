import SQL
import Values

/// One line of a batch, read and checked.
struct BatchQuestion {
    private let formula: String
    private let returnType: FormulaType?
    private let scale: Int?
    private let blanks: BlankHandling
    private let fields: [BatchField]
    private let record: [String: JSON]
    private let prior: [String: JSON]?
    private let isNew: Bool
    private let isClone: Bool
    private let now: Instant
    private let zone: Zone

    private static let keys = [
        "formula", "returnType", "scale", "blanks", "fields", "record", "prior", "isNew", "isClone", "now", "zone",
    ]

    init(_ line: JSON, now: Instant) throws(FormulaError) {
        let members = try line.members("The line", Self.keys)
        guard let formula = members["formula"]?.string else { throw .failure(.syntax, "\"formula\" must be a text") }
        self.formula = formula
        returnType = try members["returnType"].flatMapText("returnType", FormulaType.init(alias:), FormulaType.aliases)
        scale = try members["scale"].wholeNumber("scale")
        blanks = try members["blanks"].flatMapText("blanks", BlankHandling.init(rawValue:), ["zero", "blank"]) ?? .zero
        fields = try BatchField.all(in: members["fields"])
        record = try BatchField.flattened(members["record"], "record", fields)
        prior = members["prior"] == nil ? nil : try BatchField.flattened(members["prior"], "prior", fields)
        isNew = members["isNew"]?.bool ?? false
        isClone = members["isClone"]?.bool ?? false
        self.now = try members["now"].flatMapText("now", spelledInstant, []) ?? now
        zone = try members["zone"].flatMapText("zone", { Zone($0) }, []) ?? .utc
    }

    func result() throws(FormulaError) -> Value {
        var formulas: [String: CompiledFormula] = [:]
        for field in fields {
            guard let source = field.formula else { continue }
            do throws(FormulaError) {
                formulas[field.name] = try CompiledFormula.compile(source, returning: field.type, blanks: blanks, scope: scope)
            } catch {
                throw FormulaError("\(field.name): \(error.message)", code: error.code, line: error.line, column: error.column)
            }
        }
        let main = try compiled(scope)
        let present = try computed(record, formulas)
        let before = try prior.map { prior throws(FormulaError) in try computed(prior, formulas) }
        return try main.evaluate(input(main, present, before))
    }

    func compiled(_ scope: some FormulaScope) throws(FormulaError) -> CompiledFormula {
        try CompiledFormula.compile(formula, returning: returnType, scale: scale, blanks: blanks, scope: scope)
    }

    var scope: FixedScope { FixedScope(fields: fields.map(\.field)) }

    /// All values of a record: those given, and those of the fields with a formula.
    private func computed(_ given: [String: JSON], _ formulas: [String: CompiledFormula]) throws(FormulaError) -> Values {
        var values = Values()
        for field in fields where field.formula == nil {
            values.known[field.name] = try field.value(given[field.name] ?? .null)
        }
        let needs = formulas.mapValues { $0.fields.map { $0.path.joined(separator: ".") } }
        let order: [String]
        do throws(FormulaCycle) { order = try FormulaDependencies.ordered(needs) } catch {
            throw .failure(.cycle, error.description)
        }
        for name in order {
            guard let formula = formulas[name] else { continue }
            do throws(FormulaError) { values.known[name] = try formula.evaluate(input(formula, values, nil)) } catch {
                values.failed[name] = FormulaError(
                    "\(name): \(error.message)", code: error.code, line: error.line, column: error.column)
            }
        }
        return values
    }

    private struct Values {
        var known: [String: Value] = [:]
        var failed: [String: FormulaError] = [:]
    }

    private func input(_ formula: CompiledFormula, _ values: Values, _ prior: Values?) -> FormulaInput {
        let names = formula.fields.map { $0.path.joined(separator: ".") }
        var input = FormulaInput(
            values: names.map { values.known[$0] ?? .null }, prior: prior.map { prior in names.map { prior.known[$0] ?? .null } },
            isNew: isNew, isClone: isClone, now: now, zone: zone)
        for (position, name) in names.enumerated() {
            if let failure = values.failed[name] { input.failures[position] = failure }
        }
        return input
    }
}

extension JSON {
    /// The members of an object that has no others than these.
    func members(_ what: String, _ keys: [String]) throws(FormulaError) -> JSON.Members {
        guard let members = object else { throw .failure(.syntax, "\(what) must be an object, not \(kind)") }
        for (name, _) in members where !keys.contains(name) {
            throw .failure(.unknownName, "\(what) has an unknown key \"\(name)\"" + hint(for: name, among: keys))
        }
        return members
    }
}

extension JSON? {
    /// What a text stands for; nil where it is missing or null.
    fileprivate func flatMapText<Result>(
        _ key: String, _ convert: (String) -> Result?, _ choices: [String]
    ) throws(FormulaError) -> Result? {
        guard let self, !self.isNull else { return nil }
        guard let text = self.string else { throw .failure(.syntax, "\"\(key)\" must be a text, not \(self.kind)") }
        guard let result = convert(text) else {
            throw .failure(.badValue, "\"\(key)\" cannot be \(Syntax.quoted(text))" + hint(for: text, among: choices))
        }
        return result
    }

    func wholeNumber(_ key: String) throws(FormulaError) -> Int? {
        guard let self, !self.isNull else { return nil }
        guard let number = self.number?.integer, (0...64).contains(number)
        else { throw .failure(.badValue, "\"\(key)\" must be a whole number from 0 to 64") }
        return number
    }
}
