import Foundation

/// The floors of the house, lowest first. A target may import only targets below it, and on its own floor only those to its left.
enum Floors {
    static let floors: [[String]] = [
        ["CSQLite", "CLibPQ", "CCurl"],
        ["Values", "SQL", "Formula", "Metadata", "ObjectQL"],
        ["Storage", "Jobs", "Curl"],
        ["Engine"],
        ["Triggers", "Assistant", "Simulation"],
        ["Server"],
        ["martlet"],
    ]

    /// Guests of the engine: they never see each other.
    static let strangers: Set = ["Triggers", "Assistant", "Simulation"]
    /// Floors that a column of the house never looks into: the machine room knows no CRM, the module maps are for the machine room.
    static let hidden: [String: Set<String>] = [
        "Storage": ["Formula", "Metadata", "ObjectQL"], "Jobs": ["Formula", "Metadata", "ObjectQL"],
        "Curl": ["Formula", "Metadata", "ObjectQL"],
    ]
    /// Only the command line meets the business's own triggers.
    static let guests: [String: Set<String>] = ["Triggers": ["martlet"]]

    static let all = floors.flatMap { $0 }

    /// Why `target` may not import `other`; nil where it may. Modules of packages are nobody's floor.
    static func objection(_ target: String, imports other: String) -> String? {
        guard let to = place(other), target != other else { return nil }
        guard let from = place(target) else { return "\(target) stands on no floor" }
        if let welcome = guests[other], !welcome.contains(target) {
            return "\(other) is for \(welcome.sorted().joined(separator: ", ")) alone"
        }
        if hidden[target]?.contains(other) ?? false { return "\(target) knows no CRM, so it cannot know \(other)" }
        if to.floor > from.floor { return "\(other) stands above \(target)" }
        if to.floor == from.floor, strangers.contains(target) { return "\(target) and \(other) never see each other" }
        if to.floor == from.floor, to.column > from.column { return "\(other) stands to the right of \(target)" }
        return nil
    }

    private static func place(_ target: String) -> (floor: Int, column: Int)? {
        for (floor, targets) in floors.enumerated() {
            if let column = targets.firstIndex(of: target) { return (floor, column) }
        }
        return nil
    }
}

/// One target of the manifest with the targets and products it declares.
struct DeclaredTarget {
    let name: String
    /// Whether it stands beside the house: tests, what they run, benchmarks.
    let isOutside: Bool
    let dependencies: [String]

    /// Read from the manifest's text: `.target(name: "Formula", dependencies: ["Values", .product(name: "X", package: "y")]`.
    static let all: [DeclaredTarget] = {
        let pattern =
            /\.(target|executableTarget|testTarget|systemLibrary)\(\s*name:\s*"(\w+)"(?:,\s*dependencies:\s*\[([^\[\]]*)\](?:\s*\+\s*\w+)?)?(?:,\s*path:\s*"(\w+))?/
        return SourceTree.manifest.matches(of: pattern).map { match in
            let dependencies = (match.output.3 ?? "").matches(of: /(?:\.product\(name:\s*)?"(\w+)"(?:,\s*package:\s*"[^"]*"\))?/)
            let isElsewhere = ["Tests", "Benchmarks"].contains(match.output.4)
            return DeclaredTarget(
                name: String(match.output.2), isOutside: match.output.1 == "testTarget" || isElsewhere,
                dependencies: dependencies.map { String($0.output.1) })
        }
    }()
}
