import SQL
import Values

extension Functions {
    static let text: [Function] = conversion + search + parts + shaping + moreShaping + matching + encoding

    private static let conversion: [Function] = [
        Function(
            "TEXT(value)", .text,
            """
            A number, date, time, picklist value or id as text: `12.5`, `2024-02-29`, `2024-02-29 13:15:10Z`, `13:15:10.000`.
            """,
            example: "TEXT(12.50)", "12.5",
            .same("TEXT", .text),
            Overload(
                name: "TEXT", parameters: [.number], result: .text, evaluation: .number { .text($0.description) },
                postgres: .function("text")),
            Overload(
                name: "TEXT", parameters: [.date], result: .text, evaluation: .one { .text($0.json.string ?? "") },
                sqlite: { $0[0] }, postgres: .sql { "to_char(\($0[0]), 'YYYY-MM-DD')" }),
            Overload(
                name: "TEXT", parameters: [.datetime], result: .text,
                evaluation: .one { value in
                    guard case .datetime(let instant) = value else { return .null }
                    return .text("\(instant.day) \(instant.time.description.prefix(8))Z")
                },
                postgres: .sql { "to_char(\($0[0]) AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS\"Z\"')" }),
            Overload(
                name: "TEXT", parameters: [.time], result: .text, evaluation: .one { .text($0.json.string ?? "") },
                sqlite: { $0[0] }, postgres: .sql { "to_char(\($0[0]), 'HH24:MI:SS.MS')" }),
            Overload(
                name: "TEXT", parameters: [.list], result: .text,
                evaluation: .one { value in
                    guard case .list(let items) = value else { return .null }
                    return Value(text: items.joined(separator: ";"))
                },
                postgres: .sql { "nullif(array_to_string(\($0[0]), ';'), '')" })),
        Function(
            "VALUE(text)", .text, "The number that a text spells; an error where it spells none.", example: "VALUE(\"12.50\")",
            "12.5",
            Overload(
                name: "VALUE", parameters: [.text], result: .number, mayFail: true,
                evaluation: .text { text throws(FormulaError) in
                    guard let number = spelledNumber(text) else {
                        throw .failure(.badValue, "\(Syntax.quoted(text)) is no number")
                    }
                    return try bounded(number)
                },
                postgres: .function("value"))),
        Function(
            "ISNUMBER(text)", .text, "True when the text spells a number.", example: "ISNUMBER(\"12x\")", "false",
            Overload(
                name: "ISNUMBER", parameters: [.text], result: .boolean,
                evaluation: .openOne { .bool($0.text.map { spelledNumber($0) != nil } ?? false) },
                postgres: .function("isnumber"))),
    ]

    private static let search: [Function] = [
        Function(
            "CONTAINS(text, part)", .text, "True when the part stands somewhere in the text, with the same case.",
            example: "CONTAINS(\"Acme Corp\", \"Corp\")", "true",
            holds("CONTAINS", sqlite: "> 0") { $0.contains($1) }),
        Function(
            "BEGINS(text, part)", .text, "True when the text begins with the part, with the same case.",
            example: "BEGINS(\"Acme Corp\", \"Acme\")", "true",
            holds("BEGINS", sqlite: "= 1") { $0.starts(with: $1) }),
        Function(
            "ENDS(text, part)", .text, "True when the text ends with the part, with the same case.",
            example: "ENDS(\"Acme Corp\", \"Corp\")", "true",
            holds("ENDS", sqlite: nil) { $0.reversed().starts(with: $1.reversed()) }),
        Function(
            "FIND(part, text[, start])", .text,
            "Where the part first stands in the text, counted from 1, at or after the start; 0 where it does not.",
            example: "FIND(\"o\", \"Acme Corp\")", "7",
            Overload(
                name: "FIND", parameters: [.text, .text, .number], optional: 1, result: .number,
                evaluation: .open { values in
                    guard case .text(let part) = values[0], case .text(let text) = values[1] else { return Value(0) }
                    let start = values.count > 2 ? clamped(values[2]) ?? 1 : 1
                    return Value(position(of: part, in: text, from: max(1, start)))
                },
                bounds: { _ in .integer(10) },
                sqlite: { terms in
                    terms.count > 2
                        ? nil
                        : SQLiteTerm(
                            "coalesce(instr(\(terms[1].sql), \(terms[0].sql)), 0)", bounds: .integer(10), isNullable: false)
                },
                postgres: .function("find"))),
        Function(
            "LEN(text)", .text, "How many characters the text has.", example: "LEN(\"Acme\")", "4",
            Overload(
                name: "LEN", parameters: [.text], result: .number,
                evaluation: .openOne { Value($0.text?.unicodeScalars.count ?? 0) },
                bounds: { _ in .integer(10) },
                sqlite: { SQLiteTerm("coalesce(length(\($0[0].sql)), 0)", bounds: .integer(10), isNullable: false) },
                postgres: .sql { "coalesce(length(\($0[0])), 0)::numeric" })),
    ]

    private static let parts: [Function] = [
        Function(
            "LEFT(text, count)", .text, "The first characters of the text.", example: "LEFT(\"Acme Corp\", 4)", "Acme",
            part("LEFT", sqlite: nil) { scalars, count in scalars.prefix(count) }),
        Function(
            "RIGHT(text, count)", .text, "The last characters of the text.", example: "RIGHT(\"Acme Corp\", 4)", "Corp",
            part("RIGHT", sqlite: nil) { scalars, count in scalars.suffix(count) }),
        Function(
            "MID(text, start, count)", .text, "So many characters from the start on, counted from 1.",
            example: "MID(\"Acme Corp\", 6, 2)", "Co",
            Overload(
                name: "MID", parameters: [.text, .number, .number], result: .text,
                evaluation: .many { values in
                    guard case .text(let text) = values[0], let start = clamped(values[1]), let count = clamped(values[2])
                    else { return .null }
                    return Value(text: String(text.unicodeScalars.dropFirst(max(1, start) - 1).prefix(max(0, count))))
                },
                postgres: .function("mid"))),
    ]

    private static let shaping: [Function] = [
        cased("UPPER", "in capitals", example: "UPPER(\"Straße\")", "STRASSE", turkic: [("i", "İ")]) { $0.uppercased() },
        cased("LOWER", "in small letters", example: "LOWER(\"ACME\")", "acme", turkic: [("İ", "i"), ("I", "ı")]) {
            $0.lowercased()
        },
        Function(
            "TRIM(text)", .text, "The text without spaces at both ends.", example: "TRIM(\"  Acme \")", "Acme",
            Overload(
                name: "TRIM", parameters: [.text], result: .text,
                evaluation: .text { text in
                    let scalars = text.unicodeScalars.drop { $0 == " " }
                    return Value(
                        text: String(
                            scalars.reversed().drop { $0 == " " }.reversed().reduce(into: "") { $0.unicodeScalars.append($1) }))
                },
                sqlite: { SQLiteTerm("nullif(trim(\($0[0].sql)), '')", isNullable: true) },
                postgres: .sql { "nullif(btrim(\($0[0]), ' '), '')" })),
        Function(
            "SUBSTITUTE(text, old, new)", .text, "The text with every old part replaced by the new one.",
            example: "SUBSTITUTE(\"1.2.3\", \".\", \"-\")", "1-2-3",
            Overload(
                name: "SUBSTITUTE", parameters: [.text, .text, .text], result: .text, mayFail: true,
                evaluation: .open { values throws(FormulaError) in
                    guard case .text(let text) = values[0] else { return .null }
                    guard case .text(let old) = values[1] else { return values[0] }
                    return try grown(replacing(old, with: values[2].text ?? "", in: text))
                },
                postgres: .function("substitute"))),
    ]

    /// A question about a text and a part of it: a blank part is in every text, and nothing is known of a blank text.
    ///
    /// - Parameter sqlite: what `instr` of both gives where the answer is yes.
    private static func holds(
        _ name: String, sqlite: String?, _ body: @escaping @Sendable (String.UTF8View, String.UTF8View) -> Bool
    ) -> Overload {
        Overload(
            name: name, parameters: [.text, .text], result: .boolean,
            evaluation: .openTwo { text, part in
                guard case .text(let part) = part else { return .bool(true) }
                guard case .text(let text) = text else { return .null }
                return .bool(body(text.utf8, part.utf8))
            },
            sqlite: { terms in
                guard let sqlite else { return nil }
                let test: Fragment = "(instr(\(terms[0].sql), \(terms[1].sql)) \(Fragment(sql: sqlite)))"
                guard terms[1].isNullable else { return SQLiteTerm(test, isNullable: terms[0].isNullable) }
                return SQLiteTerm("(\(terms[1].sql) IS NULL OR \(test))", isNullable: true)
            },
            postgres: .function(name.lowercased()))
    }

    /// Case changes by Unicode's full mappings; a Turkish or Azeri locale keeps the dots of i apart.
    private static func cased(
        _ name: String, _ form: String, example: String, _ result: String, turkic: [(from: String, to: String)],
        _ body: @escaping @Sendable (String) -> String
    ) -> Function {
        Function(
            "\(name)(text[, locale])", .text, "The text \(form); a locale of `tr` or `az` keeps the Turkish dots of i.",
            example: example, result,
            Overload(
                name: name, parameters: [.text, .text], optional: 1, result: .text,
                evaluation: .open { values in
                    guard case .text(let text) = values[0] else { return .null }
                    let locale = values.count > 1 ? values[1].text?.lowercased() ?? "" : ""
                    let isTurkic = locale.hasPrefix("tr") || locale.hasPrefix("az")
                    return .text(body(isTurkic ? turkic.reduce(text) { replacing($1.from, with: $1.to, in: $0) } : text))
                },
                postgres: .function(name.lowercased())))
    }

    private static func part(
        _ name: String, sqlite: SQLiteForm?,
        _ body: @escaping @Sendable (String.UnicodeScalarView, Int) -> Substring.UnicodeScalarView
    ) -> Overload {
        Overload(
            name: name, parameters: [.text, .number], result: .text,
            evaluation: .two { text, count in
                guard case .text(let text) = text, let count = clamped(count) else { return .null }
                return Value(text: String(body(text.unicodeScalars, max(0, count))))
            },
            sqlite: sqlite, postgres: .function(name.lowercased()))
    }
}
