import SQL
import Storage
import Values

/// What a caller sends so that a request repeated after a lost answer is not carried out twice.
package struct IdempotencyKey: Sendable, Hashable {
    /// The `Idempotency-Key` header, with the user it came from.
    package let key: String
    /// A hash of the request it came with.
    package let request: String

    package init(key: String, request: String) { (self.key, self.request) = (key, request) }
}

extension WriteScope {
    /// The answer given to the same request before.
    func earlierAnswer(_ key: IdempotencyKey) async throws -> WriteOutcome? {
        let statement = statements.select(
            ["Request", "Answer"], from: EngineTables.idempotency.name, matching: [("Key", .text(session.user.id + key.key))])
        let found = try await rows(statement) { rows in
            try rows.next() ? (rows.cell(0).string ?? "", rows.cell(1).string ?? "") : nil
        }
        guard let (request, answer) = found else { return nil }
        guard request == key.request else {
            throw Problem(
                .unprocessable, "idempotency_key_reused", "The Idempotency-Key \(key.key) came with another request before",
                hint: "Use a new key for each new request")
        }
        return WriteOutcome(replaying: try JSON(parsing: answer))
    }

    func keep(_ outcome: WriteOutcome, for key: IdempotencyKey) async throws {
        let table = EngineTables.idempotency
        let sql = statements.insert(into: table.name, columns: table.columns.map(\.name))
        let answer = outcome.json.description
        try await run(
            Statement(
                sql: sql, binds: [.text(session.user.id + key.key), .text(key.request), .json(answer), .datetime(session.now)]))
    }
}

extension WriteOutcome {
    /// The results in a form that can be kept; problems keep their code and text.
    fileprivate var json: JSON {
        .array(
            results.map { result in
                switch result {
                case .success(let done):
                    [
                        "kind": .string(done.kind.rawValue), "object": .string(done.object), "id": .string(done.id),
                        "version": .number(Number(done.version)),
                    ]
                case .failure(let problem): problem.json
                }
            })
    }

    fileprivate init(replaying json: JSON) {
        results = (json.array ?? []).map { item in
            guard let kind = item["kind"]?.string.flatMap(Change.Kind.init), let object = item["object"]?.string,
                let id = item["id"]?.string
            else { return .failure(Problem(item)) }
            return .success(Done(kind: kind, object: object, id: id, version: item["version"]?.number?.integer ?? 1))
        }
        isReplay = true
    }
}

extension Problem {
    fileprivate var json: JSON {
        [
            "problem": .string(kind.rawValue), "code": .string(code), "detail": .string(detail),
            "hint": hint.map(JSON.string) ?? .null,
            "errors": .array(
                errors.map {
                    ["field": $0.field.map(JSON.string) ?? .null, "code": .string($0.code), "message": .string($0.message)]
                }),
        ]
    }

    fileprivate init(_ json: JSON) {
        self.init(
            json["problem"]?.string.flatMap(Kind.init) ?? .failure, json["code"]?.string ?? "internal",
            json["detail"]?.string ?? "",
            errors: (json["errors"]?.array ?? []).map {
                FieldError(field: $0["field"]?.string, code: $0["code"]?.string ?? "", message: $0["message"]?.string ?? "")
            },
            hint: json["hint"]?.string)
    }
}
