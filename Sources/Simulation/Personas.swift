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
        return .object(members)
    }

    /// Nil where a list is missing or empty.
    package init?(json: JSON) {
        func list(_ name: String) -> [String] { (json[name]?.array ?? []).compactMap(\.string) }
        guard let theme = json["theme"]?.string, let seller = json["seller"]?.string,
            Self.lists.allSatisfy({ !list($0.name).isEmpty })
        else { return nil }
        self.init(
            theme: theme, seller: seller, given: list("given"), family: list("family"), heads: list("heads"),
            tails: list("tails"), kinds: list("kinds"), places: list("places"), leaders: list("leaders"),
            managers: list("managers"), specialists: list("specialists"), goods: list("goods"), worries: list("worries"),
            occasions: list("occasions"), farewells: list("farewells"))
    }

    /// SHA-256 of its JSON.
    package var hash: String { SHA256.hash(data: Array(json.description.utf8)).map(hexadecimal).joined() }
}

/// The words of a line.
func words(_ line: String) -> [String] { line.split(separator: " ").map(String.init) }

func hexadecimal(_ byte: UInt8) -> String { String(byte >> 4, radix: 16) + String(byte & 15, radix: 16) }
