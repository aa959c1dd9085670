/// A regular expression that matches whole texts, the same in the evaluator and in PostgreSQL.
///
/// It knows what both can do in time proportional to the text: no back-references, no possessive quantifiers.
package struct Pattern: Sendable {
    private let program: PatternProgram
    /// The same expression for PostgreSQL's `~`.
    let postgres: String

    package init(_ source: String) throws(FormulaError) {
        var reader = PatternReader(source)
        let tree = try reader.whole()
        program = try PatternProgram(tree)
        postgres = "^" + tree.postgres + "$"
    }

    package func matches(_ text: String) -> Bool { program.matches(text) }
}

/// What a pattern is made of.
indirect enum PatternTree: Sendable {
    /// One character of a set.
    case one(CharacterSet)
    case sequence([PatternTree])
    case either([PatternTree])
    case repeated(PatternTree, least: Int, most: Int?)
    case start
    case end
    /// Between a word character and another (or, inverted, not).
    case boundary(isInverted: Bool)
    /// What follows matches (or, inverted, does not); it is not consumed. The number tells it from others of the pattern.
    case ahead(PatternTree, isInverted: Bool, number: Int)
}

/// A set of code points, as ranges; inverted, all others.
struct CharacterSet: Sendable {
    var ranges: [ClosedRange<UInt32>]
    var isInverted = false

    /// The same set as ranges in order, which `contains` needs.
    var ordered: CharacterSet { CharacterSet(ranges: plainRanges) }

    func contains(_ scalar: UInt32) -> Bool {
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < scalar { low = middle + 1 } else { high = middle }
        }
        return (low < ranges.count && ranges[low].lowerBound <= scalar) != isInverted
    }

    static let digits = CharacterSet(ranges: [0x30...0x39])
    static let word = CharacterSet(ranges: [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
    static let space = CharacterSet(ranges: [0x09...0x0D, 0x20...0x20])
    static let lineEnds = CharacterSet(ranges: [0x0A...0x0A, 0x0D...0x0D, 0x85...0x85, 0x2028...0x2029])

    var inverted: CharacterSet { CharacterSet(ranges: ranges, isInverted: !isInverted) }

    /// The ranges that it holds, in order, none inverted.
    var plainRanges: [ClosedRange<UInt32>] {
        let sorted = ranges.sorted { $0.lowerBound < $1.lowerBound }
        var merged: [ClosedRange<UInt32>] = []
        for range in sorted {
            if let last = merged.last, range.lowerBound <= last.upperBound &+ 1 {
                merged[merged.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
        guard isInverted else { return merged }
        var (gaps, next): ([ClosedRange<UInt32>], UInt32) = ([], 0)
        for range in merged {
            if range.lowerBound > next { gaps.append(next...range.lowerBound - 1) }
            next = range.upperBound + 1
        }
        return next <= 0x10FFFF ? gaps + [next...0x10FFFF] : gaps
    }
}
