import Engine
import Values

/// A pack before anything is written: all that the seed decides, and the slots for the rest.
struct Blank: Sendable {
    /// A persona without words.
    struct Sketch: Sendable {
        let level: Persona.Level
        let motive: String
        let tone: String
        let place: String
    }

    let order: PackOrder
    let theme: Pack
    let sketches: [Sketch]
    /// The slots of each question: 20 to 40.
    let sheets: [[Slot]]

    var slots: [Slot] { sheets.flatMap(\.self) }

    private static let motives = [
        "saving money", "saving time", "taking no risk", "growing", "impressing others", "peace and quiet", "keeping the rules",
        "trying what is new",
    ]
    private static let tones = ["dry", "warm", "blunt", "anxious", "proud", "cheerful"]
    /// Letters with which enough names begin.
    private static let letters = Array("ABCDEFGHIJKLMNOPRSTVW")
    private static let fullSheet = 36

    init(_ order: PackOrder) throws(Problem) {
        let theme = try Pack.named(order.theme)
        let sketches = Self.sketches(order, theme)
        let slots = Slot.Kind.of(order.scenario).flatMap { Self.slots($0, order, sketches) }
        let count = (slots.count + Self.fullSheet - 1) / Self.fullSheet
        (self.order, self.theme, self.sketches) = (order, theme, sketches)
        sheets = (0..<count).map { Array(slots[slots.count * $0 / count..<slots.count * ($0 + 1) / count]) }
    }

    /// Every level with every motive and tone in turn, none twice before all have come.
    private static func sketches(_ order: PackOrder, _ theme: Pack) -> [Sketch] {
        let seed = UInt64(order.seed)
        let grid = Permutation(size: motives.count * tones.count, seed: seed, Purpose("pack personas"))
        let places = Permutation(size: theme.places.count, seed: seed, Purpose("pack places"))
        let levels = Persona.Level.allCases
        return (0..<Slot.Kind.title.count * order.size.factor).map { number in
            let cell = grid[number]
            return Sketch(
                level: levels[number % levels.count], motive: motives[cell % motives.count], tone: tones[cell / motives.count],
                place: String(theme.places[places[number]].prefix { $0 != "," }))
        }
    }

    private static func slots(_ kind: Slot.Kind, _ order: PackOrder, _ sketches: [Sketch]) -> [Slot] {
        let shift = Slot.Kind.allCases.firstIndex(of: kind) ?? 0
        let order = (
            order.size.factor, Permutation(size: letters.count, seed: UInt64(order.seed &+ shift), Purpose("pack letters"))
        )
        return (0..<kind.count * order.0).map { number in
            let letter = letters[order.1[number]]
            let wish =
                switch kind {
                case .given, .family, .head: "begins with \(letter)"
                case .title, .worry: sketches[number].wish
                default: ""
                }
            return Slot(kind: kind, number: number + 1, wish: wish, pattern: kind.pattern(letter))
        }
    }
}

extension Blank.Sketch {
    var wish: String { "a \(level.rawValue) from \(place), cares for \(motive), speaks in a \(tone) tone" }
}

extension Blank {
    /// The pack with what was written. What was not is filled from the theme's own words.
    func pack(_ written: [Slot.ID: String]) -> Pack {
        let slots = Dictionary(grouping: slots, by: \.kind)
        func list(_ kind: Slot.Kind) -> [String] {
            let wanted = slots[kind] ?? []
            let words = wanted.compactMap { written[$0.id] }
            let known = Set(words.map { $0.lowercased() })
            let own = kind.words(theme).filter { !known.contains($0.lowercased()) }
            return wanted.isEmpty ? own : words + own.prefix(wanted.count - words.count)
        }
        let personas = sketches.enumerated().map { number, sketch in
            Persona(
                level: sketch.level, motive: sketch.motive, tone: sketch.tone,
                title: written["title\(number + 1)"] ?? turn(number, theme.titles(sketch.level)),
                worry: written["worry\(number + 1)"] ?? turn(number, theme.worries))
        }
        func titles(_ level: Persona.Level) -> [String] { personas.filter { $0.level == level }.map(\.title).unique }
        return Pack(
            theme: theme.theme, seller: theme.seller, given: list(.given), family: list(.family), heads: list(.head),
            tails: theme.tails, kinds: list(.kind), places: theme.places, leaders: titles(.leader), managers: titles(.manager),
            specialists: titles(.specialist), goods: list(.goods), worries: personas.map(\.worry).unique,
            occasions: list(.occasion), farewells: list(.farewell), personas: personas)
    }

    private func turn(_ number: Int, _ words: [String]) -> String { words[number % words.count] }
}

extension Pack {
    fileprivate func titles(_ level: Persona.Level) -> [String] {
        switch level {
        case .leader: leaders
        case .manager: managers
        case .specialist: specialists
        }
    }
}

extension [String] {
    /// Each once, at its first place.
    fileprivate var unique: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
