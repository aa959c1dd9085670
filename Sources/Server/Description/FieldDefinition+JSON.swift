import Metadata
import Values

extension FieldDefinition {
    /// The field with the attributes that its type has.
    var json: JSON {
        var members: JSON.Members = [
            "name": .string(name), "label": .string(label), "type": .string(type.rawValue), "required": .bool(required),
            "unique": .bool(unique), "searchable": .bool(searchable), "readonly": .bool(!isWritable), "hidden": .bool(hidden),
            "system": .bool(isSystem),
        ]
        for (name, value) in details where value != .null { members[name] = value }
        return .object(members)
    }

    private var details: [(String, JSON)] {
        [
            ("resultType", type == resultType ? .null : .string(resultType.rawValue)),
            ("operators", .texts(FilterOperator.allCases.filter(operators.contains).map(\.rawValue))),
            ("helpText", .text(helpText)), ("description", .text(description)), ("length", .count(length)),
            ("rows", .count(rows)),
            ("precision", isNumeric ? .count(precision) : .null), ("scale", isNumeric ? .count(scale) : .null),
            ("min", min.map(JSON.number) ?? .null), ("max", max.map(JSON.number) ?? .null), ("pattern", .text(pattern?.source)),
            ("format", .text(format)), ("defaultValue", defaultValue?.json ?? .null), ("externalId", externalId ? true : .null),
            ("options", options.isEmpty ? .null : .array(options.map(\.json))), ("dependsOn", .text(dependsOn)),
            ("referenceTo", isLookup ? .texts(referenceTo) : .null), ("parentName", .text(parentName)),
            ("onDelete", isLookup ? .string(onDelete.rawValue) : .null), ("visibleWhen", visibleWhen?.json ?? .null),
            ("formula", .text(formula?.source)), ("returnType", .text(formula?.returnType.rawValue)),
            ("summary", summary?.json ?? .null),
        ]
    }

    private var isNumeric: Bool { [.number, .currency, .percent].contains(resultType) }
}

extension PicklistOption {
    fileprivate var json: JSON {
        var members: JSON.Members = ["value": .string(value), "label": .string(label), "active": .bool(active)]
        if isDefault { members["default"] = true }
        if let color { members["color"] = .string(color) }
        if let probability { members["probability"] = .number(Number(probability)) }
        if isWon { members["isWon"] = true }
        if isClosed { members["isClosed"] = true }
        if let forecastCategory { members["forecastCategory"] = .string(forecastCategory) }
        if !when.isEmpty { members["when"] = .texts(when) }
        return .object(members)
    }
}

extension DefaultValue {
    fileprivate var json: JSON {
        switch self {
        case .value(let value): value.json
        case .currentUser: "$currentUser"
        case .today: "$TODAY"
        case .now: "$NOW"
        case .formula(let source): .string("=" + source)
        }
    }
}

extension SummaryDefinition {
    fileprivate var json: JSON {
        [
            "function": .string(function.rawValue), "object": .string(object), "foreignKey": .string(foreignKey),
            "field": .text(field),
            "filters": filter?.json ?? .null,
        ]
    }
}
