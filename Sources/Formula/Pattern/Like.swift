/// A pattern of SQL's LIKE: `%` stands for any characters, `_` for one, and `\` makes the next one plain.
///
/// It is matched by a machine whose states are bits, 64 of them moved at a time (Baeza-Yates, Gonnet 1992): state n means that the
/// first n characters of the pattern are matched.
struct LikePattern {
    private typealias Bits = [UInt64]

    /// How many characters the pattern has, without `%`.
    private let count: Int
    /// The states in which a `%` follows: they go on, whatever comes.
    private let staying: Bits
    /// The states that a character leads to, where it stands in the pattern or not.
    private let reached: [Unicode.Scalar: Bits]
    private let reachedByAny: Bits

    init(_ pattern: String) {
        let (characters, stays) = LikePattern.parts(pattern)
        let none = Bits(repeating: 0, count: characters.count / 64 + 1)
        var (staying, byAny, byOne) = (none, none, [Unicode.Scalar: Bits]())
        for state in stays { staying.set(state) }
        for (index, character) in characters.enumerated() {
            if let character { byOne[character, default: none].set(index + 1) } else { byAny.set(index + 1) }
        }
        (count, self.staying, reachedByAny) = (characters.count, staying, byAny)
        reached = byOne.mapValues { zip($0, byAny).map { $0 | $1 } }
    }

    func matches(_ text: String) -> Bool {
        var states = Bits(repeating: 0, count: staying.count)
        states.set(0)
        for character in text.unicodeScalars {
            let reached = reached[character] ?? reachedByAny
            var carry: UInt64 = 0
            for word in states.indices {
                let present = states[word]
                states[word] = (present << 1 | carry) & reached[word] | present & staying[word]
                carry = present >> 63
            }
        }
        return states[count / 64] >> (count % 64) & 1 == 1
    }

    /// The characters, nil for `_`, and before which of them a `%` stands.
    private static func parts(_ pattern: String) -> ([Unicode.Scalar?], Set<Int>) {
        var (characters, stays, isEscaped) = ([Unicode.Scalar?](), Set<Int>(), false)
        for scalar in pattern.unicodeScalars {
            switch (scalar, isEscaped) {
            case ("\\", false): isEscaped = true
            case ("%", false): stays.insert(characters.count)
            case ("_", false): characters.append(nil)
            default:
                characters.append(scalar)
                isEscaped = false
            }
        }
        return (isEscaped ? characters + ["\\"] : characters, stays)
    }
}

extension [UInt64] {
    fileprivate mutating func set(_ bit: Int) { self[bit / 64] |= 1 << (bit % 64) }
}
