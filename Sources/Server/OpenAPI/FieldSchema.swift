import Metadata
import Values

extension FieldDefinition {
    /// The field in a record that is read: everything but the id may be null.
    var readSchema: JSON {
        var schema = result.valueSchema
        if type != .id { schema["type"] = schema["type"].map { [$0, "null"] } }
        schema["title"] = .string(label)
        if let helpText { schema["description"] = .string(helpText) }
        if !isWritable { schema["readOnly"] = true }
        return .object(schema)
    }

    /// The field in a body: with its limits, null where it may be blank.
    var writeSchema: JSON {
        var schema = valueSchema
        for (name, value) in limits where value != .null { schema[name] = value }
        if !required { schema["type"] = schema["type"].map { [$0, "null"] } }
        if !required, case .array(let values)? = schema["enum"] { schema["enum"] = .array(values + [.null]) }
        schema["title"] = .string(label)
        if let text = helpText ?? description { schema["description"] = .string(text) }
        return .object(schema)
    }

    /// The form of its values.
    private var valueSchema: JSON.Members {
        switch type {
        case .id, .lookup, .masterDetail: ["type": "string", "format": "uuid"]
        case .number, .currency, .percent: ["type": "number"]
        case .checkbox: ["type": "boolean"]
        case .date: ["type": "string", "format": "date"]
        case .datetime: ["type": "string", "format": "date-time"]
        case .multiselect, .tags: ["type": "array", "items": ["type": "string"]]
        case .json: [:]
        case .geolocation:
            [
                "type": "object", "properties": ["latitude": ["type": "number"], "longitude": ["type": "number"]],
                "required": ["latitude", "longitude"],
            ]
        case .email: ["type": "string", "format": "email"]
        default: ["type": "string"]
        }
    }

    private var limits: JSON.Members {
        var limits = JSON.Members()
        if let length { limits["maxLength"] = .number(Number(length)) }
        if let min { limits["minimum"] = .number(min) }
        if let max { limits["maximum"] = .number(max) }
        if let pattern { limits["pattern"] = .string("^(?:\(pattern.source))$") }
        let values = JSON.texts(options.filter(\.active).map(\.value))
        switch type {
        case .select where !options.isEmpty: limits["enum"] = values
        case .multiselect where !options.isEmpty: limits["items"] = ["type": "string", "enum": values]
        case .lookup, .masterDetail: limits["x-referenceTo"] = .texts(referenceTo)
        default: break
        }
        return limits
    }

    /// A value it might have.
    var example: JSON {
        switch type {
        case .number, .currency: .number(Swift.max(min ?? 0, 1200))
        case .percent: 40
        case .checkbox: true
        case .date: "2026-03-31"
        case .datetime: "2026-03-31T09:30:00Z"
        case .time: "09:30:00"
        case .select: .string(options.first?.value ?? "")
        case .multiselect: .texts(options.prefix(1).map(\.value))
        case .tags: ["key account"]
        case .lookup, .masterDetail: "01960000-0000-7000-8000-000000000001"
        case .email: "ada@example.com"
        case .phone: "+44 20 7946 0000"
        case .url: "https://example.com"
        case .json: [:]
        case .geolocation: ["latitude": 51, "longitude": 0]
        default: .string("\(label) of this \(type == .textarea ? "record, in a few words" : "record")")
        }
    }
}
