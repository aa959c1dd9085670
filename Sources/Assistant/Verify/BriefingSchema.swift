import Values

/// The JSON Schema of the answer that a provider must give.
enum BriefingSchema {
    static let json: JSON = object([
        "summary": ["type": "string"], "nextSteps": list, "talkingPoints": list,
        "sentiment": ["type": "string", "enum": .array(Briefing.Sentiment.allCases.map { .string($0.rawValue) })],
        "engagementScore": ["type": "integer", "minimum": 0, "maximum": 100], "reasoning": ["type": "string"],
        "citations": ["type": "array", "items": citation],
    ])

    private static let list: JSON = ["type": "array", "items": ["type": "string"], "minItems": 3, "maxItems": 5]

    private static let citation = object([
        "claim": ["type": "string"], "object": ["type": "string"], "id": ["type": "string"], "field": ["type": "string"],
        "value": ["type": ["string", "number", "boolean"]],
    ])

    private static func object(_ properties: JSON.Members) -> JSON {
        [
            "type": "object", "properties": .object(properties), "required": .array(properties.names.map(JSON.string)),
            "additionalProperties": false,
        ]
    }
}
