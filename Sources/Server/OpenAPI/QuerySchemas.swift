import Values

extension OpenAPI {
    static func query(_ objects: JSON) -> JSON {
        let json = object(
            [
                "object": objects, "fields": list(selection), "filters": reference("Filters"), "related": related,
                "groupBy": ["anyOf": [keys, object(["rollup": keys]), object(["cube": keys])]],
                "aggregate": ["type": "object", "additionalProperties": figure], "having": ["type": "object"], "search": text,
                "orderBy": list(reference("Ordering")),
                "limit": ["type": "integer", "minimum": 0, "maximum": 2000, "default": 50],
                "offset": ["type": "integer", "minimum": 0, "maximum": 100_000], "cursor": text, "count": boolean,
                "deleted": deleted, "view": text,
                "scope": text, "asOf": text, "mode": text, "categories": list(["type": "object"]), "for": list(text),
            ],
            required: ["object"], isClosed: true)
        return ["oneOf": [json, textQuery], "example": example]
    }

    private static let example: JSON = [
        "object": "Opportunity", "fields": ["Name", "Amount", "Account.Name"],
        "filters": ["CloseDate": "THIS_QUARTER", "Amount": ["$gt": 1000]],
        "orderBy": [["field": "Amount", "direction": "desc", "nulls": "last"]], "limit": 20,
    ]

    private static let textQuery = object(
        [
            "soql": ["type": "string", "example": "select Name from Account where Industry = :industry limit 5"],
            "binds": ["type": "object", "description": "The values for :name in the text"],
        ],
        required: ["soql"], isClosed: true)

    private static let selection: JSON = ["anyOf": [text, ["type": "object"]]]
    private static let keys = list(["anyOf": [text, object(["field": text, "by": period, "as": text], required: ["field"])]])

    static let relatedQuery = object(
        [
            "fields": list(selection), "filters": reference("Filters"), "related": related,
            "orderBy": list(reference("Ordering")),
            "limit": ["type": "integer", "minimum": 0], "deleted": deleted, "for": list(text),
        ],
        isClosed: true)

    static let filters: JSON = [
        "description": """
        Conditions by field or path: {"Industry": {"$in": ["Technology"]}, "Owner.Region": "EMEA"}, joined by $and, $or and $not; or the list \
        form of list views: [{"field", "operator", "value"}]
        """,
        "anyOf": [["type": "object"], list(["type": "object"])],
    ]

    static let ordering: JSON = [
        "anyOf": [
            ["type": "string", "description": "A field; - before it for descending"],
            object(
                [
                    "field": text, "direction": ["type": "string", "enum": ["asc", "desc"]],
                    "nulls": ["type": "string", "enum": ["first", "last"]],
                ],
                required: ["field"], isClosed: true),
        ]
    ]

    /// What fields of each kind can be compared with.
    static let comparisonSchemas: JSON.Members = [
        "TextComparison": comparison(
            nullableText, more: ["$contains": text, "$startsWith": text, "$endsWith": text, "$like": text, "$ilike": text]),
        "NumberComparison": comparison(["type": ["number", "null"]]),
        "CheckboxComparison": comparison(["type": ["boolean", "null"]]),
        "DateComparison": comparison([
            "type": ["string", "null"], "description": "2026-03-31, or a word: TODAY, THIS_QUARTER, LAST_N_DAYS:30",
        ]),
        "DatetimeComparison": comparison([
            "type": ["string", "null"],
            "description": "2026-03-31T09:30:00Z, a day, or a word: TODAY, THIS_QUARTER, LAST_N_DAYS:30",
        ]),
        "ChoicesComparison": [
            "type": "object", "properties": ["$includes": list(text), "$excludes": list(text), "$null": boolean],
        ],
    ]

    private static func comparison(_ value: JSON, more: JSON.Members = [:]) -> JSON {
        var operators: JSON.Members = [
            "$eq": value, "$ne": value, "$gt": value, "$gte": value, "$lt": value, "$lte": value, "$in": list(value),
            "$nin": list(value),
            "$between": ["type": "array", "items": value, "minItems": 2, "maxItems": 2], "$null": boolean,
        ]
        for (name, schema) in more { operators[name] = schema }
        return ["anyOf": [value, ["type": "object", "properties": .object(operators)]]]
    }

    private static let related: JSON = ["type": "object", "additionalProperties": reference("RelatedQuery")]
    private static let period: JSON = ["type": "string", "enum": ["day", "week", "month", "quarter", "year"]]
    private static let figure = object([
        "$count": text, "$countDistinct": text, "$sum": text, "$avg": text, "$min": text, "$max": text,
    ])
    private static let deleted: JSON = ["enum": [true, false, "only"]]
}
