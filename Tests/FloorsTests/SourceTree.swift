import Foundation

/// The repository as text: what the tests hold to the rules of the house.
struct SourceTree {
    struct File {
        /// From the top of the repository: `Sources/Values/Number.swift`.
        let path: String
        /// The target it belongs to.
        let target: String
        let lines: [Substring]
    }

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static let manifest = text("Package.swift")

    /// All Swift files of the product: `Sources/` and `triggers/`.
    static let files: [File] = swiftFiles(in: "Sources") + swiftFiles(in: "triggers")

    private static func text(_ path: String) -> String {
        (try? String(contentsOf: root.appending(path: path), encoding: .utf8)) ?? ""
    }

    private static func swiftFiles(in folder: String) -> [File] {
        let paths = FileManager.default.enumerator(atPath: root.appending(path: folder).path)?.compactMap { $0 as? String } ?? []
        return paths.filter { $0.hasSuffix(".swift") }.sorted().map { path in
            let target = folder == "triggers" ? "Triggers" : path.split(separator: "/").first.map(String.init) ?? ""
            let full = folder + "/" + path
            return File(path: full, target: target, lines: text(full).split(separator: "\n", omittingEmptySubsequences: false))
        }
    }
}

extension SourceTree.File {
    /// The modules it imports, with their lines.
    var imports: [(module: String, line: Int)] {
        let pattern =
            /^\s*(?:@\w+\s+)*(?:(?:package|public|internal|private)\s+)?import\s+(?:(?:struct|class|enum|protocol|func)\s+)?(\w+)/
        return lines.enumerated().compactMap { index, line in
            line.firstMatch(of: pattern).map { (String($0.output.1), index + 1) }
        }
    }

    /// Where a line that is not a comment matches.
    func places<Output>(of pattern: Regex<Output>) -> [String] {
        lines.enumerated().compactMap { index, line in
            let code = line.drop(while: \.isWhitespace)
            return !code.hasPrefix("//") && code.firstMatch(of: pattern) != nil ? "\(path):\(index + 1): \(code)" : nil
        }
    }
}
