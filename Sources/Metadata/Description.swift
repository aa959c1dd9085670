package import Values

extension ObjectDefinition {
    /// Everything a user interface needs to show the object's records, as `GET /api/metadata/objects/:object` answers.
    package var json: JSON {
        var members = summary
        members["fields"] = .array(fields.map(\.json))
        members["relationships"] = .array(relationships.map(\.json))
        members["listViews"] = .array(listViews.map(\.json))
        members["pageLayout"] = pageLayout?.json ?? .null
        members["validationRules"] = .array(validationRules.map(\.json))
        members["triggers"] = .array(triggers.map { .string($0.name) })
        return .object(members)
    }

    /// What a list of all objects says of each, as `GET /api/metadata/objects` answers.
    package var summaryJSON: JSON { .object(summary) }

    private var summary: JSON.Members {
        [
            "name": .string(name), "label": .string(label), "labelPlural": .string(labelPlural),
            "icon": JSON(icon), "description": JSON(description), "nameField": .string(nameField.name),
            "features": .array(Feature.allCases.filter(features.contains).map { .string($0.rawValue) }),
        ]
    }
}

extension FieldDefinition {
    /// The field as a form or a table needs it; what does not apply to it is left out.
    package var json: JSON {
        var members: JSON.Members = [
            "name": .string(name), "label": .string(label), "type": .string(type.rawValue),
            "required": .bool(required), "writable": .bool(isWritable),
        ]
        members.set("system", isSystem)
        members.set("unique", unique)
        members.set("searchable", searchable)
        members.set("hidden", hidden)
        members.set("externalId", externalId)
        members["helpText"] = helpText.map(JSON.string)
        members["description"] = description.map(JSON.string)
        describeLimits(&members)
        describeReferences(&members)
        members["options"] = options.isEmpty ? nil : .array(options.map(\.json))
        members["dependsOn"] = dependsOn.map(JSON.string)
        members["defaultValue"] = defaultValue?.json
        members["visibleWhen"] = visibleWhen?.json
        return .object(members)
    }

    private func describeLimits(_ members: inout JSON.Members) {
        if type != resultType { members["resultType"] = .string(resultType.rawValue) }
        members["length"] = length.map { .number(Number($0)) }
        if result.kind is any Numeric {
            (members["precision"], members["scale"]) = (.number(Number(precision)), .number(Number(scale)))
        }
        members["min"] = min.map(JSON.number)
        members["max"] = max.map(JSON.number)
        members["pattern"] = pattern.map { .string($0.source) }
        members["format"] = format.map(JSON.string)
        members["rows"] = rows.map { .number(Number($0)) }
        members["operators"] = .array(FilterOperator.allCases.filter(operators.contains).map { .string($0.rawValue) })
    }

    private func describeReferences(_ members: inout JSON.Members) {
        guard isLookup else { return }
        members["referenceTo"] = .array(referenceTo.map(JSON.string))
        members["polymorphic"] = .bool(isPolymorphic)
        members["parent"] = parentName.map(JSON.string)
        members["onDelete"] = .string(onDelete.rawValue)
    }
}

extension PicklistOption {
    package var json: JSON {
        var members: JSON.Members = ["value": .string(value), "label": .string(label)]
        members["color"] = color.map(JSON.string)
        members.set("default", isDefault)
        if !active { members["active"] = false }
        members["probability"] = probability.map { .number(Number($0)) }
        members.set("isWon", isWon)
        members.set("isClosed", isClosed)
        members["forecastCategory"] = forecastCategory.map(JSON.string)
        members["when"] = when.isEmpty ? nil : .array(when.map(JSON.string))
        return .object(members)
    }
}

extension DefaultValue {
    /// A formula is not told: the engine computes it.
    package var json: JSON? {
        switch self {
        case .value(let value): value.json
        case .currentUser: "$currentUser"
        case .today: "$TODAY"
        case .now: "$NOW"
        case .formula: nil
        }
    }
}

extension Relationship {
    package var json: JSON {
        ["name": .string(name), "label": .string(label), "object": .string(object), "foreignKey": .string(foreignKey)]
    }
}

extension ListView {
    package var json: JSON {
        [
            "name": .string(name), "label": .string(label), "columns": .array(columns.map(JSON.string)),
            "filters": filter?.json ?? .null, "sortBy": JSON(sortBy), "sortOrder": descending ? "desc" : "asc",
            "default": .bool(isDefault),
        ]
    }
}

extension PageLayout {
    package var json: JSON {
        [
            "sections": .array(sections.map(\.json)),
            "relatedLists": relatedLists.map { .array($0.map(JSON.string)) } ?? .null,
        ]
    }
}

extension PageLayout.Section {
    package var json: JSON {
        [
            "label": .string(label), "columns": .number(Number(columns)), "fields": .array(fields.map(JSON.string)),
            "collapsed": .bool(collapsed), "visibleWhen": visibleWhen?.json ?? .null,
        ]
    }
}

extension ValidationRule {
    /// Names and messages; the formula stays inside.
    package var json: JSON {
        [
            "name": .string(name), "errorMessage": .string(errorMessage), "errorField": JSON(errorField), "active": .bool(active),
        ]
    }
}

extension FilterTree {
    /// The condition in the form of metadata files, which ObjectQL reads too.
    package var json: JSON {
        switch self {
        case .all(let trees): ["and": .array(trees.map(\.json))]
        case .any(let trees): ["or": .array(trees.map(\.json))]
        case .not(let tree): ["not": tree.json]
        case .compare(let field, let comparison, let operand):
            .object(operand.members(["field": .string(field), "operator": .string(comparison.spelling)]))
        }
    }
}

extension FilterOperator {
    /// A range of days is compared by `equals`, with the date word as its value.
    fileprivate var spelling: String { self == .during ? FilterOperator.equals.rawValue : rawValue }
}

extension FilterOperand {
    fileprivate func members(_ comparison: JSON.Members) -> JSON.Members {
        var members = comparison
        switch self {
        case .none: break
        case .value(let value): members["value"] = value.json
        case .values(let values): members["value"] = .array(values.map(\.json))
        case .range(let low, let high): members["value"] = [low.json, high.json]
        case .currentUser: members["value"] = "$currentUser"
        case .dateWord(let word): members["value"] = .string(word.description)
        case .field(let field): members["valueField"] = .string(field)
        }
        return members
    }
}

extension JSON {
    fileprivate init(_ text: String?) { self = text.map(JSON.string) ?? .null }
}

extension JSON.Members {
    /// Tells a flag only where it is set.
    fileprivate mutating func set(_ name: String, _ flag: Bool) { if flag { self[name] = true } }
}
