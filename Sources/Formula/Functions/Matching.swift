import SQL
import Values

extension Functions {
    /// Patterns, and values inside JSON.
    static let matching: [Function] = [
        Function(
            "REGEX(text, pattern)", .text,
            """
            True when the whole text matches the regular expression: literals, `.`, classes, `\\d \\w \\s`, `\\p{L}`, \
            groups, `|`, `* + ? {n,m}`, `(?=x)`, `(?!x)`, `(?i)`. It takes time in proportion to the text.
            """,
            example: "REGEX(\"AB-12\", \"[A-Z]{2}-\\\\d+\")", "true",
            .form { call throws(FormulaError) in
                if case .text(let pattern)? = call.arguments.count == 2 ? call.arguments[1].literal : nil {
                    // A pattern that never changes is compiled once, and a mistake in it is one of the formula.
                    let compiled: Pattern
                    do throws(FormulaError) { compiled = try Pattern(pattern) } catch { throw error.at(call.arguments[1].place) }
                    return try call.resolve([fixedPattern(compiled)], "REGEX(text, pattern)")
                }
                return try call.resolve([anyPattern], "REGEX(text, pattern)")
            }),
        Function(
            "LIKE(text, pattern)", .text,
            """
            True when the whole text matches the pattern: `%` stands for any characters, `_` for one, `\\` makes the next one plain.
            """,
            example: "LIKE(\"Howdy\", \"%dy\")", "true",
            Overload(
                name: "LIKE", parameters: [.text, .text], result: .boolean,
                evaluation: .openTwo { .bool(LikePattern($1.text ?? "").matches($0.text ?? "")) }, postgres: .function("like"))
        ),
        Function(
            "JSONVALUE(json, key)", .text,
            "The text, number or truth that the JSON object in a text has under a key; blank where there is none.",
            example: "JSONVALUE('{\"Degrees\": 45}', \"Degrees\")", "45",
            Overload(
                name: "JSONVALUE", parameters: [.text, .text], result: .text, mayFail: true,
                evaluation: .two { text, key throws(FormulaError) in
                    guard let json = try? JSON(parsing: text.text ?? "") else { throw .failure(.badValue, "The text is no JSON") }
                    return scalar(json[key.text ?? ""])
                },
                postgres: .function("jsonvalue"),
                postgresFailure: { "(\($0[0]) IS NOT NULL AND \($0[1]) IS NOT NULL AND martlet_json(\($0[0])) IS NULL)" })),
        Function(
            "JSONPATHVALUE(json, path)", .text,
            """
            The text, number or truth at a path like `$.items[0].price` in the JSON of a text; blank where there is none, or \
            where the text is no JSON.
            """,
            example: "JSONPATHVALUE('{\"a\": [1, 2]}', \"$.a[1]\")", "2",
            Overload(
                name: "JSONPATHVALUE", parameters: [.text, .text], result: .text,
                evaluation: .two { text, path in
                    guard let steps = jsonSteps(path.text ?? ""), let json = try? JSON(parsing: text.text ?? "") else {
                        return .null
                    }
                    return scalar(steps.reduce(json) { $0?.step($1) })
                },
                postgres: .function("jsonpathvalue"))),
    ]

    private static func fixedPattern(_ pattern: Pattern) -> Overload {
        Overload(
            name: "REGEX", parameters: [.text, .text], result: .boolean,
            evaluation: .openTwo { text, _ in .bool(pattern.matches(text.text ?? "")) },
            postgres: .sql { "(coalesce(\($0[0]), '') ~ \(.text(pattern.postgres)))" })
    }

    private static let anyPattern = Overload(
        name: "REGEX", parameters: [.text, .text], result: .boolean, mayFail: true,
        evaluation: .openTwo { text, pattern throws(FormulaError) in
            .bool(try Pattern(pattern.text ?? "").matches(text.text ?? ""))
        },
        postgres: .none("REGEX with a pattern that is no constant"))

    private static func scalar(_ json: JSON?) -> Value {
        switch json {
        case .string(let text): Value(text: text)
        case .number(let number): .text(number.description)
        case .bool(let bool): .text(bool ? "true" : "false")
        default: .null
        }
    }
}

enum JSONStep { case member(String), item(Int) }

/// The steps of `$.a.b[0]['c']`; the `$` may be missing. Nil where the path is malformed.
func jsonSteps(_ path: String) -> [JSONStep]? {
    var rest = Substring(path)
    if rest.first == "$" { rest.removeFirst() } else { rest = "." + rest }
    var steps: [JSONStep] = []
    while let first = rest.first {
        rest.removeFirst()
        if first == "." {
            let name = rest.prefix { $0 != "." && $0 != "[" }
            guard !name.isEmpty else { return nil }
            steps.append(.member(String(name)))
            rest = rest.dropFirst(name.count)
        } else if first == "[", let end = rest.firstIndex(of: "]") {
            let inner = rest[..<end]
            rest = rest[rest.index(after: end)...]
            if let index = Int(inner), index >= 0, inner.first != "+" {
                steps.append(.item(index))
            } else if let quote = inner.first, quote == "'" || quote == "\"", inner.count >= 3, inner.last == quote {
                steps.append(.member(String(inner.dropFirst().dropLast())))
            } else {
                return nil
            }
        } else {
            return nil
        }
    }
    return steps
}

extension JSON {
    func step(_ step: JSONStep) -> JSON? {
        switch (step, self) {
        case (.member(let name), .object(let members)): members[name]
        case (.item(let index), .array(let items)): index < items.count ? items[index] : nil
        default: nil
        }
    }
}
