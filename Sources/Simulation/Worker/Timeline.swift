import Values

/// The steps of a chunk's stories in the order of time. The same chunk gives the same steps, so a place in it is all that has to be
/// remembered.
///
/// No story has a step before the moment it arrives, so the first steps of a chunk are known when its first stories are told. The
/// others are told when it is their turn: in a thousand lives there is much to tell, and somebody may wait for the first record.
struct Timeline: Sendable {
    struct Entry: Sendable {
        let due: Instant
        /// Which of the chunk's stories, and which of its steps.
        let story: Int32
        let step: Int32
    }

    private let chunk: Chunk
    private let scene: Scene
    /// Those that are told.
    private(set) var stories: [Story] = []
    /// All steps of these; from `settled` on, others may come between them.
    private(set) var entries: [Entry] = []
    private(set) var settled = 0

    /// Of which nothing is told.
    init(untold chunk: Chunk, _ scene: Scene) { (self.chunk, self.scene) = (chunk, scene) }

    /// Of which all is told.
    init(_ chunk: Chunk, _ scene: Scene) {
        self.init(untold: chunk, scene)
        add(Self.stories(chunk.dues.indices, of: chunk, scene))
    }

    /// When the first story arrives that is not told; nil where all are.
    private var horizon: Instant? { stories.count < chunk.dues.count ? chunk.dues[stories.count] : nil }

    /// When there may be something to do behind a cursor; nil at the end of the chunk.
    func next(at cursor: Int) -> Instant? { cursor < settled ? entries[cursor].due : horizon }

    func step(_ entry: Entry) -> Story.Step { stories[Int(entry.story)].steps[Int(entry.step)] }

    /// The places from a cursor on that are due, at most so many.
    func due(from cursor: Int, by moment: Instant, atMost limit: Int) -> Range<Int> {
        var end = cursor
        while end < settled, end - cursor < limit, entries[end].due <= moment { end += 1 }
        return cursor..<end
    }
}

// MARK: Telling

extension Timeline {
    /// The same with at least so many steps told behind a cursor, or all that are due by a moment.
    func told(_ count: Int, behind cursor: Int, by moment: Instant) async -> Timeline {
        var timeline = self
        func isEnough(_ horizon: Instant) -> Bool {
            timeline.settled >= cursor && (horizon > moment || timeline.settled >= cursor + count)
        }
        while let horizon = timeline.horizon, !isEnough(horizon) { await timeline.tellMore() }
        return timeline
    }

    /// A sixteenth of the chunk, then as many stories as there are, side by side.
    private mutating func tellMore() async {
        let (chunk, scene, size) = (chunk, scene, 32)
        let places = stories.count..<min(stories.count + max(stories.count, chunk.dues.count / 16, 1), chunk.dues.count)
        let parts = await withTaskGroup(of: (Int, [Story]).self) { group in
            for start in stride(from: places.lowerBound, to: places.upperBound, by: size) {
                group.addTask { (start, Self.stories(start..<min(start + size, places.upperBound), of: chunk, scene)) }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        add(parts.sorted { $0.0 < $1.0 }.flatMap(\.1))
    }

    private static func stories(_ places: Range<Int>, of chunk: Chunk, _ scene: Scene) -> [Story] {
        places.map { scene.tell(chunk.first + $0, chunk.dues[$0], scene.setting) }
    }

    private mutating func add(_ told: [Story]) {
        var open = Array(entries[settled...])
        for (place, story) in zip(stories.count..., told) {
            for (step, told) in story.steps.enumerated() {
                open.append(Entry(due: told.due, story: Int32(place), step: Int32(step)))
            }
        }
        open.sort { ($0.due, $0.story, $0.step) < ($1.due, $1.story, $1.step) }
        stories += told
        entries.replaceSubrange(settled..., with: open)
        settled += horizon.map { horizon in open.prefix { $0.due < horizon }.count } ?? open.count
    }
}
