import Foundation
import Measuring
import Subprocess
import SystemPackage

/// 100,000 records through one query, in a process of its own.
func streaming(from path: String, _ report: inout Report) async throws {
    try await withServer(on: "sqlite:" + path, environment: ["MARTLET_QUERY_ROWS": "100000"]) { server in
        let body = #"{"object": "Opportunity", "limit": 100000}"#
        var bytes = 0
        let time = try await seconds {
            bytes =
                try await Subprocess.run(
                    .name("curl"),
                    arguments: [
                        "-s", "-X", "POST", "-H", "Content-Type: application/json", "-d", body, "-o", "/dev/null", "-w",
                        "%{size_download}", server.url("/api/query"),
                    ], output: .string(limit: 1 << 10)
                ).standardOutput.split(separator: "\n").first.flatMap { Int($0) } ?? 0
        }
        report.line(
            "memory after streaming 100,000 records (MB)", server.megabytes, .atMost(150),
            "\(bytes / 1_000_000) MB of JSON in \(rounded(time)) s")
    }
}

/// A server just started on an empty database.
func idleMemory(in folder: String, _ report: inout Report) async throws {
    try await withServer(on: "sqlite:\(folder)/idle.sqlite") { server in
        report.line("memory of an idle server (MB)", server.megabytes, .atMost(60), "after its first requests")
    }
}

/// The built `martlet` serving in a process of its own.
struct Served {
    let process: ProcessIdentifier
    static let port = 20_000 + ProcessInfo.processInfo.processIdentifier % 10_000
    /// Stands beside this benchmark.
    static let program = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        .appendingPathComponent("martlet").path

    func url(_ path: String) -> String { "http://127.0.0.1:\(Self.port)\(path)" }

    /// Resident, as the kernel counts it.
    var megabytes: Double {
        let status = (try? String(contentsOfFile: "/proc/\(process.value)/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        return (line?.split(separator: " ").dropFirst().first.flatMap { Double($0) } ?? 0) / 1024
    }
}

func withServer(
    on address: String, environment: [String: String] = [:], _ body: (Served) async throws -> Void
) async throws {
    let settings = environment.map { (Environment.Key(stringLiteral: $0.key), Optional($0.value)) }
    _ = try await Subprocess.run(
        .path(FilePath(Served.program)),
        arguments: ["serve", "--no-auth", "--port", "\(Served.port)", "--database", address],
        environment: .inherit.updating(Dictionary(uniqueKeysWithValues: settings)), input: .none, output: .discarded,
        error: .discarded
    ) { execution in
        defer { try? execution.send(signal: .terminate) }
        let server = Served(process: execution.processIdentifier)
        _ = try await Subprocess.run(
            .name("curl"),
            arguments: [
                "-s", "-o", "/dev/null", "--retry", "20", "--retry-delay", "1", "--retry-connrefused", server.url("/ready"),
            ],
            output: .discarded)
        if server.megabytes == 0 { fatal("The server at \(server.url("/")) did not start") }
        try await body(server)
    }
}
