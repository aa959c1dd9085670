/// A pack's personas by level, in an order that the seed decides: of each level, nobody comes again before all have come.
struct Characters: Sendable {
    private let levels: [Persona.Level: (personas: [Persona], order: Permutation)]

    init(_ pack: Pack, seed: UInt64) {
        levels = Dictionary(grouping: pack.personas, by: \.level).mapValues { personas in
            (personas, Permutation(size: personas.count, seed: seed, Purpose("characters")))
        }
    }

    /// Nil where the pack has none of that level.
    subscript(level: Persona.Level, number: Int) -> Persona? {
        levels[level].map { $0.personas[$0.order[number]] }
    }
}

extension Persona.Level {
    /// How many of them a story has, as a rule: where the numbers of the next story's begin.
    var usual: Int {
        switch self {
        case .leader: 1
        case .manager: 2
        case .specialist: 3
        }
    }
}
