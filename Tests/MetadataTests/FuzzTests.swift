import Foundation
import Metadata
import Testing

@Suite("Damaged metadata")
struct FuzzTests {
    /// SplitMix64 (Steele, Lea, Flood 2014): the same damage in every run.
    private struct Seeded: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }

    /// The shipped files, a few at a time so that a load is quick.
    private static let files: [SourceFile] = {
        let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let source = MetadataSource(directory: root + "/metadata", triggers: root + "/triggers")
        let wanted = [
            "Opportunity.object", "Case.object", "sales.dashboard", "CaseDeadline.trigger", "TaskOnStageChange.trigger",
        ]
        return source.files.filter { file in wanted.contains { file.path.contains($0) } }
    }()

    private static let words = [
        "[", "]", "{", "}", ":", "- ", "&a ", "*a", "!!int ", "|", ">-", "\"", "'", "#", "---\n", "\t", "null", "true", "NO",
        "12:30", "1e999",
        "=IF(", "\u{0}", "\u{FEFF}", "é", "$currentUser", "<<: ", "? ", "%", "@", "\n", "  ",
    ]
    private static let swaps = [
        ("text", "number"), ("select", "lookup"), ("formula", "summary"), ("name:", "nmae:"), ("[", "{"), ("true", "maybe"),
        ("equals", "includes"),
        ("lookup", "masterDetail"), ("(", ""), ("Opportunity", "Case"), ("fields:", "fields: 1 #"), ("type: ", "type: [] #"),
        (",", ";"),
    ]

    private func damaged(_ text: String, _ random: inout Seeded) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let index = Int.random(in: lines.indices, using: &random)
            switch Int.random(in: 0..<7, using: &random) {
            case 0: lines[index] = ""
            case 1: lines.insert(lines[index], at: index)
            case 2: lines.swapAt(index, Int.random(in: lines.indices, using: &random))
            case 3:
                lines[index].insert(
                    contentsOf: FuzzTests.words.randomElement(using: &random) ?? "", at: place(in: lines[index], &random))
            case 4:
                if !lines[index].isEmpty {
                    lines[index].remove(at: lines[index].indices.randomElement(using: &random) ?? lines[index].startIndex)
                }
            case 5: lines[index] = String(lines[index].prefix(Int.random(in: 0...lines[index].count, using: &random)))
            default:
                let (from, to) = FuzzTests.swaps.randomElement(using: &random) ?? ("", "x")
                lines[index] = lines[index].replacing(from, with: to)
            }
        }
        return lines.joined(separator: "\n")
    }

    private func place(in line: String, _ random: inout Seeded) -> String.Index {
        line.index(line.startIndex, offsetBy: Int.random(in: 0...line.count, using: &random))
    }

    /// One byte of the text changed; what is no longer UTF-8 is replaced, as whoever reads the file refuses it before.
    private func flipped(_ text: String, _ random: inout Seeded) -> String {
        var bytes = Array(text.utf8)
        bytes[Int.random(in: bytes.indices, using: &random)] ^= UInt8(1) << UInt8.random(in: 0..<8, using: &random)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test(.timeLimit(.minutes(2)), arguments: 0..<16)
    func `gives diagnostics or loads, and never crashes or hangs`(_ seed: Int) throws {
        #expect(FuzzTests.files.count == 5)
        var random = Seeded(state: UInt64(seed))
        for _ in 0..<6 {
            var files = FuzzTests.files
            let index = Int.random(in: files.indices, using: &random)
            let text = Bool.random(using: &random) ? damaged(files[index].text, &random) : flipped(files[index].text, &random)
            files[index] = SourceFile(files[index].path, text)
            let start = ContinuousClock.now
            let (registry, diagnostics) = Registry.load(files)
            #expect(ContinuousClock.now - start < .seconds(10), "\(text)")
            #expect((registry == nil) == diagnostics.contains { $0.severity == .error })
            #expect(diagnostics.allSatisfy { $0.location.line >= 1 && $0.location.column >= 1 && !$0.message.isEmpty })
        }
    }
}
