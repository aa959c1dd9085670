package import Values

/// One thing to be done to one record.
package enum WriteRequest: Sendable {
    /// - Parameter reference: a name under which later requests of the batch may use the new id, as `@name`.
    case create(object: String, values: JSON.Members, reference: String? = nil)
    /// Fields that are not named stay as they are. `version`: the one the caller saw last, nil where any will do.
    case update(object: String, id: String, values: JSON.Members, version: Int? = nil)
    /// Updates the record whose external-id field has the value given in `values`, or creates it.
    case upsert(object: String, values: JSON.Members, externalID: String, reference: String? = nil)
    /// To the recycle bin, with everything that hangs on it.
    case delete(object: String, id: String, version: Int? = nil)
    /// Back from the recycle bin, with everything that went there with it.
    case undelete(object: String, id: String)

    package var object: String {
        switch self {
        case .create(let object, _, _), .update(let object, _, _, _), .upsert(let object, _, _, _), .delete(let object, _, _),
            .undelete(let object, _):
            object
        }
    }

    /// What is to be written into the record; nil where it goes, or comes back, as it is.
    var values: JSON.Members? {
        switch self {
        case .create(_, let values, _), .update(_, _, let values, _), .upsert(_, let values, _, _): values
        case .delete, .undelete: nil
        }
    }
}

package struct WriteOptions: Sendable {
    /// Everything or nothing; else each request stands for itself.
    package var allOrNone: Bool
    package var explain: Bool
    package var idempotency: IdempotencyKey?

    package init(allOrNone: Bool = true, explain: Bool = false, idempotency: IdempotencyKey? = nil) {
        (self.allOrNone, self.explain, self.idempotency) = (allOrNone, explain, idempotency)
    }
}

/// What became of each request, in order.
package struct WriteOutcome: Sendable {
    package struct Done: Sendable, Hashable {
        package let kind: Change.Kind
        package let object: String
        package let id: String
        package let version: Int
    }

    package var results: [Result<Done, Problem>]
    package var trace: Trace?
    /// The answer is that of an earlier request with the same idempotency key.
    package var isReplay = false
}

/// The problems of single records of a write, by their place in the request.
struct RecordProblems: Error {
    private var checks: [Int: [Problem.FieldError]]
    private var refusals: [Int: Problem] = [:]

    init(_ checks: [Int: [Problem.FieldError]] = [:]) { self.checks = checks }

    /// A record that cannot be written at all: it is not there, or names what is not there.
    init(_ place: Int, _ problem: Problem) {
        checks = [:]
        refusals[place] = problem
    }

    var isEmpty: Bool { checks.isEmpty && refusals.isEmpty }

    mutating func add(_ place: Int, _ field: String?, _ code: String, _ message: String) {
        checks[place, default: []].append(.init(field: field, code: code, message: message))
    }

    mutating func refuse(_ place: Int, _ problem: Problem) { if refusals[place] == nil { refusals[place] = problem } }

    func throwIfAny() throws(RecordProblems) { if !isEmpty { throw self } }

    /// The problem of the record at `place`; nil where it had none.
    func problem(at place: Int) -> Problem? {
        if let refusal = refusals[place] { return refusal }
        guard let errors = checks[place], let first = errors.first else { return nil }
        let code = first.code == "rule" ? "rule_violation" : "validation_failed"
        return Problem(.unprocessable, code, first.message, errors: errors)
    }

    /// The problem of the whole write.
    var problem: Problem {
        (Array(checks.keys) + Array(refusals.keys)).min().flatMap(problem(at:))
            ?? Problem(.unprocessable, "validation_failed", "The record is not valid")
    }
}
