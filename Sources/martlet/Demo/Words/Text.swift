/// Small matters of writing.
enum Text {
    /// `Priya Raman` as the part of an address before the @: `priya.raman`.
    static func handle(_ name: String) -> String {
        name.lowercased().split(whereSeparator: { !$0.isLetter }).joined(separator: ".")
    }

    /// `Calder & Rowe Engineering` as a domain that can belong to nobody: `calderrowe.example`.
    static func domain(_ company: String) -> String {
        company.lowercased().split(whereSeparator: { !$0.isLetter }).prefix(2).joined() + ".example"
    }

    /// The template with every `{name}` replaced.
    static func filled(_ template: String, _ words: [String: String]) -> String {
        words.reduce(template) { text, word in text.replacing("{\(word.key)}", with: word.value) }
    }

    /// `1234500` as `1,234,500`.
    static func grouped(_ number: Int) -> String {
        let digits = Array(String(number))
        return digits.indices.reduce(into: "") { text, index in
            if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
            text.append(digits[index])
        }
    }
}
