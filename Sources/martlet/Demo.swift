import Engine
import ObjectQL
import Values

/// Fills an empty database with a year of a believable sales organisation, through the engine: rules and triggers run.
struct Demo {
    private static let seed: UInt64 = 20_240_229

    let engine: Engine
    let now: Instant

    init(_ engine: Engine, now: Instant = .wallClock) { (self.engine, self.now) = (engine, now) }

    /// Does nothing where there are accounts already.
    func fill(_ progress: Progress = Progress()) async throws {
        guard try await isEmpty() else { return }
        defer { progress.end() }
        var player = Player(engine)
        let year = Story.year(until: now, seed: Self.seed)
        for (index, scene) in year.enumerated() {
            try await player.play(scene)
            progress.show(index * 4 / 5, of: year.count, "Making demo data")
        }
        let rest = try await Aftermath(engine, now: now, seed: Self.seed).scenes()
        for (index, scene) in rest.enumerated() {
            try await player.play(scene)
            progress.show(rest.count * 4 + index, of: rest.count * 5, "Making demo data")
        }
    }

    private func isEmpty() async throws -> Bool {
        let query = try Query(json: ["object": "Account", "fields": ["Id"], "limit": 1, "deleted": true])
        return try await engine.read(query, as: .administrator()).count == 0
    }
}
