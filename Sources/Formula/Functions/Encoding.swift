import SQL
import Values

extension Functions {
    /// Texts for web pages and addresses.
    static let encoding: [Function] = [
        Function(
            "HTMLENCODE(text)", .text, "The text with `&`, `<`, `>` and quotes written as HTML needs them.",
            example: "HTMLENCODE(\"a < b\")", "a &lt; b", encoder("HTMLENCODE", htmlEncoded)),
        Function(
            "JSENCODE(text)", .text, "The text as it can stand inside quotes in JavaScript.", example: "JSENCODE(\"it's\")",
            "it\\'s",
            encoder("JSENCODE", javaScriptEncoded)),
        Function(
            "JSINHTMLENCODE(text)", .text, "HTMLENCODE, then JSENCODE: for JavaScript inside HTML attributes.",
            example: "JSINHTMLENCODE(\"a < b\")", "a &lt; b", encoder("JSINHTMLENCODE") { javaScriptEncoded(htmlEncoded($0)) }),
        Function(
            "URLENCODE(text)", .text, "The text as a part of an address: all but letters, digits and `-._~` as `%XX`.",
            example: "URLENCODE(\"a b&c\")", "a%20b%26c", encoder("URLENCODE", urlEncoded)),
        Function(
            "HYPERLINK(url, label[, target])", .text, "A link as HTML; it opens in `target`, `_blank` where that is not given.",
            example: "HYPERLINK(\"/a\", \"A\")", "<a href=\"/a\" target=\"_blank\">A</a>",
            Overload(
                name: "HYPERLINK", parameters: [.text, .text, .text], optional: 1, result: .text,
                evaluation: .open { values in
                    let target = values.count > 2 ? values[2].text ?? "" : "_blank"
                    return .text(
                        "<a href=\"\(htmlEncoded(values[0].text ?? ""))\" target=\"\(htmlEncoded(target))\">\(values[1].text ?? "")</a>"
                    )
                },
                postgres: .function("hyperlink"))),
        Function(
            "IMAGE(url, alternative[, height[, width]])", .text, "An image as HTML, with its size in pixels where that is given.",
            example: "IMAGE(\"/a.png\", \"A\")", "<img src=\"/a.png\" alt=\"A\" border=\"0\"/>",
            Overload(
                name: "IMAGE", parameters: [.text, .text, .number, .number], optional: 2, result: .text,
                evaluation: .open { .text(image($0)) }, postgres: .function("image"))),
        Function(
            "BR()", .text, "A line break as HTML.", example: "BR()", "<br>",
            Overload(
                name: "BR", parameters: [], result: .text, evaluation: .open { _ in .text("<br>") },
                sqlite: { _ in SQLiteTerm("'<br>'", isNullable: false) }, postgres: .sql { _ in "'<br>'::text" })),
    ]

    private static func encoder(_ name: String, _ body: @escaping @Sendable (String) -> String) -> Overload {
        Overload(
            name: name, parameters: [.text], result: .text, mayFail: true,
            evaluation: .text { text throws(FormulaError) in try grown(body(text)) }, postgres: .function(name.lowercased()))
    }

    private static func image(_ values: [Value]) -> String {
        var size = ""
        if values.count > 2, let height = values[2].number { size += "height:\(height)px;" }
        if values.count > 3, let width = values[3].number { size += (size.isEmpty ? "" : " ") + "width:\(width)px;" }
        let style = size.isEmpty ? "" : " style=\"\(size)\""
        return
            "<img src=\"\(htmlEncoded(values[0].text ?? ""))\" alt=\"\(htmlEncoded(values[1].text ?? ""))\"\(style) border=\"0\"/>"
    }
}

@Sendable private func htmlEncoded(_ text: String) -> String {
    encoded(text) { scalar in
        switch scalar {
        case "&": "&amp;"
        case "<": "&lt;"
        case ">": "&gt;"
        case "\"": "&quot;"
        case "'": "&#39;"
        default: nil
        }
    }
}

@Sendable private func javaScriptEncoded(_ text: String) -> String {
    encoded(text) { scalar in
        switch scalar {
        case "\\": "\\\\"
        case "'": "\\'"
        case "\"": "\\\""
        case "/": "\\/"
        case "<": "\\u003C"
        case ">": "\\u003E"
        case "\n": "\\n"
        case "\r": "\\r"
        case "\t": "\\t"
        case "\u{2028}": "\\u2028"
        case "\u{2029}": "\\u2029"
        default: nil
        }
    }
}

/// RFC 3986: everything but the unreserved characters, as UTF-8.
@Sendable private func urlEncoded(_ text: String) -> String {
    var result = ""
    for byte in text.utf8 {
        switch byte {
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"),
            _ where isLetterOrDigit(byte):
            result.unicodeScalars.append(Unicode.Scalar(byte))
        default:
            let digits = String(byte, radix: 16, uppercase: true)
            result += digits.count == 1 ? "%0" + digits : "%" + digits
        }
    }
    return result
}

private func encoded(_ text: String, _ replacement: (Unicode.Scalar) -> String?) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
        if let new = replacement(scalar) { result.append(contentsOf: new.unicodeScalars) } else { result.append(scalar) }
    }
    return String(result)
}
