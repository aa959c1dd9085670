import Engine
import Metadata
import ObjectQL
import Values

/// Keeps each call of a provider as a record, where the business has the object for it.
struct CallBook: Sendable {
    let engine: Engine

    static let object = "AssistantCall"
    private static let (input, output, time) = ("InputTokens", "OutputTokens", "CalledAt")

    /// The tokens that the records of a day tell of; 0 where there are none.
    func used(on day: Day) async -> Int {
        guard has(Self.input, Self.output, Self.time) else { return 0 }
        let query = try? Query(json: [
            "object": .string(Self.object),
            "aggregate": ["in": ["$sum": .string(Self.input)], "out": ["$sum": .string(Self.output)]],
            "filters": [
                Self.time: ["$gte": .string(Instant(day).description), "$lt": .string(Instant(day + 1).description)]
            ],
        ])
        guard let query, let sums = try? await engine.read(query, as: .administrator()).records.first else { return 0 }
        return (sums["in"]?.number?.integer ?? 0) + (sums["out"]?.number?.integer ?? 0)
    }

    /// A call that cannot be written down is no reason to withhold its answer.
    func write(_ call: Ledger.Call) async {
        guard let object = engine.registry.object(Self.object) else { return }
        let all: JSON.Members = [
            "Provider": .string(call.provider), "Model": .string(String(call.model.prefix(120))),
            "Outcome": .string(call.outcome),
            Self.input: .number(Number(call.usage.input)), Self.output: .number(Number(call.usage.output)),
            "Milliseconds": .number(Number(Int(call.duration / .milliseconds(1)))), "RelatedObject": .string(call.object),
            "RelatedId": .string(call.recordID), "UserId": .string(call.userID), Self.time: .string(call.at.description),
        ]
        var values = JSON.Members()
        for (name, value) in all where object.field(name)?.isWritable ?? false { values.append(name, value) }
        _ = try? await engine.write([.create(object: object.name, values: values)], as: .administrator(now: call.at))
    }

    private func has(_ fields: String...) -> Bool {
        engine.registry.object(Self.object).map { object in fields.allSatisfy { object.field($0) != nil } } ?? false
    }
}
