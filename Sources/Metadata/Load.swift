extension Registry {
    /// Reads a metadata folder and the triggers folder (the one beside it where none is given).
    package static func load(directory: String, triggers: String? = nil) -> (registry: Registry?, diagnostics: [Diagnostic]) {
        load(MetadataSource(directory: directory, triggers: triggers))
    }

    package static func load(_ files: [SourceFile]) -> (registry: Registry?, diagnostics: [Diagnostic]) {
        load(MetadataSource(files))
    }

    /// Makes a registry of the files' texts, and finds every mistake in one run. There is no registry where one of them is an error.
    package static func load(_ source: MetadataSource) -> (registry: Registry?, diagnostics: [Diagnostic]) {
        let log = DiagnosticLog(source.problems)
        let version = source.version
        let files = MetadataFiles(source, log)
        let drafts = ObjectDrafts(files, log)
        References(drafts: drafts).resolve()
        let sources = SourceTexts(source)
        let fields = ComputedFields(Registry(drafts, version: version), drafts, sources).compiled()
        let formulas = FormulaReader(registry: fields, sources: sources, log: log)
        let objects = fields.objects.compactMap { object in
            drafts.draft(object.name).map { draft in
                Details(draft: draft, object: object, formulas: formulas, triggerFiles: files.triggerFiles).definition()
            }
        }
        let registry = Registry(
            objects: objects, dashboards: DashboardReader(log).dashboards(files.dashboards),
            queries: SavedQueryReader(sources, log).queries(files.queries),
            triggers: TriggerReader(formulas, drafts).triggers(files.triggers),
            industries: IndustryReader(objects, log).industries(files.industries), version: version, source: source)
        return (log.hasErrors ? nil : registry, log.sorted)
    }

    /// The objects with their fields and relationships, formulas not compiled yet.
    private init(_ drafts: ObjectDrafts, version: String) {
        let relationships = Relationships(drafts)
        let objects = drafts.all.map { draft in
            ObjectDefinition(draft, fields: draft.fields.map(\.definition), relationships: relationships.of(draft))
        }
        self.init(objects: objects, version: version)
    }
}

extension ObjectDefinition {
    convenience init(
        _ draft: ObjectDraft, fields: [FieldDefinition], relationships: [Relationship], listViews: [ListView] = [],
        pageLayout: PageLayout? = nil, validationRules: [ValidationRule] = [], triggers: [TriggerDeclaration] = []
    ) {
        self.init(
            name: draft.name, label: draft.label, labelPlural: draft.labelPlural, icon: draft.icon,
            description: draft.description,
            features: draft.features, fields: fields, relationships: relationships, listViews: listViews, pageLayout: pageLayout,
            validationRules: validationRules, triggers: triggers, renamedFrom: draft.renamedFrom)
    }

    /// The same object with its fields compiled.
    func with(fields: [FieldDefinition]) -> ObjectDefinition {
        ObjectDefinition(
            name: name, label: label, labelPlural: labelPlural, icon: icon, description: description, features: features,
            fields: fields, relationships: relationships, renamedFrom: renamedFrom)
    }
}
