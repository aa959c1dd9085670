/// A regular expression that a whole text must match, decided in time proportional to the text's length.
///
///     try TextPattern("[A-Z]{2}-\\d{4}").matches("CT-0042")   // true
///
/// It is read into a small machine whose possible states are followed all at once (Thompson 1968), so no text and no
/// pattern can make it slow. What that cannot do, references back and looking around, is refused.
///
/// The syntax: letters as they stand, `.`, classes `[a-z]` and `[^a-z]`, `\d \w \s \D \W \S`, `\p{L} \p{Lu} \p{Ll} \p{N} \p{P}`,
/// `\t \n \r \uXXXX` and any sign after a backslash, groups `( )` and `(?: )`, alternatives `|`, `* + ? {n} {n,} {n,m}`,
/// `^ $ \b \B`, and `(?i)` at the start to ignore case.
package struct TextPattern: Sendable, Hashable {
    package let source: String
    let program: [Step]

    /// Reads a pattern; throws what is wrong with it, and where.
    package init(_ source: String) throws(TextPatternError) {
        var reader = PatternReader(source)
        program = PatternCompiler.program(try reader.whole())
        self.source = source
        guard program.count <= TextPattern.sizeLimit
        else { throw TextPatternError(message: "The pattern is too large: it repeats too much", column: 1) }
    }

    package static func == (a: TextPattern, b: TextPattern) -> Bool { a.source == b.source }
    package func hash(into hasher: inout Hasher) { hasher.combine(source) }

    /// Steps of the machine: bounds the work for each character.
    static let sizeLimit = 2000
    static let depthLimit = 50
}

/// Why a text is no pattern; the column counts Unicode code points from 1.
package struct TextPatternError: Error, Sendable, Hashable, CustomStringConvertible {
    package let message: String
    package let column: Int
    package var description: String { "\(message) (column \(column))" }
}

/// One step of the machine. A target is the place of another step.
enum Step: Sendable {
    case read(ScalarSet)
    case both(Int, Int)
    case jump(Int)
    case assert(PatternTree.Place)
    case done
}

extension TextPattern {
    /// Whether the whole text matches.
    package func matches(_ text: String) -> Bool {
        let scalars = Array(text.unicodeScalars)
        var (present, next) = (StateSet(program.count), StateSet(program.count))
        follow(0, at: 0, scalars, &present)
        for (position, scalar) in scalars.enumerated() {
            if present.states.isEmpty { return false }
            for state in present.states {
                if case .read(let set) = program[state], set.contains(scalar) {
                    follow(state + 1, at: position + 1, scalars, &next)
                }
            }
            swap(&present, &next)
            next.clear()
        }
        return present.states.contains { if case .done = program[$0] { true } else { false } }
    }

    /// Adds a state and all that are reached from it without reading.
    private func follow(_ start: Int, at position: Int, _ text: [Unicode.Scalar], _ set: inout StateSet) {
        var open = [start]
        while let state = open.popLast() {
            guard set.insert(state) else { continue }
            switch program[state] {
            case .jump(let target): open.append(target)
            case .both(let first, let second): open += [second, first]
            case .assert(let place): if place.holds(at: position, in: text) { open.append(state + 1) }
            case .read, .done: break
            }
        }
    }
}

extension PatternTree.Place {
    func holds(at position: Int, in text: [Unicode.Scalar]) -> Bool {
        switch self {
        case .start: position == 0
        case .end: position == text.count
        case .wordEdge: isWordEdge(position, text)
        case .noWordEdge: !isWordEdge(position, text)
        }
    }

    private func isWordEdge(_ position: Int, _ text: [Unicode.Scalar]) -> Bool {
        let before = position > 0 && ScalarSet.word.contains(text[position - 1])
        return before != (position < text.count && ScalarSet.word.contains(text[position]))
    }
}

/// States in the order they were reached, each once.
private struct StateSet {
    private(set) var states: [Int] = []
    private var isIn: [Bool]

    init(_ capacity: Int) { isIn = Array(repeating: false, count: capacity) }

    mutating func insert(_ state: Int) -> Bool {
        if isIn[state] { return false }
        isIn[state] = true
        states.append(state)
        return true
    }

    mutating func clear() {
        for state in states { isIn[state] = false }
        states.removeAll(keepingCapacity: true)
    }
}
