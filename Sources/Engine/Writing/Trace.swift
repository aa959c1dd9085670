package import Values

/// What ran during a write: `?explain=true`.
package struct Trace: Sendable {
    package struct Step: Sendable {
        /// `defaults`, `validation`, `rule`, `trigger`, `action`, `store`, `rollUp`, `log`.
        let kind: String
        let name: String
        let object: String
        let records: Int
        let depth: Int
        let duration: Duration
    }

    package private(set) var steps: [Step] = []
    package internal(set) var statements = 0
    private let start = ContinuousClock.now

    mutating func add(
        _ kind: String, _ name: String, _ object: String, _ records: Int, depth: Int, since: ContinuousClock.Instant
    ) {
        steps.append(Step(kind: kind, name: name, object: object, records: records, depth: depth, duration: .now - since))
    }

    package var json: JSON {
        [
            "statements": .number(Number(statements)),
            "microseconds": .number(Number(Int((ContinuousClock.now - start) / .microseconds(1)))),
            "steps": .array(
                steps.map { step in
                    [
                        "kind": .string(step.kind), "name": .string(step.name), "object": .string(step.object),
                        "records": .number(Number(step.records)), "depth": .number(Number(step.depth)),
                        "microseconds": .number(Number(Int(step.duration / .microseconds(1)))),
                    ]
                }),
        ]
    }
}
