/// From the tree of a pattern to the steps of its machine.
struct PatternCompiler {
    private var steps: [Step] = []

    static func program(_ tree: PatternTree) -> [Step] {
        var compiler = PatternCompiler()
        compiler.add(tree)
        compiler.steps.append(.done)
        return compiler.steps
    }

    /// Past the limit nothing more is added: the pattern is refused anyway.
    private var isFull: Bool { steps.count > TextPattern.sizeLimit }

    private mutating func add(_ tree: PatternTree) {
        if isFull { return }
        switch tree {
        case .empty: break
        case .one(let set): steps.append(.read(set))
        case .place(let place): steps.append(.assert(place))
        case .sequence(let parts): for part in parts { add(part) }
        case .choice(let branches): choice(branches)
        case .times(let part, let low, let high): times(part, low, high)
        }
    }

    private mutating func choice(_ branches: [PatternTree]) {
        var ends: [Int] = []
        for branch in branches.dropLast() {
            let fork = reserve()
            add(branch)
            ends.append(reserve())
            steps[fork] = .both(fork + 1, steps.count)
        }
        if let last = branches.last { add(last) }
        for end in ends { steps[end] = .jump(steps.count) }
    }

    private mutating func times(_ part: PatternTree, _ low: Int, _ high: Int?) {
        for _ in 0..<low where !isFull { add(part) }
        guard let high else { return star(part) }
        var forks: [Int] = []
        for _ in low..<high where !isFull {
            forks.append(reserve())
            add(part)
        }
        for fork in forks { steps[fork] = .both(fork + 1, steps.count) }
    }

    private mutating func star(_ part: PatternTree) {
        let fork = reserve()
        add(part)
        steps.append(.jump(fork))
        steps[fork] = .both(fork + 1, steps.count)
    }

    private mutating func reserve() -> Int {
        steps.append(.jump(0))
        return steps.count - 1
    }
}
