/// A pattern as instructions, run from the end of the text to its beginning: for each position, from which instructions can
/// the rest be matched? That takes one pass, whatever the pattern.
struct PatternProgram: Sendable {
    private enum Instruction: Sendable {
        case one(CharacterSet)
        case split(Int, Int)
        case jump(Int)
        case start
        case end
        case boundary(isInverted: Bool)
        /// The program at that position of `aheads` matches here.
        case ahead(Int, isInverted: Bool)
        /// The whole text is matched.
        case done
        /// What a look-ahead asks for is matched, whatever follows.
        case found
    }

    private static let maximumSize = 5_000

    private var instructions: [Instruction] = []
    private var aheads: [PatternProgram] = []

    init(_ tree: PatternTree) throws(FormulaError) {
        try emit(tree)
        instructions.append(.done)
    }

    private init(ahead tree: PatternTree) throws(FormulaError) {
        try emit(tree)
        instructions.append(.found)
    }

    private mutating func emit(_ tree: PatternTree) throws(FormulaError) {
        guard instructions.count < Self.maximumSize else { throw .failure(.badPattern, "The pattern is too large") }
        switch tree {
        case .one(let set): instructions.append(.one(set.ordered))
        case .sequence(let parts): for part in parts { try emit(part) }
        case .either(let branches): try emit(branches[...])
        case .repeated(let body, let least, let most): try emit(body, least, most)
        case .start: instructions.append(.start)
        case .end: instructions.append(.end)
        case .boundary(let isInverted): instructions.append(.boundary(isInverted: isInverted))
        case .ahead(let body, let isInverted):
            aheads.append(try PatternProgram(ahead: body))
            instructions.append(.ahead(aheads.count - 1, isInverted: isInverted))
        }
    }

    private mutating func emit(_ branches: ArraySlice<PatternTree>) throws(FormulaError) {
        guard let first = branches.first else { return }
        if branches.count == 1 { return try emit(first) }
        let split = instructions.count
        instructions.append(.split(split + 1, 0))
        try emit(first)
        let jump = instructions.count
        instructions.append(.jump(0))
        instructions[split] = .split(split + 1, jump + 1)
        try emit(branches.dropFirst())
        instructions[jump] = .jump(instructions.count)
    }

    private mutating func emit(_ body: PatternTree, _ least: Int, _ most: Int?) throws(FormulaError) {
        for _ in 0..<least {
            let size = instructions.count
            try emit(body)
            // A body without instructions matches nothing, however often.
            if instructions.count == size { break }
        }
        guard let most else {
            let split = instructions.count
            instructions.append(.split(split + 1, 0))
            try emit(body)
            instructions.append(.jump(split))
            instructions[split] = .split(split + 1, instructions.count)
            return
        }
        var splits: [Int] = []
        for _ in least..<most {
            splits.append(instructions.count)
            instructions.append(.split(instructions.count + 1, 0))
            try emit(body)
        }
        for split in splits { instructions[split] = .split(split + 1, instructions.count) }
    }

    func matches(_ text: String) -> Bool { run(text.unicodeScalars.map(\.value))[0] }

    /// For each position of the text, whether the program matches from there.
    private func run(_ text: [UInt32]) -> [Bool] {
        let seen = aheads.map { $0.run(text) }
        var result = [Bool](repeating: false, count: text.count + 1)
        let nothing = [Bool](repeating: false, count: instructions.count)
        var (here, after) = (nothing, nothing)
        for position in stride(from: text.count, through: 0, by: -1) {
            var changes = true
            // Loops jump back: their first instruction is known only after a second pass.
            while changes {
                changes = false
                for index in instructions.indices.reversed() where !here[index] {
                    if holds(index, position, text, here, after, seen) { (here[index], changes) = (true, true) }
                }
            }
            result[position] = here[0]
            swap(&here, &after)
            for index in here.indices { here[index] = false }
        }
        return result
    }

    private func holds(
        _ index: Int, _ position: Int, _ text: [UInt32], _ here: [Bool], _ after: [Bool], _ seen: [[Bool]]
    ) -> Bool {
        switch instructions[index] {
        case .one(let set): position < text.count && after[index + 1] && set.contains(text[position])
        case .split(let a, let b): here[a] || here[b]
        case .jump(let target): here[target]
        case .start: position == 0 && here[index + 1]
        case .end: position == text.count && here[index + 1]
        case .boundary(let isInverted): isBoundary(position, text) != isInverted && here[index + 1]
        case .ahead(let program, let isInverted): seen[program][position] != isInverted && here[index + 1]
        case .done: position == text.count
        case .found: true
        }
    }

    private func isBoundary(_ position: Int, _ text: [UInt32]) -> Bool {
        let before = position > 0 && CharacterSet.word.contains(text[position - 1])
        let after = position < text.count && CharacterSet.word.contains(text[position])
        return before != after
    }
}
