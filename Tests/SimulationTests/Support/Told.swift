import Engine
import Foundation
import Metadata
import Simulation
import Values

/// Stories told for a test, and what stands in them.
struct Told {
    let stories: [Story]
    let setting: Setting

    init(
        _ industry: String = "SaaS", _ scenario: Scenario = .b2b, theme: String = "Rock Band", count: Int, seed: UInt64 = 5,
        years: Int = 6
    ) async throws {
        let industries = Industries.load(IndustriesTests.shipped).industries ?? Industries(all: [])
        let window = Window(Instant(day(2026, 1, 1)), Instant(day(2026 + years, 1, 1)), seed: seed)
        let setting = Setting(
            try industries.industry(industry, scenario), try Pack.named(theme), over: window, count: count, key: "told")
        self.setting = setting
        var stories: [Story] = []
        for index in 0..<count {
            stories.append(Story.tell(index, from: Self.arrival(of: index, in: setting.window, count), in: setting))
            // Other tests hold locks meanwhile, and are to get on.
            await Task.yield()
        }
        self.stories = stories
    }

    func arrival(of index: Int) -> Instant { Self.arrival(of: index, in: setting.window, stories.count) }

    /// All begin within the first year, so that their ends lie within the window.
    private static func arrival(of index: Int, in window: Window, _ count: Int) -> Instant {
        window.start + Int64(index) * 300 * 86_400_000_000 / Int64(count)
    }

    var steps: [Story.Step] { stories.flatMap(\.steps) }

    /// The values of the records made of one object, with their ids and moments.
    func made(_ object: String) -> [(id: String, at: Instant, values: JSON.Members)] {
        steps.compactMap { step in
            guard case .create(object, let values, _) = step.request else { return nil }
            return (step.ids.id(at: step.due), step.due, values)
        }
    }

    /// The changes of one object's records.
    func changes(_ object: String) -> [(id: String, at: Instant, values: JSON.Members)] {
        steps.compactMap { step in
            guard case .update(object, let id, let values, _) = step.request else { return nil }
            return (id, step.due, values)
        }
    }
}

extension WriteRequest {
    var values: JSON.Members {
        switch self {
        case .create(_, let values, _), .update(_, _, let values, _), .upsert(_, let values, _, _): values
        case .delete, .undelete: [:]
        }
    }
}

func median(_ numbers: [Double]) -> Double { numbers.isEmpty ? .nan : numbers.sorted()[numbers.count / 2] }

func mean(_ numbers: [Double]) -> Double { numbers.reduce(0, +) / Double(max(1, numbers.count)) }

/// How far a share of so many may lie from its probability: three and a half deviations.
func band(_ probability: Double, of count: Int) -> Double {
    3.5 * (probability * (1 - probability) / Double(max(1, count))).squareRoot()
}
