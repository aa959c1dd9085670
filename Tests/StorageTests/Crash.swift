import Foundation
import Subprocess
import SystemPackage

/// Has a process of its own write without end into a database, kills it (-9) once it has said so often that a write is durable, and
/// gives what it has said: the ids it acknowledged.
func acknowledgedUntilKilled(in database: String, after count: Int) async throws -> Set<String> {
    let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        .appending(path: "StorageCrash")
    let output = try await Subprocess.run(
        .path(FilePath(program.path)), arguments: [database], input: .none, output: .sequence, error: .discarded
    ) { child in
        var (output, lines) = ([UInt8](), 0)
        for try await buffer in child.standardOutput {
            let more = buffer.withUnsafeBytes { Array($0) }
            output += more
            lines += more.count { $0 == UInt8(ascii: "\n") }
            if lines >= count { try? child.send(signal: .kill) }
        }
        return output
    }.closureResult
    let lines = String(decoding: output, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    // A last line without an end was cut off.
    return Set(lines.dropLast().map(String.init))
}
