/// A pattern as instructions, run from the end of the text to its beginning: for each position, from which instructions can
/// the rest be matched? That takes one pass, and for each character as many steps as there are such instructions.
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

    /// Instructions, with those of look-aheads.
    private static let maximumSize = 5_000

    private var instructions: [Instruction] = []
    private var aheads: [PatternProgram] = []
    /// For each look-ahead, where its program is: one that is repeated is run once.
    private var programs: [Int: Int] = [:]
    private var size: Int { aheads.reduce(instructions.count) { $0 + $1.size } }
    /// For each instruction, those that go on there without a character.
    private var before: [[Int]] = []

    init(_ tree: PatternTree) throws(FormulaError) { try self.init(tree, last: .done) }

    private init(_ tree: PatternTree, last: Instruction) throws(FormulaError) {
        try emit(tree)
        instructions.append(last)
        guard size <= Self.maximumSize else { throw Self.tooLarge }
        before = Array(repeating: [], count: instructions.count)
        for index in instructions.indices { for target in targets(index) { before[target].append(index) } }
    }

    private static let tooLarge = FormulaError.failure(.badPattern, "The pattern is too large")

    private mutating func emit(_ tree: PatternTree) throws(FormulaError) {
        guard instructions.count < Self.maximumSize else { throw Self.tooLarge }
        switch tree {
        case .one(let set): instructions.append(.one(set))
        case .sequence(let parts): for part in parts { try emit(part) }
        case .either(let branches): try emit(branches[...])
        case .repeated(let body, let least, let most): try emit(body, least, most)
        case .start: instructions.append(.start)
        case .end: instructions.append(.end)
        case .boundary(let isInverted): instructions.append(.boundary(isInverted: isInverted))
        case .ahead(let body, let isInverted, let number):
            if programs[number] == nil {
                programs[number] = aheads.count
                aheads.append(try PatternProgram(body, last: .found))
            }
            instructions.append(.ahead(programs[number] ?? 0, isInverted: isInverted))
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

    /// Where an instruction goes on at the same position.
    private func targets(_ index: Int) -> [Int] {
        switch instructions[index] {
        case .split(let a, let b): [a, b]
        case .jump(let target): [target]
        case .start, .end, .boundary, .ahead: [index + 1]
        case .one, .done, .found: []
        }
    }

    func matches(_ text: String) -> Bool { run(text.unicodeScalars.map(\.value))[0] }

    /// For each position of the text, whether the program matches from there.
    private func run(_ text: [UInt32]) -> [Bool] {
        let seen = aheads.map { $0.run(text) }
        var result = [Bool](repeating: false, count: text.count + 1)
        var (here, after) = (InstructionSet(instructions.count), InstructionSet(instructions.count))
        for position in stride(from: text.count, through: 0, by: -1) {
            if endsAnywhere || position == text.count { here.insert(instructions.count - 1) }
            for index in after.members where index > 0 {
                if case .one(let set) = instructions[index - 1], set.contains(text[position]) { here.insert(index - 1) }
            }
            spread(&here, position, text, seen)
            result[position] = here.contains(0)
            swap(&here, &after)
            here.removeAll()
        }
        return result
    }

    private var endsAnywhere: Bool { if case .found? = instructions.last { true } else { false } }

    /// Adds the instructions from which those in the set are reached without a character.
    private func spread(_ here: inout InstructionSet, _ position: Int, _ text: [UInt32], _ seen: [[Bool]]) {
        var next = 0
        while next < here.members.count {
            for index in before[here.members[next]] where passes(index, position, text, seen) { here.insert(index) }
            next += 1
        }
    }

    private func passes(_ index: Int, _ position: Int, _ text: [UInt32], _ seen: [[Bool]]) -> Bool {
        switch instructions[index] {
        case .start: position == 0
        case .end: position == text.count
        case .boundary(let isInverted): isBoundary(position, text) != isInverted
        case .ahead(let program, let isInverted): seen[program][position] != isInverted
        default: true
        }
    }

    private func isBoundary(_ position: Int, _ text: [UInt32]) -> Bool {
        let before = position > 0 && CharacterSet.word.contains(text[position - 1])
        let after = position < text.count && CharacterSet.word.contains(text[position])
        return before != after
    }
}

/// Some of the first numbers, in the order in which they came.
private struct InstructionSet {
    private(set) var members: [Int] = []
    private var isMember: [Bool]

    init(_ count: Int) { isMember = Array(repeating: false, count: count) }

    func contains(_ index: Int) -> Bool { isMember[index] }

    mutating func insert(_ index: Int) {
        guard !isMember[index] else { return }
        isMember[index] = true
        members.append(index)
    }

    mutating func removeAll() {
        for index in members { isMember[index] = false }
        members.removeAll(keepingCapacity: true)
    }
}
