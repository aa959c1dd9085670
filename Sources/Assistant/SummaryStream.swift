/// Picks the sentences of the summary out of a JSON document that is still arriving.
package struct SummaryStream {
    private enum Place { case before, inside, after }

    private var place = Place.before
    private var seen = ""
    private var escape: String?
    private var text = ""
    private var given = 0

    package init() {}

    /// The sentences that are complete now and were not before.
    package mutating func read(_ piece: String) -> [String] {
        if place == .after { return [] }
        for character in piece.unicodeScalars {
            switch place {
            case .before: lookForStart(character)
            case .inside: take(character)
            case .after: break
            }
        }
        let sentences = Sentences.all(in: text)
        // The last one may go on.
        let complete = place == .after ? sentences.count : max(0, sentences.count - 1)
        defer { given = max(given, complete) }
        return given < complete ? Array(sentences[given..<complete]) : []
    }

    private mutating func lookForStart(_ character: Unicode.Scalar) {
        seen.unicodeScalars.append(character)
        let tail = seen.filter { !$0.isWhitespace }
        if tail.hasSuffix("\"summary\":\"") {
            place = .inside
        } else if seen.unicodeScalars.count > 64 {
            seen = String(seen.suffix(32))
        }
    }

    private mutating func take(_ character: Unicode.Scalar) {
        guard var escaped = escape else {
            switch character {
            case "\\": escape = ""
            case "\"": place = .after
            default: text.unicodeScalars.append(character)
            }
            return
        }
        escaped.unicodeScalars.append(character)
        if escaped.hasPrefix("u"), escaped.count < 5 { return escape = escaped }
        escape = nil
        switch escaped.first {
        case "u": text.unicodeScalars.append(UInt32(escaped.dropFirst(), radix: 16).flatMap(Unicode.Scalar.init) ?? "\u{FFFD}")
        case "n", "t", "r", "b", "f": text += " "
        default: text += escaped
        }
    }
}
