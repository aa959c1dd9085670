import Values

extension OpenAPI {
    static let briefingSchemas: JSON.Members = [
        "BriefingQuestion": [
            "oneOf": [
                object(["accountId": uuid, "activityLimit": limit], required: ["accountId"], isClosed: true),
                object(["object": text, "id": uuid, "activityLimit": limit], required: ["object", "id"], isClosed: true),
            ]
        ],
        "BriefingAnswer": object(["briefing": reference("Briefing")], required: ["briefing"]),
        "Briefing": object(
            [
                "summary": ["type": "string", "description": "At most 200 words"], "nextSteps": few, "talkingPoints": few,
                "sentiment": ["type": "string", "enum": ["positive", "neutral", "negative"]],
                "engagementScore": ["type": "integer", "minimum": 0, "maximum": 100], "reasoning": text,
                "citations": list(citation), "metadata": about,
            ],
            required: [
                "summary", "nextSteps", "talkingPoints", "sentiment", "engagementScore", "reasoning", "citations", "metadata",
            ]),
    ]

    private static let uuid: JSON = ["type": "string", "format": "uuid"]
    private static let limit: JSON = ["type": "integer", "minimum": 1, "maximum": 1000, "default": 200]
    private static let few: JSON = ["type": "array", "items": text, "minItems": 3, "maxItems": 5]
    private static let citation = object(
        ["claim": text, "object": text, "id": uuid, "field": text, "value": ["description": "As it stands in the record"]],
        required: ["claim", "object", "id", "field", "value"])
    private static let about = object(
        [
            "activitiesAnalyzed": integer, "emailsAnalyzed": integer, "lastActivityDate": ["type": ["string", "null"]],
            "generatedAt": ["type": "string", "format": "date-time"], "provider": text, "model": text, "tokens": integer,
            "cached": boolean, "fallbackReason": text, "omitted": list(text), "droppedClaims": integer,
        ],
        required: [
            "activitiesAnalyzed", "emailsAnalyzed", "lastActivityDate", "generatedAt", "provider", "model", "tokens", "cached",
        ])
}
