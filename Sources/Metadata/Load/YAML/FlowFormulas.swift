/// Puts formulas together that YAML cut at a comma: in `{ Value: =BLANKVALUE(Amount, 0), Status: Draft }` the comma inside
/// the parentheses ends the text for YAML, which then reads `0)` as a key with nothing after it.
///
/// The pieces are taken from the source, so that the formula is exactly what stands there.
struct FlowFormulas {
    private let lines: [Substring]
    /// The line last looked at, by character.
    private var line: (number: Int, scalars: [Unicode.Scalar]) = (0, [])

    /// A formula between braces stands in one line, and is no longer than this.
    private static let lengthLimit = 2000

    init(_ text: String) { lines = text.lines }

    typealias Pair = (key: YAMLNode, value: YAMLNode)

    /// Whether a key has nothing after it, as a piece of a formula has.
    static func isPiece(_ pair: Pair) -> Bool {
        if case .scalar("", .plain) = pair.value.content, case .scalar(_, .plain) = pair.key.content { true } else { false }
    }

    mutating func joined(_ pairs: [Pair]) -> [Pair] {
        var result: [Pair] = []
        for pair in pairs {
            if let last = result.last, FlowFormulas.isPiece(pair), let whole = join(last.value, upTo: pair.key) {
                result[result.count - 1].value = whole
            } else {
                result.append(pair)
            }
        }
        return result
    }

    /// The formula that starts at `value` and goes on to the end of `piece`, where its parentheses are still open.
    private mutating func join(_ value: YAMLNode, upTo piece: YAMLNode) -> YAMLNode? {
        let (start, place) = (value.location.column - 1, value.location)
        let end = piece.location.column - 1 + (piece.text?.unicodeScalars.count ?? 0)
        guard case .scalar(let text, .plain) = value.content, text.hasPrefix("="), place.line == piece.location.line,
            (start...start + FlowFormulas.lengthLimit).contains(end), openParentheses(text) > 0
        else { return nil }
        if line.number != place.line, lines.indices.contains(place.line - 1) {
            line = (place.line, Array(lines[place.line - 1].unicodeScalars))
        }
        guard end <= line.scalars.count else { return nil }
        let whole = String(String.UnicodeScalarView(line.scalars[start..<end]))
        return YAMLNode(content: .scalar(whole, .plain), location: place)
    }

    private func openParentheses(_ text: String) -> Int {
        text.utf8.reduce(0) { $0 + ($1 == UInt8(ascii: "(") ? 1 : $1 == UInt8(ascii: ")") ? -1 : 0) }
    }
}
