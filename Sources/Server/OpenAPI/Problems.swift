import Values

extension OpenAPI {
    private static let statuses: [(status: Int, name: String, meaning: String)] = [
        (400, "Malformed", "The request cannot be understood, or names what is not there"),
        (404, "NotFound", "There is no such thing, or it may not be seen"),
        (409, "Conflict", "The record clashes with others: a value that must be unique, or children that hold it"),
        (412, "VersionMismatch", "The record is at another version than If-Match says"),
        (413, "TooLarge", "The body is larger, or has more operations, than the server takes"),
        (415, "UnsupportedMediaType", "The body is not application/json"),
        (422, "Unprocessable", "Understood, but a validation rule, a field or a trigger refuses"),
        (502, "BadGateway", "Another server that had to be asked gave no answer that can be used"),
        (503, "Unavailable", "Try again in a moment"),
        (504, "TimedOut", "It took longer than it may"),
        (507, "DiskFull", "There is no room left for the change"),
    ]

    static let problemResponses: JSON.Members = {
        var responses: JSON.Members = ["Problem": response("Something went wrong")]
        for (_, name, meaning) in statuses { responses[name] = response(meaning) }
        return responses
    }()

    /// - Parameter status: nil for any other.
    static func problemResponse(_ status: Int?) -> JSON {
        let name = statuses.first { $0.status == status }?.name ?? "Problem"
        return ["$ref": .string("#/components/responses/\(name)")]
    }

    static let explained: JSON = [
        "description": "Done; with ?explain=true, what ran",
        "content": ["application/json": ["schema": ["type": "object", "properties": ["explain": reference("Explanation")]]]],
    ]

    private static func response(_ meaning: String) -> JSON {
        ["description": .string(meaning), "content": ["application/problem+json": ["schema": reference("Problem")]]]
    }
}
