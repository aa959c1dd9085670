package import Engine

/// The batches in which one worker would carry out a simulation, without carrying out anything: what its machinery costs beside its
/// records is measured against these.
package struct Rehearsal: Sendable {
    package typealias Batch = (requests: [WriteRequest], occasions: [Occasion])

    private let scene: Scene

    init(_ scene: Scene) { self.scene = scene }

    package var chunkCount: Int { scene.plan.chunkCount }

    /// The steps of a chunk in the order in which they are written.
    package func batches(of chunk: Int, size: Int) -> [Batch] {
        let timeline = Timeline(scene.plan.chunk(chunk), scene)
        return stride(from: 0, to: timeline.entries.count, by: size).map { start in
            let entries = timeline.entries[start..<min(start + size, timeline.entries.count)]
            let stories = Dictionary(grouping: entries, by: \.story).sorted { $0.key < $1.key }
            let steps = waves(stories.map { $0.value.map(timeline.step) })
            return (steps.map(\.request), steps.map(scene.occasion))
        }
    }
}

extension Simulations {
    package func rehearsal(of id: String) async throws -> Rehearsal { Rehearsal(try await scene(of: try await known(id))) }
}
