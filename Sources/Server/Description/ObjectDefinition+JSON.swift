import Formula
import Metadata
import Values

// Objects as the API describes them: the words of the metadata files, with every default filled in.

extension ObjectDefinition {
    /// What a list of objects tells of each.
    var summary: JSON { .object(heading) }

    private var heading: JSON.Members {
        [
            "name": .string(name), "label": .string(label), "labelPlural": .string(labelPlural), "icon": .text(icon),
            "description": .text(description), "nameField": .string(nameField.name),
            "features": .array(Feature.allCases.filter { features.contains($0) }.map { .string($0.rawValue) }),
        ]
    }

    /// - Parameter mayRead: which fields the description may mention.
    func description(in registry: Registry, mayRead: (FieldDefinition) -> Bool) -> JSON {
        var members = heading
        members["fields"] = .array(fields.filter(mayRead).map(\.json))
        members["relationships"] = .array(relationships.map(\.json))
        members["listViews"] = .array(listViews.map(\.json))
        members["pageLayout"] = pageLayout?.json ?? .null
        members["validationRules"] = .array(validationRules.map(\.json))
        members["triggers"] = .array(triggers.map(\.json))
        return .object(members)
    }
}

extension Relationship {
    fileprivate var json: JSON {
        ["name": .string(name), "label": .string(label), "object": .string(object), "foreignKey": .string(foreignKey)]
    }
}

extension ListView {
    fileprivate var json: JSON {
        [
            "name": .string(name), "label": .string(label), "columns": .texts(columns), "filters": filter?.json ?? [],
            "sortBy": .text(sortBy), "sortOrder": .string(descending ? "desc" : "asc"), "isDefault": .bool(isDefault),
        ]
    }
}

extension PageLayout {
    fileprivate var json: JSON {
        ["sections": .array(sections.map(\.json)), "relatedLists": relatedLists.map(JSON.texts) ?? .null]
    }
}

extension PageLayout.Section {
    fileprivate var json: JSON {
        [
            "label": .string(label), "columns": .number(Number(columns)), "fields": .texts(fields), "collapsed": .bool(collapsed),
            "visibleWhen": visibleWhen?.json ?? .null,
        ]
    }
}

extension ValidationRule {
    fileprivate var json: JSON {
        [
            "name": .string(name), "errorMessage": .string(errorMessage), "errorField": .text(errorField),
            "active": .bool(active),
            "formula": .string(formula.source),
        ]
    }
}

extension TriggerDeclaration {
    fileprivate var json: JSON {
        ["name": .string(name), "events": .texts(events.map(\.rawValue)), "file": .text(file), "active": .bool(active)]
    }
}

extension JSON {
    static func text(_ text: String?) -> JSON { text.map(JSON.string) ?? .null }
    static func texts(_ texts: [String]) -> JSON { .array(texts.map(JSON.string)) }
    static func count(_ count: Int?) -> JSON { count.map { .number(Number($0)) } ?? .null }
}
