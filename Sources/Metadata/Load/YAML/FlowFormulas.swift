/// Puts formulas together that YAML cut at a comma: in `{ Value: =BLANKVALUE(Amount, 0), Status: Draft }` the comma inside
/// the parentheses ends the text for YAML, which then reads `0)` as a key with nothing after it.
///
/// The pieces are taken from the source, so that the formula is exactly what stands there.
struct FlowFormulas {
    let lines: [Substring]

    typealias Pair = (key: YAMLNode, value: YAMLNode)

    func joined(_ pairs: [Pair]) -> [Pair] {
        var result: [Pair] = []
        for pair in pairs {
            if let last = result.last, isPiece(pair), let whole = join(last.value, upTo: pair.key) {
                result[result.count - 1].value = whole
            } else {
                result.append(pair)
            }
        }
        return result
    }

    private func isPiece(_ pair: Pair) -> Bool {
        if case .scalar("", .plain) = pair.value.content, case .scalar(_, .plain) = pair.key.content { true } else { false }
    }

    /// The formula that starts at `value` and goes on to the end of `piece`, where its parentheses are still open.
    private func join(_ value: YAMLNode, upTo piece: YAMLNode) -> YAMLNode? {
        guard case .scalar(let start, .plain) = value.content, start.hasPrefix("="), openParentheses(start) > 0,
            let last = piece.text, value.location.line == piece.location.line
        else { return nil }
        let line = lines[value.location.line - 1].unicodeScalars
        let text = String(
            String.UnicodeScalarView(
                line.dropFirst(value.location.column - 1)
                    .prefix(piece.location.column - value.location.column + last.unicodeScalars.count)))
        return YAMLNode(content: .scalar(text, .plain), location: value.location)
    }

    private func openParentheses(_ text: String) -> Int {
        text.utf8.reduce(0) { $0 + ($1 == UInt8(ascii: "(") ? 1 : $1 == UInt8(ascii: ")") ? -1 : 0) }
    }
}
