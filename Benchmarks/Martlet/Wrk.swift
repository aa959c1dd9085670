import Foundation
import Subprocess
import Values

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

    /// A script that posts the bodies one after the other; its path.
    static func script(posting bodies: [JSON]) throws -> String { try script("POST", bodies.map { (nil, $0) }) }

    /// A script that sends the bodies to the paths, one after the other; a path of nil is that of the address.
    ///
    /// - Parameter headers: lines of Lua.
    static func script(_ method: String, _ requests: [(path: String?, body: JSON)], headers: String = "") throws -> String {
        let requests = requests.map { "{\($0.path.map { "'\($0)'" } ?? "nil"), '\($0.body)'}" }
        let lua = """
            local requests, next = {\(requests.joined(separator: ",\n"))}, 0
            wrk.method = '\(method)'
            wrk.headers['Content-Type'] = 'application/json'
            \(headers)
            request = function()
                next = next % #requests + 1
                return wrk.format(nil, requests[next][1], nil, requests[next][2])
            end
            """
        let path = NSTemporaryDirectory() + "martlet-\(UUID().uuidString).lua"
        try Data(lua.utf8).write(to: URL(fileURLWithPath: path))
        return path
    }
}
