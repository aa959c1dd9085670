/// Everything the business has, checked and immutable: what `Registry.load` makes of a folder.
package struct Registry: Sendable {
    /// In the order of their names.
    package let objects: [ObjectDefinition]
    package let dashboards: [Dashboard]
    /// The saved queries of `*.query.yml`, in the order of their names.
    package let queries: [SavedQuery]
    /// The declarative triggers of `triggers/*.trigger.yml`, in the order of their names.
    package let triggers: [TriggerDefinition]
    /// What is usual in which industry.
    package let industries: IndustryGuide
    /// A hash of all source files: two servers with the same version run the same business.
    package let version: String
    /// The files it was made of; none for a registry made otherwise.
    package let source: MetadataSource

    private let byName: [String: ObjectDefinition]

    package init(
        objects: [ObjectDefinition], dashboards: [Dashboard] = [], queries: [SavedQuery] = [],
        triggers: [TriggerDefinition] = [], industries: IndustryGuide = IndustryGuide(), version: String,
        source: MetadataSource = MetadataSource([])
    ) {
        (self.objects, self.dashboards, self.queries, self.triggers) = (objects, dashboards, queries, triggers)
        (self.industries, self.version, self.source) = (industries, version, source)
        byName = Dictionary(objects.map { ($0.name.lowercased(), $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The object of that name, whatever the case of its letters.
    package func object(_ name: String) -> ObjectDefinition? { byName[name.lowercased()] }

    /// The saved query of that name, whatever the case of its letters.
    package func query(_ name: String) -> SavedQuery? { queries.first { $0.name.caseInsensitiveEquals(name) } }
}
