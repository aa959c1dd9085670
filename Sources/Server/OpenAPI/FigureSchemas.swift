import Values

extension OpenAPI {
    static let figureSchemas: JSON.Members = [
        "Revenue": object(
            ["revenue": number, "growth": fraction, "previousQuarter": number],
            required: ["revenue", "growth", "previousQuarter"]),
        "Leads": object(
            ["count": integer, "qualified": integer, "unqualified": integer], required: ["count", "qualified", "unqualified"]),
        "WinRate": object(["rate": fraction, "won": integer, "total": integer], required: ["rate", "won", "total"]),
        "Pipeline": object(["stages": list(stage)], required: ["stages"]),
        "Activities": object(["activities": list(["type": "object"])], required: ["activities"]),
    ]

    private static let fraction: JSON = [
        "type": ["number", "null"], "description": "0.25 is a quarter; null where there is nothing to compare with",
    ]
    private static let stage = object(
        ["stage": text, "amount": number, "count": integer, "isClosed": boolean, "isWon": boolean],
        required: ["stage", "amount", "count"])
}
