import SQL
import Values

extension Functions {
    /// Texts made longer, shorter or otherwise.
    static let moreShaping: [Function] = [
        Function(
            "SUBSTR(text, start[, count])", .text,
            """
            The characters from the start on, counted from 1, or from the end where it is negative; at most `count` of them.
            """,
            example: "SUBSTR(\"Acme Corp\", -4, 2)", "Co",
            Overload(
                name: "SUBSTR", parameters: [.text, .number, .number], optional: 1, result: .text,
                evaluation: .many { values in
                    guard case .text(let text) = values[0], let start = clamped(values[1]) else { return .null }
                    return substring(text, start, values.count > 2 ? clamped(values[2]) : nil)
                },
                postgres: .function("substr"))),
        Function(
            "INITCAP(text)", .text, "Every word with a capital first, the rest in small letters.",
            example: "INITCAP(\"ada LOVELACE\")",
            "Ada Lovelace",
            Overload(
                name: "INITCAP", parameters: [.text], result: .text, evaluation: .text { .text(capitalized($0)) },
                postgres: .function("initcap"))),
        padding("LPAD", "left", example: "LPAD(\"7\", 3, \"0\")", "007") { $0 + $1 },
        padding("RPAD", "right", example: "RPAD(\"7\", 3, \"0\")", "700") { $1 + $0 },
        Function(
            "REVERSE(text)", .text, "The characters from last to first.", example: "REVERSE(\"Acme\")", "emcA",
            Overload(
                name: "REVERSE", parameters: [.text], result: .text,
                evaluation: .text { .text(String(String.UnicodeScalarView($0.unicodeScalars.reversed()))) },
                postgres: .sql { "reverse(\($0[0]))" })),
        Function(
            "CHR(code)", .text, "The character with that Unicode code point; blank where there is none.", example: "CHR(65)", "A",
            Overload(
                name: "CHR", parameters: [.number], result: .text,
                evaluation: .one { value in
                    guard let code = clamped(value), code > 0, let scalar = UInt32(exactly: code).flatMap(Unicode.Scalar.init)
                    else { return .null }
                    return .text(String(Character(scalar)))
                },
                postgres: .function("chr"))),
        Function(
            "ASCII(text)", .text, "The Unicode code point of the first character.", example: "ASCII(\"A\")", "65",
            Overload(
                name: "ASCII", parameters: [.text], result: .number,
                evaluation: .text { text in text.unicodeScalars.first.map { Value(Int($0.value)) } ?? .null },
                bounds: { _ in .integer(7) },
                sqlite: { SQLiteTerm("unicode(\($0[0].sql))", bounds: .integer(7), isNullable: true) },
                postgres: .sql { "ascii(\($0[0]))::numeric" })),
        Function(
            "CASESAFEID(id)", .text, "An id in the form that does not depend on case: 15 characters become 18, other ids stay.",
            example: "CASESAFEID(\"0018d00000A1bCd\")", "0018d00000A1bCdAAJ",
            Overload(
                name: "CASESAFEID", parameters: [.text], result: .text, evaluation: .text { .text(caseSafe($0)) },
                postgres: .function("casesafeid"))),
        Function(
            "FORMATCURRENCY(currency, amount)", .text,
            "The amount with the currency's code, thousands apart, and the currency's digits.",
            example: "FORMATCURRENCY(\"USD\", 5000)", "USD 5,000.00",
            Overload(
                name: "FORMATCURRENCY", parameters: [.text, .number], result: .text,
                evaluation: .open { values in
                    guard case .number(let amount) = values[1] else { return .null }
                    let code = values[0].text ?? ""
                    return .text(code + " " + grouped(amount.text(scale: currencyDigits(code))))
                },
                postgres: .function("formatcurrency"))),
    ]

    private static func padding(
        _ name: String, _ side: String, example: String, _ result: String,
        _ join: @escaping @Sendable (String, String) -> String
    ) -> Function {
        Function(
            "\(name)(text, length[, pad])", .text,
            """
            The text filled up on the \(side) to the length with `pad` (spaces where that is not given), or cut to it.
            """,
            example: example, result,
            Overload(
                name: name, parameters: [.text, .number, .text], optional: 1, result: .text, mayFail: true,
                evaluation: .open { values throws(FormulaError) in
                    guard case .text(let text) = values[0], let length = clamped(values[1]) else { return .null }
                    guard length <= maximumTextLength else { throw tooLong }
                    let pad = values.count > 2 ? values[2].text ?? "" : " "
                    let missing = length - text.unicodeScalars.count
                    if missing <= 0 || pad.isEmpty { return Value(text: String(text.unicodeScalars.prefix(max(0, length)))) }
                    return .text(join(cycled(pad, missing), text))
                },
                postgres: .function(name.lowercased()),
                postgresFailure: { "(\($0[0]) IS NOT NULL AND \($0[1]) >= 100001)" }))
    }
}

/// What a function may make of texts, in characters.
let maximumTextLength = 100_000

private let tooLong = FormulaError.failure(.outOfRange, "The text is longer than \(maximumTextLength) characters")

/// A text that a function has made longer.
func grown(_ text: String) throws(FormulaError) -> Value {
    guard text.utf8.count <= maximumTextLength || text.unicodeScalars.count <= maximumTextLength else { throw tooLong }
    return Value(text: text)
}

/// Two texts as one. No column holds a text of more than a million characters; computed fields that double each other would.
func joined(_ a: String, _ b: String) throws(FormulaError) -> String {
    guard a.utf8.count + b.utf8.count <= 4_000_000
    else { throw .failure(.outOfRange, "The joined text is longer than 1,000,000 characters") }
    return a + b
}

/// The pad over and over, so many characters of it.
private func cycled(_ pad: String, _ count: Int) -> String {
    let scalars = Array(pad.unicodeScalars)
    return String(String.UnicodeScalarView((0..<count).map { scalars[$0 % scalars.count] }))
}

private func substring(_ text: String, _ start: Int, _ count: Int?) -> Value {
    let scalars = text.unicodeScalars
    let length = scalars.count
    guard abs(start) <= length else { return .null }
    let first = start < 0 ? length + start : max(1, start) - 1
    return Value(text: String(scalars.dropFirst(first).prefix(max(0, count ?? length))))
}

/// A word is a run of letters and digits.
private func capitalized(_ text: String) -> String {
    var (result, inWord) = ("", false)
    for scalar in text.unicodeScalars {
        let properties = scalar.properties
        result += inWord ? properties.lowercaseMapping : properties.uppercaseMapping
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber: inWord = true
        default: inWord = false
        }
    }
    return result
}

/// The three check characters say, five letters each, which letters of the id are capitals.
private func caseSafe(_ id: String) -> String {
    let bytes = Array(id.utf8)
    guard bytes.count == 15, bytes.allSatisfy(isLetterOrDigit) else { return id }
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ012345")
    let checks = stride(from: 0, to: 15, by: 5).map { start in
        (0..<5).reduce(0) { sum, bit in
            (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(bytes[start + bit]) ? sum | 1 << bit : sum
        }
    }
    return id + String(checks.map { alphabet[$0] })
}

func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
    default: false
    }
}

/// Digits after the point by ISO 4217: two, where nothing else is said.
func currencyDigits(_ code: String) -> Int {
    switch code {
    case "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF": 0
    case "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND": 3
    case "CLF", "UYW": 4
    default: 2
    }
}

/// A comma between thousands.
private func grouped(_ digits: String) -> String {
    let sign = digits.hasPrefix("-") ? "-" : ""
    let parts = digits.dropFirst(sign.count).split(separator: ".", maxSplits: 1)
    var whole = ""
    for (index, digit) in parts[0].enumerated() {
        if index > 0, (parts[0].count - index) % 3 == 0 { whole += "," }
        whole.append(digit)
    }
    return sign + whole + (parts.count > 1 ? "." + parts[1] : "")
}
