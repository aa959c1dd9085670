import Engine
import HTTPTypes
import Hummingbird
import Metadata
import Values

extension Route {
    static let batchOfObject = Route(
        .post, "/api/objects/{object}/batch", "batch", "Creates, updates, upserts and deletes many records in one transaction",
        parameters: [.explain], headers: [.idempotencyKey], takes: .named("ObjectBatch"), gives: .ok(.named("BatchResults")),
        problems: [404, 409, 412, 422]
    ) { call in try await call.batch(of: call.object.name) }

    static let batch = Route(
        .post, "/api/batch", "batchAll", "Changes records of several objects in one transaction, with references between them",
        parameters: [.explain], headers: [.idempotencyKey], takes: .named("Batch"), gives: .ok(.named("BatchResults")),
        problems: [404, 409, 412, 422]
    ) { call in try await call.batch(of: nil) }
}

extension Call {
    /// - Parameter object: the object of all operations; nil where each names its own.
    fileprivate func batch(of object: String?) async throws -> Response {
        let body = try await body()
        let batch = try Batch(body.json, of: object, most: shared.settings.maxOperations)
        let options = try options(body, allOrNone: batch.allOrNone)
        do {
            let outcome = try await engine.write(batch.requests, as: session, options: options)
            return .json(outcome.json, headers: outcome.isReplay ? [.idempotencyReplayed: "true"] : [:])
        } catch let error as BatchProblem { throw Refusal(error) }
    }
}

extension WriteOutcome {
    fileprivate var json: JSON {
        var members: JSON.Members = ["results": .array(results.map(\.json))]
        if let trace { members["explain"] = trace.json }
        return .object(members)
    }
}

extension Result<WriteOutcome.Done, Problem> {
    fileprivate var json: JSON {
        switch self {
        case .success(let done):
            [
                "status": .number(Number(done.kind == .create ? 201 : done.kind == .delete ? 204 : 200)), "id": .string(done.id),
                "version": .number(Number(done.version)),
            ]
        case .failure(let problem): problem.result
        }
    }
}

extension Problem {
    fileprivate var result: JSON { ["status": .number(Number(kind.status.code)), "error": .object(members())] }
}

extension Refusal {
    /// A batch of all or nothing: the first problem speaks for the whole, and each operation says whether it was the cause.
    fileprivate init(_ batch: BatchProblem) {
        let first =
            batch.problems.lazy.compactMap { $0 }.first ?? Problem(.failure, "internal", "A batch failed without a problem")
        self.init(first as any Error)
        results = batch.problems.map { $0?.result ?? Refusal.undone }
    }

    private static let undone: JSON = [
        "status": 424,
        "error": .object(
            Problem(.conflict, "not_done", "Nothing was wrong with this operation; it was undone because of others")
                .members(HTTPResponse.Status(code: 424))),
    ]
}
