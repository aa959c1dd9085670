import Engine
import HTTPTypes
import Hummingbird
import Metadata
import ObjectQL
import Values

extension Route {
    static let listRecords = Route(
        .get, "/api/objects/{object}", "list", "Lists records", parameters: .list, gives: .ok(.page), problems: [404]
    ) { call in
        let query = try Query(object: call.object.name, parameters: call.parameters)
        return .json(try await call.engine.read(query, as: call.session).body)
    }

    static let createRecord = Route(
        .post, "/api/objects/{object}", "create", "Creates a record", parameters: [.explain],
        headers: [.idempotencyKey, .prefer],
        takes: .recordValues, gives: .created(.record), problems: [404, 409, 422]
    ) { call in
        let object = try call.object
        let (body, values) = try await call.members()
        return try await call.write(.create(object: object.name, values: values), call.options(body), status: .created)
    }

    static let readRecord = Route(
        .get, "/api/objects/{object}/{id}", "read", "Reads a record", parameters: [.fields], headers: [.ifNoneMatch],
        gives: .ok(.record), problems: [404]
    ) { call in
        let fields = FieldList(call.parameter("fields") ?? "")
        let answer = try await call.engine.record(call.object.name, id: call.id, fields: fields, as: call.session)
        guard fields.isEmpty, let version = answer.version else { return .json(answer.body) }
        let headers: HTTPFields = [.eTag: ETag.of(version)]
        if call.alreadyHas("\(version)") { return Response(status: .notModified, headers: headers) }
        return .json(answer.body, headers: headers)
    }

    static let updateRecord = Route(
        .patch, "/api/objects/{object}/{id}", "update", "Changes fields of a record; the others stay", parameters: [.explain],
        headers: [.ifMatch, .prefer], takes: .recordValues, gives: .ok(.record), problems: [404, 409, 412, 422]
    ) { call in
        let (object, options) = (try call.object, try call.options())
        let values = try await call.members().members
        let version = try await call.expectedVersion()
        return try await call.write(
            .update(object: object.name, id: call.id, values: values, version: version), options, status: .ok)
    }

    static let replaceRecord = Route(
        .put, "/api/objects/{object}/{id}", "put", "Takes back a record as it was read, changed; fields that are not named stay",
        parameters: [.explain], headers: [.ifMatch, .prefer], takes: .recordValues, gives: .ok(.record),
        problems: [404, 409, 412, 422]
    ) { call in
        let (object, options) = (try call.object, try call.options())
        let record = call.whole(try await call.members().members, of: object)
        let version = try await call.expectedVersion() ?? record.version
        return try await call.write(
            .update(object: object.name, id: call.id, values: record.values, version: version), options, status: .ok)
    }

    static let deleteRecord = Route(
        .delete, "/api/objects/{object}/{id}", "delete", "Moves a record to the recycle bin, with what hangs on it",
        parameters: [.explain], headers: [.ifMatch], gives: .noContent, problems: [404, 409, 412, 422]
    ) { call in
        let (object, options) = (try call.object, try call.options())
        let request = WriteRequest.delete(object: object.name, id: call.id, version: try await call.expectedVersion())
        let outcome = try await call.engine.write([request], as: call.session, options: options)
        guard let trace = outcome.trace else { return Response(status: .noContent) }
        return .json(["explain": trace.json])
    }

    static let undelete = Route(
        .post, "/api/objects/{object}/{id}/undelete", "undelete",
        "Brings a record back from the recycle bin, with what went there with it", parameters: [.explain], headers: [.prefer],
        gives: .ok(.record), problems: [404, 409, 422]
    ) { call in
        try await call.write(.undelete(object: call.object.name, id: call.id), call.options(), status: .ok)
    }

    static let history = Route(
        .get, "/api/objects/{object}/{id}/history", "history", "Tells a record's changes, the newest first",
        parameters: [.limit(standard: 200, most: 1000)], gives: .ok(.named("History")), problems: [404]
    ) { call in
        let limit = try call.count("limit", standard: 200, most: 1000)
        let changes = try await call.engine.history(call.object.name, id: call.id, as: call.session, limit: limit)
        return .json(["changes": changes])
    }
}

extension Call {
    /// Carries out one change and answers with the record as it then stands, unless the caller does without.
    fileprivate func write(_ request: WriteRequest, _ options: WriteOptions, status: HTTPResponse.Status) async throws -> Response
    {
        let outcome = try await engine.write([request], as: session, options: options)
        guard let done = try outcome.results.first?.get() else { return Response(status: .noContent) }
        var headers: HTTPFields = [.eTag: ETag.of(done.version)]
        if status == .created { headers[.location] = "/api/objects/\(done.object)/\(done.id)" }
        if outcome.isReplay { headers[.idempotencyReplayed] = "true" }
        if prefersLittle, outcome.trace == nil {
            headers[.preferenceApplied] = "return=minimal"
            return Response(status: status == .created ? .created : .noContent, headers: headers)
        }
        let (record, version) = try await record(done, isReplay: outcome.isReplay)
        headers[.eTag] = ETag.of(version)
        return .json(outcome.trace.map { Call.explained(record, $0) } ?? record, status: status, headers: headers)
    }

    /// A record that an earlier request created may be gone by now; its id still answers the question.
    private func record(_ done: WriteOutcome.Done, isReplay: Bool) async throws -> (bytes: [UInt8], version: Int) {
        do {
            let answer = try await engine.record(done.object, id: done.id, as: session)
            return (answer.body, answer.version ?? done.version)
        } catch let problem as Problem where isReplay && problem.kind == .notFound {
            return (Array(JSON.object(["Id": .string(done.id)]).description.utf8), done.version)
        }
    }

    /// `{"record": {...}, "explain": {...}}`
    private static func explained(_ record: [UInt8], _ trace: Trace) -> [UInt8] {
        var writer = JSONWriter(capacity: record.count + 4096)
        writer.raw("{\"record\":")
        writer.raw(record)
        writer.raw(",\"explain\":")
        writer.value(trace.json)
        writer.raw("}")
        return writer.array
    }
}
