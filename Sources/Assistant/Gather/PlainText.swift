import Foundation

/// What somebody wrote, without the marks of rich text, what is quoted from earlier mails, and characters that nobody sees.
package enum PlainText {
    /// The longest text that is looked at, in characters.
    static let limit = 2_000

    package static func of(_ text: String) -> String {
        let plain = text.utf8.contains(UInt8(ascii: "<")) ? withoutTags(text.cut(to: limit * 4)) : text.cut(to: limit)
        return unquoted(Wording.visible(plain)).cut(to: limit)
    }

    /// Text between tags; scripts, styles and comments are no text.
    private static func withoutTags(_ text: String) -> String {
        var plain = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "<") {
            plain += rest[..<open]
            let inside = rest[rest.index(after: open)...]
            let name = inside.prefix { $0.isLetter || $0 == "/" || $0 == "!" }.lowercased()
            let isTag = !name.isEmpty
            guard isTag else {
                plain += "<"
                rest = inside
                continue
            }
            let isHidden = name == "script" || name == "style"
            let end = isHidden ? inside.firstRange(of: "</\(name)")?.upperBound ?? inside.endIndex : inside.startIndex
            rest = inside[end...].drop { $0 != ">" }.dropFirst()
            if name.isBreaking { plain += "\n" }
        }
        return entities(plain + rest)
    }

    private static func entities(_ text: String) -> String {
        guard text.contains("&") else { return text }
        return text.replacing("&nbsp;", with: " ").replacing("&lt;", with: "<").replacing("&gt;", with: ">")
            .replacing("&quot;", with: "\"").replacing("&#39;", with: "'").replacing("&amp;", with: "&")
    }

    /// Lines of earlier mails begin with `>`, and everything after "On ... wrote:" is an earlier mail.
    private static func unquoted(_ text: String) -> String {
        var lines: [Substring] = []
        for line in text.utf8.split(separator: UInt8(ascii: "\n")).map(Substring.init) {
            let words = line.drop { $0.isWhitespace }
            if words.hasPrefix(">") { continue }
            if words.hasSuffix(":"), ["On ", "Am ", "Le ", "El "].contains(where: words.hasPrefix), words.count < 120 { break }
            if words.hasPrefix("-----") { break }
            if !words.isEmpty { lines.append(words) }
        }
        return lines.joined(separator: "\n")
    }
}

extension String {
    fileprivate var isBreaking: Bool { ["p", "/p", "br", "br/", "div", "/div", "li", "tr", "h"].contains(self) }
}
