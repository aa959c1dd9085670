package import Engine
import Values

/// The batches in which one worker would carry out a simulation, without carrying out anything: what its machinery costs beside its
/// records is measured against these.
package struct Rehearsal: Sendable {
    package typealias Batch = (requests: [WriteRequest], occasions: [Occasion])

    private let scene: Scene

    init(_ scene: Scene) { self.scene = scene }

    package var chunkCount: Int { scene.plan.chunkCount }

    /// The steps of a chunk in the order in which they are written, told part by part.
    package func batches(of chunk: Int, size: Int) async -> [Batch] {
        var timeline = Timeline(untold: scene.plan.chunk(chunk), scene)
        var (batches, cursor): ([Batch], Int) = ([], 0)
        while timeline.next(at: cursor) != nil {
            timeline = await timeline.told(size, behind: cursor, by: .latest)
            let places = timeline.due(from: cursor, by: .latest, atMost: size)
            let stories = Dictionary(grouping: timeline.entries[places], by: \.story).sorted { $0.key < $1.key }
            let steps = waves(stories.map { $0.value.map(timeline.step) })
            batches.append((steps.map(\.request), steps.map(scene.occasion)))
            cursor = places.upperBound
        }
        return batches
    }
}

extension Simulations {
    package func rehearsal(of id: String) async throws -> Rehearsal { Rehearsal(try await scene(of: try await known(id))) }
}
