import Values

/// The files of a source as trees, by what they describe.
struct MetadataFiles {
    private(set) var objects: [YAMLNode] = []
    private(set) var dashboards: [YAMLNode] = []
    private(set) var queries: [YAMLNode] = []
    private(set) var triggers: [YAMLNode] = []
    private(set) var industries: [YAMLNode] = []
    /// Lower-case names of objects whose file could not be read: nobody should be told that they are not there.
    private(set) var unreadable: Set<String> = []
    /// What an object's trigger may name as its file.
    private(set) var triggerFiles: Set<String>

    static let suffixes = [".object.yml", ".dashboard.yml", ".query.yml", ".trigger.yml"]
    private static let industriesFile = "industries.yml"

    init(_ source: MetadataSource, _ log: DiagnosticLog) {
        triggerFiles = source.triggerFiles
        for file in source.files {
            let name = String(file.path.split(separator: "/").last ?? "")
            if name.hasSuffix(".trigger.yml") { triggerFiles.insert(name) }
            let isIndustries = name == MetadataFiles.industriesFile
            guard let suffix = isIndustries ? name : MetadataFiles.suffixes.first(where: name.hasSuffix) else {
                reportSuffix(name, file.path, log)
                continue
            }
            do throws(YAMLProblem) { add(try YAML.read(file), suffix) } catch {
                log.error(error.message, at: SourceLocation(file: file.path, line: error.line, column: error.column))
                unreadable.insert(name.dropLast(suffix.count).lowercased())
            }
        }
    }

    private mutating func add(_ node: YAMLNode, _ suffix: String) {
        switch suffix {
        case ".object.yml": objects.append(node)
        case ".dashboard.yml": dashboards.append(node)
        case ".query.yml": queries.append(node)
        case MetadataFiles.industriesFile: industries.append(node)
        default: triggers.append(node)
        }
    }

    private func reportSuffix(_ name: String, _ path: String, _ log: DiagnosticLog) {
        guard name.hasSuffix(".yml") || name.hasSuffix(".yaml") else { return }
        let parts = name.split(separator: ".").map(String.init)
        let kind = parts.dropLast().dropFirst().last ?? ""
        let near = suggestion(for: kind, among: ["object", "dashboard", "query", "trigger"]) ?? "object"
        log.warning(
            "This file is not read: its name ends in none of \(MetadataFiles.suffixes.joined(separator: ", "))"
                + " (did you mean \(parts.first ?? "Name").\(near).yml?)",
            at: SourceLocation(file: path, line: 1, column: 1))
    }
}
