import Values

/// The steps of a chunk's stories in the order of time. The same chunk gives the same steps, so a place in it is all that has to be
/// remembered.
struct Timeline: Sendable {
    struct Entry: Sendable {
        let due: Instant
        /// Which of the chunk's stories, and which of its steps.
        let story: Int32
        let step: Int32
    }

    let entries: [Entry]
    let stories: [Story]

    init(_ chunk: Chunk, _ scene: Scene) {
        self.init(Timeline.stories(chunk.dues.indices, of: chunk, scene))
    }

    /// The same, told side by side: somebody may wait for the first of a thousand lives.
    static func tell(_ chunk: Chunk, _ scene: Scene) async -> Timeline {
        let size = 128
        let parts = await withTaskGroup(of: (Int, [Story]).self) { group in
            for start in stride(from: 0, to: chunk.dues.count, by: size) {
                group.addTask {
                    (start, stories(start..<min(start + size, chunk.dues.count), of: chunk, scene))
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        return Timeline(parts.sorted { $0.0 < $1.0 }.flatMap(\.1))
    }

    private static func stories(_ places: Range<Int>, of chunk: Chunk, _ scene: Scene) -> [Story] {
        places.map { scene.tell(chunk.first + $0, chunk.dues[$0], scene.setting) }
    }

    private init(_ stories: [Story]) {
        self.stories = stories
        var entries: [Entry] = []
        entries.reserveCapacity(stories.reduce(0) { $0 + $1.steps.count })
        for (place, story) in stories.enumerated() {
            for (step, told) in story.steps.enumerated() {
                entries.append(Entry(due: told.due, story: Int32(place), step: Int32(step)))
            }
        }
        self.entries = entries.sorted { ($0.due, $0.story, $0.step) < ($1.due, $1.story, $1.step) }
    }

    func step(_ entry: Entry) -> Story.Step { stories[Int(entry.story)].steps[Int(entry.step)] }

    /// The places from a cursor on that are due, at most so many.
    func due(from cursor: Int, by moment: Instant, atMost limit: Int) -> Range<Int> {
        var end = cursor
        while end < entries.count, end - cursor < limit, entries[end].due <= moment { end += 1 }
        return cursor..<end
    }
}
