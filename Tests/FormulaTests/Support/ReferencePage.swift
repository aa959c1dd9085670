import Formula
import Foundation

/// `docs/formulas.md`: written by hand up to the operators, and from the function table from there on.
enum ReferencePage {
    static let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../docs/formulas.md")

    static func text() throws -> String { try String(contentsOf: file, encoding: .utf8) }

    /// The part that is written by hand.
    static func prose(of page: String) -> Substring {
        page.range(of: "\n## Operators\n").map { page[...$0.lowerBound] } ?? page[...]
    }

    /// Operators and functions, a table for each family.
    static var tables: String {
        ([.operators] + Function.Family.allCases.filter { $0 != .operators }).map(section).joined(separator: "\n")
    }

    private static func section(_ family: Function.Family) -> String {
        let rows = Functions.all.filter { $0.family == family }.map { function in
            let result = function.example.result.isEmpty ? "" : " is `\(function.example.result)`"
            return [code(function.signature), function.description, code(function.example.formula) + result]
        }
        let lines = [["Written", "Gives", "Example"], ["---", "---", "---"]] + rows
        return "## \(family.rawValue)\n\n" + lines.map { "| " + $0.map(cell).joined(separator: " | ") + " |\n" }.joined()
    }

    private static func code(_ text: String) -> String { text.contains("`") ? "`` \(text) ``" : "`\(text)`" }

    /// A bar would end the cell, even inside of code.
    private static func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }

    /// The lines `formula → result` of the page.
    static func examples() throws -> [(formula: String, result: String)] {
        let blocks = try text().components(separatedBy: "```formula\n").dropFirst().compactMap {
            $0.components(separatedBy: "```").first
        }
        return blocks.flatMap { $0.split(separator: "\n") }.map { line in
            let parts = line.components(separatedBy: "→").map { $0.trimmingCharacters(in: .whitespaces) }
            return (parts[0], parts.count == 2 ? parts[1] : "")
        }
    }
}
