import Values

/// Which pack is meant. Orders that are alike get the same one.
package struct PackOrder: Sendable, Hashable {
    package let theme: String
    package let industry: String
    package let scenario: Scenario
    package let size: PackSize
    /// Which of many alike.
    package let seed: Int
    /// Who writes it.
    package let writer: String

    /// The form of packs and of the questions for them: to be counted up with either, so that packs of another form are other packs.
    static let version = 1
    static let locale = "en"

    init(_ order: Order, writer: String) {
        (theme, industry, scenario) = (order.theme, order.industry, order.scenario)
        (size, seed, self.writer) = (PackSize(for: order.total), order.packSeed, writer)
    }

    /// The hash of all that the words depend on.
    package var key: String { sha256(json.description) }

    var json: JSON {
        [
            "theme": .string(theme), "industry": .string(industry), "scenario": .string(scenario.rawValue),
            "size": .string(size.rawValue), "seed": .whole(seed), "writer": .string(writer), "locale": .string(Self.locale),
            "version": .whole(Self.version),
        ]
    }

    init?(json: JSON) {
        func text(_ name: String) -> String? { json[name]?.string }
        guard let theme = text("theme"), let industry = text("industry"), let writer = text("writer"),
            let scenario = text("scenario").flatMap(Scenario.init), let size = text("size").flatMap(PackSize.init),
            let seed = json["seed"]?.number?.integer
        else { return nil }
        (self.theme, self.industry, self.scenario, self.size) = (theme, industry, scenario, size)
        (self.seed, self.writer) = (seed, writer)
    }
}

/// How many words a pack has. The more people are to be named, the more of them.
package enum PackSize: String, Sendable {
    case small, medium, large

    init(for stories: Int) {
        switch stories {
        case ...100: self = .small
        case ...1000: self = .medium
        default: self = .large
        }
    }

    var factor: Int {
        switch self {
        case .small: 1
        case .medium: 2
        case .large: 4
        }
    }
}
