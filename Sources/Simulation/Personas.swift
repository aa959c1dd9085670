import Crypto
package import Engine
package import Values

/// The words of a theme, from which companies, people and what they say are made. Immutable: its hash is its name.
package struct Pack: Sendable, Hashable {
    package let theme: String
    /// Who sells: the company whose CRM it is.
    package let seller: String
    package let given: [String]
    package let family: [String]
    /// A company is a head, a tail (written on where it begins small) and a kind: `Amberbridge Partners`.
    package let heads: [String]
    package let tails: [String]
    package let kinds: [String]
    /// `City, Country`.
    package let places: [String]
    /// Titles of those who decide, who manage and who do the work.
    package let leaders: [String]
    package let managers: [String]
    package let specialists: [String]
    /// What is bought, in the plural.
    package let goods: [String]
    /// What troubles a customer: a clause that can follow "at present".
    package let worries: [String]
    /// Where one met: a noun with its article.
    package let occasions: [String]
    /// The last line of a letter.
    package let farewells: [String]
    /// Characters of those who buy; people have no other than their level's titles where there are none.
    package var personas: [Persona] = []
}

/// What sets a buyer apart: decided by the seed, put into words by a language model.
package struct Persona: Sendable, Hashable {
    package enum Level: String, Sendable, CaseIterable { case leader, manager, specialist }

    package let level: Level
    /// What they want of a purchase.
    package let motive: String
    /// How they speak.
    package let tone: String
    package let title: String
    /// A clause that can follow "at present".
    package let worry: String

    package init(level: Level, motive: String, tone: String, title: String, worry: String) {
        (self.level, self.motive, self.tone, self.title, self.worry) = (level, motive, tone, title, worry)
    }
}

extension Pack {
    package static let themes = [
        plainBusiness, rockBand, spaceOpera, shakespeare, noir, pirates, mythology, arthurian, philosophers, scientists,
        explorers, composers, wildWest, cyberpunk, cuisine, fairyTale,
    ]

    /// The offline pack of a theme; the problem suggests one.
    package static func named(_ theme: String) throws(Problem) -> Pack {
        if let pack = themes.first(where: { $0.theme.lowercased() == theme.lowercased() }) { return pack }
        let names = themes.map(\.theme)
        throw .setting(
            "theme", "There is no theme \"\(theme)\"",
            hint: suggestion(for: theme, among: names).map { "Did you mean \($0)?" }
                ?? "The themes are \(names.joined(separator: ", "))")
    }

    /// Its lists by their names in JSON.
    static let lists: [(name: String, path: any KeyPath<Pack, [String]> & Sendable)] = [
        ("given", \.given), ("family", \.family), ("heads", \.heads), ("tails", \.tails), ("kinds", \.kinds),
        ("places", \.places), ("leaders", \.leaders), ("managers", \.managers), ("specialists", \.specialists),
        ("goods", \.goods), ("worries", \.worries), ("occasions", \.occasions), ("farewells", \.farewells),
    ]

    package var json: JSON {
        var members: JSON.Members = ["theme": .string(theme), "seller": .string(seller)]
        for (name, path) in Self.lists { members[name] = .array(self[keyPath: path].map(JSON.string)) }
        if !personas.isEmpty { members["personas"] = .array(personas.map(\.json)) }
        return .object(members)
    }

    /// Nil where a list is missing or empty, or a persona is none.
    package init?(json: JSON) {
        func list(_ name: String) -> [String] { (json[name]?.array ?? []).compactMap(\.string) }
        let personas = json["personas"]?.array ?? []
        guard let theme = json["theme"]?.string, let seller = json["seller"]?.string,
            Self.lists.allSatisfy({ !list($0.name).isEmpty }), personas.allSatisfy({ Persona(json: $0) != nil })
        else { return nil }
        self.init(
            theme: theme, seller: seller, given: list("given"), family: list("family"), heads: list("heads"),
            tails: list("tails"), kinds: list("kinds"), places: list("places"), leaders: list("leaders"),
            managers: list("managers"), specialists: list("specialists"), goods: list("goods"), worries: list("worries"),
            occasions: list("occasions"), farewells: list("farewells"), personas: personas.compactMap(Persona.init))
    }

    /// SHA-256 of its JSON.
    package var hash: String { sha256(json.description) }
}

extension Persona {
    fileprivate init?(json: JSON) {
        func text(_ name: String) -> String? { json[name]?.string }
        guard let level = text("level").flatMap(Level.init), let motive = text("motive"), let tone = text("tone"),
            let title = text("title"), let worry = text("worry")
        else { return nil }
        self.init(level: level, motive: motive, tone: tone, title: title, worry: worry)
    }

    fileprivate var json: JSON {
        [
            "level": .string(level.rawValue), "motive": .string(motive), "tone": .string(tone), "title": .string(title),
            "worry": .string(worry),
        ]
    }
}

/// The words of a line.
func words(_ line: String) -> [String] { line.split(separator: " ").map(String.init) }

/// In hexadecimal digits.
func sha256(_ text: String) -> String { SHA256.hash(data: Array(text.utf8)).map(hexadecimal).joined() }

func hexadecimal(_ byte: UInt8) -> String { String(byte >> 4, radix: 16) + String(byte & 15, radix: 16) }
