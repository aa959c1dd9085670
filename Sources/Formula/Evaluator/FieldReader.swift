import Values

/// How a field's stored value becomes the value that a formula computes with.
struct FieldReader: Sendable {
    private let base: Base
    private let isPercent: Bool
    private let blank: Value

    init(_ field: FormulaField, _ blanks: BlankHandling) {
        base = field.type.base
        isPercent = field.type == .percent
        // A checkbox is never blank; a number is zero where the formula treats blanks so.
        blank = base == .boolean ? .bool(false) : base == .number && blanks == .zero ? .number(.zero) : .null
    }

    func code(_ position: Int) -> Code {
        if base == .number, !isPercent {
            let blank = blank
            return { input throws(FormulaError) in
                let value = input.values[position]
                if case .null = value { return try FieldReader.blank(blank, position, input) }
                return value
            }
        }
        return { input throws(FormulaError) in
            let value = input.values[position]
            if case .null = value { return try FieldReader.blank(blank, position, input) }
            return read(value)
        }
    }

    /// A field whose own formula failed has no value either.
    private static func blank(_ blank: Value, _ position: Int, _ input: FormulaInput) throws(FormulaError) -> Value {
        if !input.failures.isEmpty, let failure = input.failures[position] { throw failure }
        return blank
    }

    func read(_ value: Value) -> Value {
        switch (base, value) {
        case (_, .null): blank
        case (.number, .number(let number)) where isPercent: .number(number.shifted(by: -2))
        case (.text, .text(let text)): text.isEmpty ? .null : value
        case (.text, .json(let json)): .text(json.description)
        case (.list, .list(let items)): items.isEmpty ? .null : value
        case (.location, .json(let json)): Location(json).map(Value.location) ?? .null
        default: value
        }
    }
}

extension Location {
    /// `{"latitude": 47.4, "longitude": 8.5}`
    init?(_ json: JSON) {
        guard let latitude = json["latitude"]?.number, let longitude = json["longitude"]?.number else { return nil }
        self.init(latitude: latitude.double, longitude: longitude.double)
    }
}
