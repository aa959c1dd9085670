import Metadata
import Values

extension ObjectDefinition {
    /// A record as it is read. Fields that were not asked for are not there; parents that were asked for nest.
    var recordSchema: JSON {
        var properties = JSON.Members()
        for field in fields where !field.hidden { properties[field.name] = field.readSchema }
        return ["type": "object", "description": .string(description ?? label), "properties": .object(properties)]
    }

    /// The values of a record to be created.
    var newSchema: JSON {
        guard case .object(var schema) = changeSchema else { return [:] }
        let required = writable.filter(\.mustBeGiven).map(\.name)
        if !required.isEmpty { schema["required"] = .texts(required) }
        return .object(schema)
    }

    /// The values of a change.
    var changeSchema: JSON {
        var properties = JSON.Members()
        for field in writable { properties[field.name] = field.writeSchema }
        return ["type": "object", "properties": .object(properties), "additionalProperties": false]
    }

    /// Conditions on the object's own fields; fields of parents go by path.
    var filterSchema: JSON {
        let own = OpenAPI.reference("\(name)Filters")
        var properties: JSON.Members = [
            "$and": ["type": "array", "items": own], "$or": ["type": "array", "items": own], "$not": own,
        ]
        for field in fields where field.comparison != nil { properties[field.name] = field.comparison.map(OpenAPI.reference) }
        return ["type": "object", "properties": .object(properties)]
    }

    /// A new record with what it must have, and a little more.
    var example: JSON {
        var members = JSON.Members()
        for field in writable.filter(\.mustBeGiven) + writable.filter({ !$0.mustBeGiven && !$0.isLookup }).prefix(3) {
            members[field.name] = field.example
        }
        return .object(members)
    }

    private var writable: [FieldDefinition] { fields.filter(\.isWritable) }
}

extension FieldDefinition {
    /// Whether a new record cannot do without it.
    fileprivate var mustBeGiven: Bool {
        required && type != .checkbox && defaultValue == nil && !options.contains { $0.isDefault }
    }

    /// The schema of comparisons with it; nil where it cannot be compared.
    fileprivate var comparison: String? {
        switch resultType {
        case .number, .currency, .percent, .summary: "NumberComparison"
        case .checkbox: "CheckboxComparison"
        case .date: "DateComparison"
        case .datetime: "DatetimeComparison"
        case .multiselect, .tags: "ChoicesComparison"
        case .json, .geolocation, .file, .image, .encrypted: nil
        default: "TextComparison"
        }
    }
}
