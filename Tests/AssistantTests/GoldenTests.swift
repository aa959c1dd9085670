import Assistant
import Foundation
import PostgresCluster
import Testing
import Values

@Suite struct `An offline briefing` {
    /// `REWRITE_GOLDENS=1` writes the files anew, and fails once more so that nobody forgets to read them.
    @Test(arguments: Story.allCases, DatabaseKind.allCases)
    func `reads as it was reviewed`(story: Story, kind: DatabaseKind) async throws {
        let text = try await World.run(on: kind) { world in
            let (object, id) = try await story.tell(world)
            return try await world.brief(object, id).page
        }
        let file = repository.appending(path: "Tests/AssistantTests/Goldens/\(story.rawValue).txt")
        let written = try? String(contentsOf: file, encoding: .utf8)
        if ProcessInfo.processInfo.environment["REWRITE_GOLDENS"] != nil {
            try text.write(to: file, atomically: true, encoding: .utf8)
        }
        #expect(text == written, "run the tests with REWRITE_GOLDENS=1, and read \(story.rawValue).txt")
    }
}

extension Briefing {
    /// The briefing as a page to be read.
    var page: String {
        """
        \(summary)

        Next steps
        \(nextSteps.map { "- " + $0 }.joined(separator: "\n"))

        Talking points
        \(talkingPoints.map { "- " + $0 }.joined(separator: "\n"))

        \(sentiment.rawValue), \(engagementScore)
        \(reasoning)

        Citations
        \(citations.map { "\($0.object).\($0.field) = \($0.value.shown)" }.uniqued.joined(separator: "\n"))

        """
    }
}

extension JSON {
    /// Ids are new each time.
    fileprivate var shown: String { string.flatMap { RecordID.canonical($0) } == nil ? description : "an id" }
}

extension [String] {
    fileprivate var uniqued: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
