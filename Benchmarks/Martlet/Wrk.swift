import Subprocess

/// Load from a process of its own: `wrk`, one thread.
enum Wrk {
    /// Requests per second over `connections` connections; a response other than 2xx ends the benchmark.
    static func rate(_ url: String, connections: Int = 64, seconds: Int = 3, script: String? = nil) async throws -> Double {
        let arguments = ["-t1", "-c\(connections)", "-d\(seconds)s"] + (script.map { ["-s", $0] } ?? []) + [url]
        let text = try await Subprocess.run(.name("wrk"), arguments: Arguments(arguments), output: .string(limit: 1 << 20))
            .standardOutput
        if text.contains("Non-2xx") { fatal("The server refused requests:\n\(text)") }
        let line = text.split(separator: "\n").first { $0.hasPrefix("Requests/sec:") }
        guard let rate = line?.split(separator: " ").last.flatMap({ Double($0) }) else { fatal("wrk says:\n\(text)") }
        return rate
    }
}
