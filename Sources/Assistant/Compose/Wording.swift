package import Values

/// How values read in a sentence.
package enum Wording {
    /// `240,000`, `1,250.50`
    package static func amount(_ number: Number) -> String {
        let text = number.text(scale: number.scale == 0 ? 0 : 2)
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let digits = Array(parts[0].drop { $0 == "-" })
        var grouped = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { grouped += "," }
            grouped.append(digit)
        }
        return (number.isNegative ? "-" : "") + grouped + (parts.count > 1 ? "." + parts[1] : "")
    }

    /// `12 March`, with the year where it is another one.
    static func date(_ day: Day, today: Day) -> String {
        "\(day.day) \(months[day.month - 1])" + (day.year == today.year ? "" : " \(day.year)")
    }

    /// `March 2024`
    static func month(_ day: Day) -> String { "\(months[day.month - 1]) \(day.year)" }

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ]

    /// `today`, `yesterday`, `12 days ago`
    static func ago(_ day: Day, today: Day) -> String {
        switch today - day {
        case ...0: "today"
        case 1: "yesterday"
        case let days: "\(days) days ago"
        }
    }

    /// `one case`, `3 cases`
    static func count(_ count: Int, _ one: String, _ many: String? = nil) -> String {
        "\(count == 0 ? "no" : number(count)) \(count == 1 ? one : many ?? one + "s")"
    }

    /// `1 day`, `12 days`
    static func days(_ count: Int) -> String { count == 1 ? "1 day" : "\(count) days" }

    /// Small numbers are words: `none`, `two`, `12`.
    static func number(_ count: Int) -> String { words[count] ?? "\(count)" }

    private static let words: [Int: String] = [
        0: "none", 1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine",
    ]

    /// `a, b and c`
    static func list(_ parts: [String]) -> String {
        guard let last = parts.last, parts.count > 1 else { return parts.first ?? "" }
        return parts.dropLast().joined(separator: ", ") + " and " + last
    }

    static func sentence(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

    /// A title as a quotation.
    package static func quote(_ text: String) -> String { "“\(clean(text, limit: 80))”" }

    /// A name as it may stand in a sentence. One that reads like a sentence of its own stands as a quotation.
    package static func name(_ text: String) -> String {
        let name = clean(text, limit: 80)
        let words = name.split(separator: " ")
        let isSentence = words.dropLast().contains { [".", "!", "?", ":", ";"].contains($0.suffix(1)) && $0.count > 4 }
        return words.count > 8 || isSentence ? "“\(name)”" : name
    }

    /// One line without what could be taken for markup, a link or a quotation of ours.
    static func clean(_ text: String, limit: Int = 200) -> String {
        var line = visible(text).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        line = String(line.map { marks.contains($0) ? "'" : $0 }.filter { !markup.contains($0) })
        return line.count > limit ? line.prefix(limit - 1).trimmed + "…" : line
    }

    private static let marks: Set<Character> = ["\"", "“", "”", "„", "«", "»"]
    private static let markup: Set<Character> = ["<", ">", "[", "]", "{", "}", "`", "|", "*", "\\", "#", "_", "~"]

    /// Without characters that nobody sees: controls, marks of direction, joiners of no width, tags.
    static func visible(_ text: some StringProtocol) -> String {
        if text.unicodeScalars.allSatisfy(\.isSurelyVisible) { return String(text) }
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control: scalars.append(scalar == "\n" || scalar == "\t" || scalar == "\r" ? "\n" : " ")
            case .format, .privateUse, .surrogate, .unassigned: continue
            case .lineSeparator, .paragraphSeparator: scalars.append("\n")
            default: scalars.append(scalar)
            }
        }
        return String(scalars)
    }
}

extension Unicode.Scalar {
    /// A line break, or of the blocks of which most texts are made: to look up what a character is takes long.
    fileprivate var isSurelyVisible: Bool {
        switch value {
        case 0x20...0x7E, 0x0A, 0xA1...0xAC, 0xAE...0x377, 0x400...0x52F: true
        case 0x2010...0x2027, 0x20A0...0x20BF, 0x3041...0x3096, 0x30A1...0x30FA, 0x4E00...0x9FFF, 0xAC00...0xD7A3: true
        default: false
        }
    }
}

extension StringProtocol {
    /// Without spaces at either end.
    var trimmed: String {
        var rest = Substring(self).drop(while: \.isWhitespace)
        while rest.last?.isWhitespace ?? false { rest.removeLast() }
        return String(rest)
    }

    /// The first so many characters; where there are not even so many bytes, nobody has to count.
    func cut(to limit: Int) -> String { utf8.count <= limit ? String(self) : String(prefix(limit)) }

    /// Words as people count them.
    var wordCount: Int { split(whereSeparator: \.isWhitespace).count }
}
