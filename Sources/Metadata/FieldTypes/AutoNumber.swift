import Formula
import SQL
package import Values

/// A number that the engine gives each new record, in a format: `CT-{YYYY}{MM}{DD}-{0000}`.
struct AutoNumberKind: FieldKind {
    var attributes: Set<FieldAttribute> {
        .common.union([
            .format, .index, .unique, .externalId, .searchable, .nameField, .readonly,
        ])
    }
    var needs: [FieldAttribute] { [.format] }
    var operators: Set<FilterOperator> { .text }

    func column(_ field: FieldDefinition) -> ColumnType { .text }
    func formulaType(_ field: FieldDefinition) -> FormulaType? { .text }

    func parse(_ json: JSON, _ field: FieldDefinition) throws(FieldProblem) -> Value {
        guard let text = json.string else { throw field.wrongType("a text", json) }
        return .text(text)
    }

    func settle(_ field: inout FieldDefinition) throws(FieldProblem) {
        _ = try AutoNumberFormat(field.format ?? "")
        (field.unique, field.readonly) = (true, true)
    }
}

/// How an autonumber reads: texts, parts of the day on which the record is made, and the number itself.
package struct AutoNumberFormat: Sendable, Hashable {
    package enum Part: Sendable, Hashable {
        case text(String)
        case year, shortYear, month, day
        /// The number, filled with zeros to so many digits; a longer one is written in full.
        case number(digits: Int)
    }

    package let parts: [Part]

    package init(_ text: String) throws(FieldProblem) {
        var (parts, rest) = ([Part](), text[...])
        while let open = rest.firstIndex(of: "{") {
            guard let close = rest[open...].firstIndex(of: "}") else { throw AutoNumberFormat.problem("a { without its }") }
            if open > rest.startIndex { parts.append(.text(String(rest[..<open]))) }
            parts.append(try AutoNumberFormat.part(rest[rest.index(after: open)..<close]))
            rest = rest[rest.index(after: close)...]
        }
        guard !rest.contains("}") else { throw AutoNumberFormat.problem("a } without its {") }
        if !rest.isEmpty { parts.append(.text(String(rest))) }
        let numbers = parts.count { if case .number = $0 { true } else { false } }
        guard numbers == 1 else { throw AutoNumberFormat.problem(numbers == 0 ? "no number" : "several numbers") }
        self.parts = parts
    }

    /// The text for one record.
    package func text(_ number: Int, on day: Day) -> String {
        let (year, month, dayOfMonth) = day.civil
        return parts.map { part in
            switch part {
            case .text(let text): text
            case .year: filled(year, 4)
            case .shortYear: filled(year % 100, 2)
            case .month: filled(month, 2)
            case .day: filled(dayOfMonth, 2)
            case .number(let digits): filled(number, digits)
            }
        }.joined()
    }

    private static func part(_ name: Substring) throws(FieldProblem) -> Part {
        switch name {
        case "YYYY": .year
        case "YY": .shortYear
        case "MM": .month
        case "DD": .day
        case _ where (1...18).contains(name.count) && name.allSatisfy { $0 == "0" }: .number(digits: name.count)
        default: throw problem("{\(name)}")
        }
    }

    private static func problem(_ what: String) -> FieldProblem {
        FieldProblem(
            .badAttribute, "the format has \(what); it is made of {YYYY}, {YY}, {MM}, {DD}, one number such as {0000}, and text")
    }

    private func filled(_ number: Int, _ digits: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}
