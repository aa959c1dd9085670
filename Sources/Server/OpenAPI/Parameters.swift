import Values

extension Route.Parameter {
    static let explain = Route.Parameter(
        "explain", "Whether the answer tells what ran: {\"record\": ..., \"explain\": ...}", ["type": "boolean"],
        mayBeEmpty: true)
    static let fields = Route.Parameter(
        "fields", "The fields of each record, with commas; parents by path. Without it: the object's own fields",
        ["type": "string"],
        example: "Id,CreatedBy.Name")

    static func limit(standard: Int, most: Int) -> Route.Parameter {
        Route.Parameter(
            "limit", "How many at most",
            ["type": "integer", "minimum": 1, "maximum": .number(Number(most)), "default": .number(Number(standard))])
    }

    static let idempotencyKey = Route.Parameter(
        "Idempotency-Key", "A request repeated with the same key and body is not carried out again",
        ["type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"])
    static let prefer = Route.Parameter(
        "Prefer", "With return=minimal the answer has no body (RFC 7240)", ["type": "string"], example: "return=minimal")
    static let ifMatch = Route.Parameter("If-Match", "The ETag the change was made for", ["type": "string"], example: "\"3\"")
    static let ifNoneMatch = Route.Parameter("If-None-Match", "The ETag the caller has", ["type": "string"], example: "\"3\"")
}

extension [Route.Parameter] {
    /// What a list of records can be asked for.
    static let list: [Route.Parameter] = [
        .fields,
        .init(
            "filters", "The filter of POST /api/query, as JSON", ["type": "string"], example: "{\"CreatedDate\":\"THIS_YEAR\"}"),
        .init(
            "sort", "Fields to sort by, with commas; - before a name for descending", ["type": "string"], example: "-CreatedDate"),
        .init("limit", "How many records at most", ["type": "integer", "minimum": 0, "maximum": 2000, "default": 50]),
        .init("offset", "How many records to skip", ["type": "integer", "minimum": 0, "maximum": 100_000]),
        .init("cursor", "The nextCursor of the page before", ["type": "string"]),
        .init("search", "Words to be found in the searchable fields", ["type": "string"]),
        .init("view", "A list view of the object", ["type": "string"]),
        .init("count", "Whether to tell the number of all records", ["type": "boolean"]),
        .init(
            "deleted", "Whether records in the recycle bin are shown, or only those",
            ["type": "string", "enum": ["true", "false", "only"]]),
    ]
}
