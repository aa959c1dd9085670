import Values

/// A place for some words. What they are about is decided; a writer is to find them.
struct Slot: Sendable, Hashable, Identifiable {
    enum Kind: String, Sendable, CaseIterable { case given, family, head, kind, goods, occasion, farewell, title, worry }

    let kind: Kind
    /// From 1.
    let number: Int
    /// What is decided of it, for the writer; empty for nothing.
    let wish: String
    /// What the words must match as a whole: part of the schema, and checked again here.
    let pattern: String

    var id: String { kind.rawValue + String(number) }
}

extension Slot.Kind {
    /// Those that a story has use for: consumers have no company, and no title in it.
    static func of(_ scenario: Scenario) -> [Slot.Kind] {
        scenario == .b2b ? allCases : allCases.filter { ![.head, .kind, .title].contains($0) }
    }

    /// How many there are in the smallest pack. Titles and worries come in pairs: a persona each.
    var count: Int {
        switch self {
        case .given, .family: 24
        case .head: 20
        case .title, .worry: 12
        case .kind, .goods: 8
        case .occasion, .farewell: 6
        }
    }

    /// In characters.
    var longest: Int {
        switch self {
        case .given, .family, .head: 14
        case .kind: 30
        case .goods, .farewell: 40
        case .title: 48
        case .occasion: 50
        case .worry: 100
        }
    }

    /// - Parameter letter: with which it begins; only names have one.
    func pattern(_ letter: Character) -> String {
        switch self {
        case .given, .family, .head: "^\(letter)[a-z]{2,12}$"
        case .kind: "^[A-Z][a-z]{2,13}( [A-Z][a-z]{2,13})?$"
        case .goods: "^([a-z]{2,14} ){0,2}[a-z]{2,13}s$"
        case .occasion: "^(a|an|the) [a-z][A-Za-z ',-]{4,44}$"
        case .farewell: "^[A-Z][A-Za-z ',]{3,38}$"
        case .title: "^[A-Z][A-Za-z]{1,17}( [A-Za-z]{2,14}){0,4}$"
        case .worry: "^[a-z][A-Za-z0-9 ',-]{12,98}$"
        }
    }

    var beginsWithLetter: Bool { [.given, .family, .head].contains(self) }

    /// The words that a theme has for it by itself.
    func words(_ theme: Pack) -> [String] {
        switch self {
        case .given: theme.given
        case .family: theme.family
        case .head: theme.heads
        case .kind: theme.kinds
        case .goods: theme.goods
        case .occasion: theme.occasions
        case .farewell: theme.farewells
        case .title: theme.leaders + theme.managers + theme.specialists
        case .worry: theme.worries
        }
    }
}
