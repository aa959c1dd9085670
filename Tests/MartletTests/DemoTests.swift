import Engine
import Testing
import Values

@testable import martlet

@Suite struct `The demo data` {
    private static let somedays = [
        "2026-01-01T00:00:05Z", "2026-03-09T13:30:00Z", "2028-02-29T23:59:00Z", "2027-07-04T06:00:00Z",
        "2026-11-21T05:58:00Z",
    ]

    @Test(arguments: somedays)
    func `name no record before it is made, whatever the day`(text: String) throws {
        let now = try #require(Instant(text))
        for seed in [1, 2, 3, 4, 20_240_229] { try expectMade(in: Story.year(until: now, seed: UInt64(seed))) }
    }

    private func expectMade(in scenes: [Story.Scene]) throws {
        var made: Set<String> = []
        for scene in scenes {
            let (values, reference) = scene.request.contents
            for (name, value) in values {
                guard let text = value.string, text.hasPrefix("@") else { continue }
                let isMade = made.contains(text)
                #expect(isMade, "\(scene.request.object).\(name) names \(text) at \(scene.at)")
            }
            if let reference { made.insert("@" + reference) }
        }
        #expect(made.count > 400)
    }

    @Test(arguments: somedays) func `lie in the past, within a little more than a year`(text: String) throws {
        let now = try #require(Instant(text))
        let scenes = Story.year(until: now, seed: 1)
        #expect(scenes.allSatisfy { $0.at < now })
        #expect(try #require(scenes.first).at.day >= now.day - 380)
        #expect(zip(scenes, scenes.dropFirst()).allSatisfy { $0.at <= $1.at })
    }

    @Test func `are the same for the same seed and time`() throws {
        let now = try #require(Instant(Self.somedays[1]))
        let (a, b) = (Story.year(until: now, seed: 7), Story.year(until: now, seed: 7))
        #expect(a.map(\.at) == b.map(\.at))
        #expect(a.map(\.request.contents.values) == b.map(\.request.contents.values))
        #expect(Story.year(until: now, seed: 8).map(\.at) != a.map(\.at))
    }

    @Test func `use addresses and numbers that belong to nobody`() throws {
        let now = try #require(Instant(Self.somedays[1]))
        for scene in Story.year(until: now, seed: 1) {
            for (name, value) in scene.request.contents.values {
                if name.hasSuffix("Email") { #expect(value.isNull || value.string?.hasSuffix(".example") == true) }
                if name == "Phone" { #expect(value.string?.contains(" 555-01") == true) }
            }
        }
    }

    @Test func `leave no place in their texts unfilled`() throws {
        let now = try #require(Instant(Self.somedays[1]))
        for scene in Story.year(until: now, seed: 1) {
            for (_, value) in scene.request.contents.values { #expect(value.string?.contains("{") != true) }
        }
    }
}

extension WriteRequest {
    /// Its values, the id it names among them, and the reference it makes.
    fileprivate var contents: (values: JSON.Members, reference: String?) {
        switch self {
        case .create(_, let values, let reference): return (values, reference)
        case .update(_, let id, var values, _):
            values["Id"] = .string(id)
            return (values, nil)
        default: return ([:], nil)
        }
    }
}
