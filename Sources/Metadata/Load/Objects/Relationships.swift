import Values

/// The has-many relationships of the objects: those that files declare, and one for every other lookup, so that children
/// can always be asked for.
struct Relationships {
    let drafts: ObjectDrafts
    private var log: DiagnosticLog { drafts.log }

    init(_ drafts: ObjectDrafts) { self.drafts = drafts }

    func of(_ parent: ObjectDraft) -> [Relationship] {
        var relationships: [Relationship] = []
        var names = NameSet("relationship", log)
        for node in parent.relationships {
            guard let found = declared(node, parent), names.insert(found.name, at: node.location) else { continue }
            relationships.append(found)
        }
        for child in drafts.all {
            for field in child.fields.map(\.definition)
            where field.isLookup && !field.isSystem && field.referenceTo.contains(parent.name) {
                if relationships.contains(where: { $0.object == child.name && $0.foreignKey == field.name }) { continue }
                relationships.append(automatic(child, field, parent, relationships))
            }
        }
        return relationships
    }

    private func declared(_ node: YAMLNode, _ parent: ObjectDraft) -> Relationship? {
        guard let reader = MappingReader(node, "this relationship", log), let name = reader.name() else { return nil }
        reader.what = "relationship \(name)"
        let label = reader.text("label") ?? Names.label(name)
        if let type = reader.text("type"), !type.caseInsensitiveEquals("hasMany") {
            log.error(
                "relationship \(name): type must be hasMany, not \(type); the other side is a lookup field",
                at: reader.place("type"))
        }
        let (object, foreignKey) = (reader.requiredText("object"), reader.requiredText("foreignKey"))
        reader.finish()
        checkName(name, parent, reader)
        guard let object, let foreignKey, let child = child(object, reader), let key = key(foreignKey, child, parent, reader)
        else { return nil }
        return Relationship(name: name, label: label, object: child.name, foreignKey: key)
    }

    private func child(_ name: String, _ reader: MappingReader) -> ObjectDraft? {
        if let child = drafts.draft(name) { return child }
        if !drafts.isUnreadable(name) {
            log.warning(
                "\(reader.what): there is no object \(name)\(hint(for: name, among: drafts.names)); the relationship is left out",
                at: reader.place("object"))
        }
        return nil
    }

    private func key(_ name: String, _ child: ObjectDraft, _ parent: ObjectDraft, _ reader: MappingReader) -> String? {
        guard let field = child.field(name) else {
            let lookups = child.fields.map(\.definition).filter(\.isLookup).map(\.name)
            log.error(
                "\(reader.what): \(child.name) has no field \(name)\(hint(for: name, among: lookups))",
                at: reader.place("foreignKey"))
            return nil
        }
        guard field.isLookup, field.referenceTo.contains(parent.name) else {
            log.error(
                "\(reader.what): \(child.name).\(field.name) is no lookup to \(parent.name)", at: reader.place("foreignKey"))
            return nil
        }
        return field.name
    }

    private func checkName(_ name: String, _ parent: ObjectDraft, _ reader: MappingReader) {
        guard isTaken(name, parent) else { return }
        log.error("\(reader.what): \(parent.name) has a field or a parent of that name: choose another", at: reader.place("name"))
    }

    private func isTaken(_ name: String, _ parent: ObjectDraft) -> Bool {
        parent.fields.map(\.definition).contains {
            $0.name.caseInsensitiveEquals(name) || $0.parentName?.caseInsensitiveEquals(name) ?? false
        }
    }

    /// Named after the children's plural label; where that is taken, after the lookup too: `ContactsByPartner`.
    private func automatic(_ child: ObjectDraft, _ field: FieldDefinition, _ parent: ObjectDraft, _ others: [Relationship])
        -> Relationship
    {
        let letters = String(
            child.labelPlural.unicodeScalars.filter { $0.isASCII && ($0.properties.isAlphabetic || ("0"..."9").contains($0)) })
        let plural = Names.problem(letters) == nil ? letters : Names.plural(child.name)
        let candidates = [plural, "\(plural)By\(field.parentName ?? field.name)"] + (2...99).map { "\(plural)\($0)" }
        let name = candidates.first { name in !isTaken(name, parent) && !others.contains { $0.name.caseInsensitiveEquals(name) } }
        return Relationship(name: name ?? plural, label: child.labelPlural, object: child.name, foreignKey: field.name)
    }
}
