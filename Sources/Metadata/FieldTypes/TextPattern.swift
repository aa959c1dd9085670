import Foundation

/// The regular expressions of `pattern`.
enum TextPattern {
    /// Whether the whole text matches.
    static func matches(_ text: String, _ pattern: String) -> Bool {
        guard let expression = try? NSRegularExpression(pattern: "^(?:\(pattern))$") else { return true }
        let range = NSRange(text.startIndex..., in: text)
        return expression.firstMatch(in: text, range: range) != nil
    }

    static func problem(_ pattern: String) -> String? {
        (try? NSRegularExpression(pattern: pattern)) == nil ? "is not a regular expression" : nil
    }
}
