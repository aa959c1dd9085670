package import SQL

/// One kind of record: a `*.object.yml` file.
package final class ObjectDefinition: Sendable {
    package let name: String
    package let label: String
    package let labelPlural: String
    package let icon: String?
    package let description: String?
    package let features: Set<Feature>
    /// System fields first (`Id`, `CreatedDate`, ...), then the fields of the file in their order.
    package let fields: [FieldDefinition]
    package let relationships: [Relationship]
    package let listViews: [ListView]
    package let pageLayout: PageLayout?
    package let validationRules: [ValidationRule]
    package let triggers: [TriggerDeclaration]
    package let renamedFrom: String?

    /// The columns of the fields, in their order: asked for often, and not cheap to make.
    package let columns: [ColumnType]

    private let positions: [String: Int]
    private let parentPositions: [String: Int]

    package init(
        name: String, label: String, labelPlural: String, icon: String? = nil, description: String? = nil,
        features: Set<Feature> = [], fields: [FieldDefinition], relationships: [Relationship] = [], listViews: [ListView] = [],
        pageLayout: PageLayout? = nil, validationRules: [ValidationRule] = [], triggers: [TriggerDeclaration] = [],
        renamedFrom: String? = nil
    ) {
        self.name = name
        self.label = label
        self.labelPlural = labelPlural
        self.icon = icon
        self.description = description
        self.features = features
        self.fields = fields
        self.relationships = relationships
        self.listViews = listViews
        self.pageLayout = pageLayout
        self.validationRules = validationRules
        self.triggers = triggers
        self.renamedFrom = renamedFrom
        columns = fields.map(\.column)
        positions = ObjectDefinition.positions(fields.map(\.name))
        parentPositions = ObjectDefinition.positions(fields.map(\.parentName))
    }

    /// Where names stand: as they are written in the metadata, which is how they are asked for mostly, and in lower case.
    private static func positions(_ names: [String?]) -> [String: Int] {
        var positions: [String: Int] = [:]
        for (index, name) in names.enumerated() {
            guard let name, positions[name.lowercased()] == nil else { continue }
            (positions[name], positions[name.lowercased()]) = (index, index)
        }
        return positions
    }

    /// The field of that name, whatever the case of its letters.
    package func field(_ name: String) -> FieldDefinition? { position(of: name).map { fields[$0] } }

    /// Where the field stands in `fields`.
    package func position(of name: String) -> Int? { positions[name] ?? positions[name.lowercased()] }

    /// The lookup field whose parent goes by that name in a path: `Account` for `AccountId`.
    package func lookup(parent name: String) -> FieldDefinition? { lookupPosition(parent: name).map { fields[$0] } }

    /// Where that lookup field stands in `fields`.
    package func lookupPosition(parent name: String) -> Int? {
        parentPositions[name] ?? parentPositions[name.lowercased()]
    }

    /// The has-many relationship of that name.
    package func relationship(_ name: String) -> Relationship? { relationships.first { $0.name.caseInsensitiveEquals(name) } }

    /// The field whose value stands for the record in links and headings: `Name`, else an auto number, else the first text field.
    package var nameField: FieldDefinition {
        field("Name") ?? fields.first { $0.isNameField } ?? fields.first { $0.type == .autoNumber }
            ?? fields.first { $0.type == .text } ?? fields[0]
    }
}

extension String {
    package func caseInsensitiveEquals(_ other: String) -> Bool { self == other || lowercased() == other.lowercased() }
}

/// What a has-many relationship is: the children whose `foreignKey` names this record.
package struct Relationship: Sendable, Hashable {
    package let name: String
    package let label: String
    /// The children's object.
    package let object: String
    package let foreignKey: String

    package init(name: String, label: String, object: String, foreignKey: String) {
        (self.name, self.label, self.object, self.foreignKey) = (name, label, object, foreignKey)
    }
}

package enum Feature: String, Sendable, Hashable, CaseIterable {
    case searchable, trackFieldHistory, enableActivities, enableNotes, enableAttachments, enableDuplicateDetection
    case enableApprovalProcess, enableVersioning, enableEmailToCase
}
