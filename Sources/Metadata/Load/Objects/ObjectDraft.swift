import Values

/// An object as its files describe it: the built-in one, if there is one, and the file that declares or extends it.
final class ObjectDraft {
    let name: String
    let location: SourceLocation
    let isBuiltIn: Bool
    private(set) var label: String
    private(set) var labelPlural: String
    private(set) var icon: String?
    private(set) var description: String?
    private(set) var features: Set<Feature> = []
    private(set) var renamedFrom: String?
    /// System fields first.
    var fields: [FieldDraft]
    private var positions: [String: Int] = [:]
    private(set) var relationships: [YAMLNode] = []
    private(set) var listViews: [YAMLNode] = []
    private(set) var pageLayout: YAMLNode?
    private(set) var validationRules: [YAMLNode] = []
    private(set) var triggers: [YAMLNode] = []

    init(name: String, location: SourceLocation, isBuiltIn: Bool) {
        (self.name, self.location, self.isBuiltIn) = (name, location, isBuiltIn)
        label = Names.label(name)
        labelPlural = Names.plural(label)
        fields = FieldDefinition.system.map { FieldDraft($0) }
        for (index, field) in fields.enumerated() { positions[field.definition.name.lowercased()] = index }
    }

    /// Takes over what a file says.
    func read(_ reader: MappingReader) {
        if let text = reader.text("label") { (label, labelPlural) = (text, Names.plural(text)) }
        labelPlural = reader.text("labelPlural") ?? labelPlural
        icon = reader.text("icon") ?? icon
        description = reader.text("description") ?? description
        renamedFrom = reader.optionalName("renamedFrom")
        readFeatures(reader)
        readFields(reader)
        relationships += reader.list("relationships")
        listViews += reader.list("listViews")
        pageLayout = reader.node("pageLayout") ?? pageLayout
        validationRules += reader.list("validationRules")
        triggers += reader.list("triggers")
        reader.finish()
    }

    private func readFeatures(_ reader: MappingReader) {
        guard let flags = reader.mapping("features", "features of \(name)") else { return }
        for feature in Feature.allCases {
            switch flags.bool(feature.rawValue) {
            case true?: features.insert(feature)
            case false?: features.remove(feature)
            case nil: break
            }
        }
        flags.finish()
    }

    private func readFields(_ reader: MappingReader) {
        let nodes = reader.list("fields")
        if nodes.count > ObjectDraft.fieldLimit {
            return reader.log.error("\(name) has more than \(ObjectDraft.fieldLimit) fields", at: reader.place("fields"))
        }
        var names = NameSet("field", reader.log)
        for node in nodes {
            guard let field = FieldDraft(node, reader.log), names.insert(field.definition.name, at: node.location) else {
                continue
            }
            add(field, reader.log)
        }
    }

    /// Adds a field, or puts it in the place of the built-in one that it describes anew.
    private func add(_ field: FieldDraft, _ log: DiagnosticLog) {
        let name = field.definition.name
        guard let index = index(of: name) else {
            positions[name.lowercased()] = fields.count
            return fields.append(field)
        }
        let builtIn = fields[index].definition
        if builtIn.isSystem {
            return log.error(
                "field \(name): every object has \(builtIn.name) already; remove it here", at: field.definition.location)
        }
        guard builtIn.type == field.definition.type else {
            return log.error(
                "field \(name): \(self.name).\(builtIn.name) is built in as \(builtIn.type.rawValue) and keeps that type",
                at: field.definition.location)
        }
        var field = field
        field.definition.name = builtIn.name
        field.definition.required = builtIn.required || field.definition.required
        field.definition.unique = builtIn.unique || field.definition.unique
        fields[index] = field
    }

    static let fieldLimit = 500

    /// The lower-case names of the relationships that the files declare, whether or not their objects are there.
    var relationshipNames: Set<String> {
        Set(relationships.flatMap { $0.pairs ?? [] }.filter { $0.key.text == "name" }.compactMap { $0.value.text?.lowercased() })
    }

    func index(of name: String) -> Int? { positions[name.lowercased()] }

    func field(_ name: String) -> FieldDefinition? { index(of: name).map { fields[$0].definition } }
}

extension FieldDefinition {
    /// The fields that every object has and only the engine writes.
    static let system: [FieldDefinition] = [
        system("Id", "Id", .id), system("CreatedDate", "Created", .datetime), system("CreatedById", "Created by", .lookup),
        system("LastModifiedDate", "Last modified", .datetime), system("LastModifiedById", "Last modified by", .lookup),
        system("Version", "Version", .number), system("IsDeleted", "Deleted", .checkbox),
    ]

    private static func system(_ name: String, _ label: String, _ type: FieldType) -> FieldDefinition {
        var field = FieldDefinition(name: name, label: label, type: type)
        (field.isSystem, field.readonly) = (true, true)
        if type == .lookup { (field.referenceTo, field.index) = (["User"], true) }
        return field
    }
}
