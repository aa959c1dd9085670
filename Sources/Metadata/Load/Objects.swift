import Values

/// The objects of a business as their files describe them, each for itself.
final class ObjectDrafts {
    private(set) var all: [ObjectDraft] = []
    private var byName: [String: ObjectDraft] = [:]
    /// Where the files begin that extend a built-in object.
    private var extensions: [String: SourceLocation] = [:]
    let log: DiagnosticLog
    /// Lower-case names of objects whose file could not be read.
    let unreadable: Set<String>

    init(_ files: MetadataFiles, _ log: DiagnosticLog) {
        (self.log, unreadable) = (log, files.unreadable)
        let builtIns = MetadataFiles(MetadataSource(BuiltIns.files), log)
        for node in builtIns.objects { read(node, isBuiltIn: true) }
        for node in files.objects { read(node, isBuiltIn: false) }
        all.sort { $0.name < $1.name }
    }

    func draft(_ name: String) -> ObjectDraft? { byName[name.lowercased()] }

    /// Whether a name is that of an object whose file is there but broken.
    func isUnreadable(_ name: String) -> Bool { unreadable.contains(name.lowercased()) }

    var names: [String] { all.map(\.name) }

    private func read(_ node: YAMLNode, isBuiltIn: Bool) {
        guard let reader = MappingReader(node, "this file", log), let name = reader.name() else { return }
        reader.what = "object \(name)"
        checkFileName(name, node.location)
        if let known = draft(name) {
            guard known.isBuiltIn, extensions[known.name] == nil else {
                let first = extensions[known.name] ?? known.location
                return log.error("object \(name) stands twice; it stands first in \(first.file)", at: reader.place("name"))
            }
            extensions[known.name] = node.location
            return known.read(reader)
        }
        let draft = ObjectDraft(name: name, location: node.location, isBuiltIn: isBuiltIn)
        byName[name.lowercased()] = draft
        draft.read(reader)
        all.append(draft)
    }

    private func checkFileName(_ name: String, _ location: SourceLocation) {
        let file = location.file.split(separator: "/").last ?? ""
        guard file != "\(name).object.yml" else { return }
        log.warning("The file describes the object \(name): name it \(name).object.yml", at: location)
    }
}
