import Metadata
import SQL
import Storage
import Values

/// What the caller wants of one record, with its object found and its place in the request.
struct Intent {
    let place: Int
    /// The id; made at once for a new record.
    let id: String
    let values: JSON.Members
    var version: Int?
    var occasion: Occasion?
}

extension WriteScope {
    /// All requests and their outcome; an earlier answer where the caller repeats a request.
    func answer(_ requests: [WriteRequest], _ options: WriteOptions) async throws -> WriteOutcome {
        if let key = options.idempotency, let earlier = try await earlierAnswer(key) { return earlier }
        let results = options.allOrNone ? try await allOrNone(requests) : try await eachAlone(requests)
        try await complete()
        let outcome = WriteOutcome(results: results, trace: trace)
        if let key = options.idempotency { try await keep(outcome, for: key) }
        return outcome
    }

    private func allOrNone(_ requests: [WriteRequest]) async throws -> [Result<WriteOutcome.Done, Problem>] {
        do { return try await perform(requests).map { .success($0) } } catch let problems as RecordProblems {
            throw requests.count == 1 ? problems.problem : BatchProblem(problems, count: requests.count)
        }
    }

    /// Tries all at once; where that fails, the halves, down to the single request that is refused.
    private func eachAlone(_ requests: [WriteRequest]) async throws -> [Result<WriteOutcome.Done, Problem>] {
        if requests.isEmpty { return [] }
        do { return try await nested { try await perform(requests) }.map { .success($0) } } catch {
            let problem = try Problem.refusal(error)
            if requests.count == 1 { return [.failure(problem)] }
        }
        let middle = requests.count / 2
        return try await eachAlone(Array(requests[..<middle])) + eachAlone(Array(requests[middle...]))
    }

    /// Carries out requests in order: neighbours of one object and kind together, as a set.
    ///
    /// - Parameter occasions: one for each request; none where all are made by the session's user at its time.
    func perform(_ requests: [WriteRequest], on occasions: [Occasion] = []) async throws -> [WriteOutcome.Done] {
        var done: [WriteOutcome.Done] = []
        done.reserveCapacity(requests.count)
        var run = Run()
        try await findParents(of: requests)
        for (place, request) in requests.enumerated() {
            var (object, kind, intent): (ObjectModel, Change.Kind, Intent)
            let occasion = occasions.isEmpty ? nil : occasions[place]
            do {
                (object, kind, intent) = try await resolve(request, place, occasion, pending: &run, &done)
            } catch let problem as Problem where problem.kind != .failure { throw RecordProblems(place, problem) }
            intent.occasion = occasion
            if !run.takes(intent, object, kind, references) { try await finish(&run, &done) }
            run.add(intent, object, kind)
        }
        try await finish(&run, &done)
        return done
    }

    /// Neighbouring requests of one object and one kind.
    private struct Run {
        var object: ObjectModel?
        var kind = Change.Kind.create
        var intents: [Intent] = []
        var ids: Set<String> = []

        /// A record changed twice in one request is changed in two steps, and one that points at another is written after it.
        func takes(_ intent: Intent, _ object: ObjectModel, _ kind: Change.Kind, _ references: [String: String]) -> Bool {
            guard self.object === object, self.kind == kind, !ids.contains(intent.id) else { return false }
            guard kind == .create else { return true }
            return object.lookups.allSatisfy { position in
                let field = object.definition.fields[position]
                guard field.referenceTo.contains(object.definition.name), let id = intent.values[field.name]?.string else {
                    return true
                }
                return !ids.contains(references[String(id.dropFirst())] ?? id)
            }
        }

        mutating func add(_ intent: Intent, _ object: ObjectModel, _ kind: Change.Kind) {
            (self.object, self.kind) = (object, kind)
            intents.append(intent)
            ids.insert(intent.id)
        }
    }

    private func finish(_ run: inout Run, _ done: inout [WriteOutcome.Done]) async throws {
        guard let object = run.object, !run.intents.isEmpty else { return }
        let changes =
            run.kind == .delete
            ? try await delete(run.intents, of: object) : try await write(run.intents, to: object, run.kind)
        for change in changes {
            let version = change.new.values[object.system.version].number?.integer ?? 1
            done.append(.init(kind: run.kind, object: object.definition.name, id: change.id, version: version))
        }
        run = Run()
    }

    private func resolve(
        _ request: WriteRequest, _ place: Int, _ occasion: Occasion?, pending run: inout Run, _ done: inout [WriteOutcome.Done]
    ) async throws -> (ObjectModel, Change.Kind, Intent) {
        let object = isCaller ? try model.object(request.object, for: session.access) : try model.named(request.object)
        switch request {
        case .create(_, let values, let reference):
            let id = newID(on: occasion)
            if let reference { try note(reference, id) }
            return (object, .create, Intent(place: place, id: id, values: values))
        case .update(_, let id, let values, let version):
            return (object, .update, Intent(place: place, id: try known(id, object), values: values, version: version))
        case .delete(_, let id, let version):
            return (object, .delete, Intent(place: place, id: try known(id, object), values: [:], version: version))
        case .undelete(_, let id): return (object, .undelete, Intent(place: place, id: try known(id, object), values: [:]))
        case .upsert(_, let values, let externalID, let reference):
            // What stands before in the request must be visible to the search.
            try await finish(&run, &done)
            let found = try await find(object, externalID, values, place)
            let id = found ?? newID(on: occasion)
            if let reference { try note(reference, id) }
            return (object, found == nil ? .create : .update, Intent(place: place, id: id, values: values))
        }
    }

    private func note(_ reference: String, _ id: String) throws(Problem) {
        guard references.updateValue(id, forKey: reference) == nil else {
            throw Problem(.malformed, "duplicate_reference", "The name @\(reference) is given twice in one request")
        }
    }

    /// The id in canonical form; `@name` is the id of a record made earlier in the request.
    private func known(_ id: String, _ object: ObjectModel) throws(Problem) -> String {
        if id.hasPrefix("@"), let made = references[String(id.dropFirst())] { return made }
        guard let canonical = RecordID.canonical(id) else { throw .notFound(object.definition.name, id) }
        return canonical
    }

    private func find(_ object: ObjectModel, _ name: String, _ values: JSON.Members, _ place: Int) async throws -> String? {
        guard let field = object.definition.field(name), field.externalId || field.unique else {
            let names = object.definition.fields.filter { $0.externalId || $0.unique }.map(\.name)
            throw Problem(
                .malformed, "not_external_id", "\(object.definition.name).\(name) is not an external id",
                hint: names.isEmpty
                    ? "Give a field externalId: true in the metadata"
                    : "Fields that can be used: \(names.joined(separator: ", "))")
        }
        guard let json = values.first(where: { $0.name.caseInsensitiveEquals(field.name) })?.value, !json.isNull else {
            throw RecordProblems([
                place: [.init(field: field.name, code: "required", message: "An upsert needs a value for \(field.name)")]
            ])
        }
        let value = try converted(json, field, place)
        guard let bind = Bind(value, as: field.column) else { return nil }
        let statement = statements.select(["Id", "IsDeleted"], from: object.definition.name, matching: [(field.name, bind)])
        return try await rows(statement) { rows in
            while try rows.next() { if ColumnType.boolean.value(rows.cell(1)) != .bool(true) { return rows.cell(0).string } }
            return nil
        }
    }
}

/// Why a batch of all or nothing was refused: the problems of those requests that had some.
package struct BatchProblem: Error, Sendable {
    package let problems: [Problem?]

    init(_ records: RecordProblems, count: Int) { problems = (0..<count).map { records.problem(at: $0) } }
}
