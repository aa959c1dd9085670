import PostgresCluster
import Simulation
import Testing
import Values

/// What one worker writes that nobody disturbs: the measure of everything that others write, however they are disturbed.
actor Clean {
    static let shared = Clean()

    private var runs: [String: Task<[String], any Error>] = [:]

    func content(of play: JSON) async throws -> [String] {
        let run = runs[play.description] ?? Task { try await Clean.run(play) }
        runs[play.description] = run
        return try await run.value
    }

    private static func run(_ play: JSON) async throws -> [String] {
        var content: [String] = []
        try await Theatre.run(on: [.sqlite], writer: Scribe()) { theatre in
            let id = try await theatre.begin(play)
            try await theatre.drain()
            #expect(try await theatre.state(id) == "Completed")
            content = try await theatre.content()
        }
        return content
    }
}

typealias SourceLocation = Testing.SourceLocation

extension Theatre {
    /// Holds every record, value by value, against those of the clean run: more than equal hashes would say.
    func expect(_ play: JSON, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let (content, clean) = (try await content(), try await Clean.shared.content(of: play))
        #expect(content.count == clean.count, sourceLocation: sourceLocation)
        let first = zip(content, clean).first { $0 != $1 }
        #expect(first == nil, "\(first?.0 ?? "")\n\(first?.1 ?? "")", sourceLocation: sourceLocation)
    }

    /// Waits until a simulation is over, as long as that; says whether it is.
    @discardableResult
    func isOver(_ id: String, within patience: Duration = .seconds(60)) async throws -> Bool {
        let end = ContinuousClock.now + patience
        while try await !simulations.known(id).state.isOver {
            if ContinuousClock.now >= end { return false }
            try await Task.sleep(for: .milliseconds(20))
        }
        return true
    }
}
