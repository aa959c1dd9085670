package import ObjectQL
package import Storage
import Values

/// Why the engine refused or failed, in terms of the caller. The server makes problem documents (RFC 9457) of these.
package struct Problem: Error, Sendable, Hashable {
    package enum Kind: String, Sendable {
        /// The request cannot be understood or names what is not there.
        case malformed
        case unauthorized
        case forbidden
        case notFound
        case conflict
        /// Someone else changed the record in between.
        case versionMismatch
        case tooLarge
        /// Understood, but a rule or a check says no.
        case unprocessable
        /// Try again later.
        case unavailable
        /// No room is left; nobody need try again before somebody makes some.
        case full
        case timeout
        /// Another server that had to be asked gave no answer that can be used.
        case upstream
        /// A defect of ours, or of a trigger.
        case failure
    }

    package struct FieldError: Sendable, Hashable {
        package let field: String?
        package let code: String
        package let message: String

        package init(field: String?, code: String, message: String) {
            (self.field, self.code, self.message) = (field, code, message)
        }
    }

    package var kind: Kind
    package var code: String
    package var detail: String
    package var errors: [FieldError]
    package var hint: String?
    /// How long to wait before the same request may succeed; nil where nobody knows.
    package var retryAfter: Duration?

    package init(_ kind: Kind, _ code: String, _ detail: String, errors: [FieldError] = [], hint: String? = nil) {
        (self.kind, self.code, self.detail, self.errors, self.hint) = (kind, code, detail, errors, hint)
    }
}

extension Problem {
    package init(_ problem: QueryProblem) {
        let place = FieldError(field: problem.path, code: problem.code, message: problem.message)
        let excerpt = problem.location.map { "\n" + $0.excerpt } ?? ""
        self.init(.malformed, problem.code, problem.message + excerpt, errors: [place], hint: problem.hint)
    }

    package static func notFound(_ object: String, _ id: String) -> Problem {
        Problem(.notFound, "not_found", "There is no \(object) with the id \(id), or it may not be seen")
    }

    /// What a storage error means to the caller; `write` names what was being done.
    package init(_ error: StorageError) {
        switch error {
        case .unique(let table, let columns):
            let names = columns.joined(separator: ", ")
            let message = "Another \(table) has this \(names) already"
            self.init(
                .conflict, "duplicate", message,
                errors: columns.map { FieldError(field: $0, code: "duplicate", message: message) },
                hint: "Change the value, or update the existing record")
        case .foreignKey(let detail):
            self.init(.unprocessable, "broken_reference", "A lookup points at a record that is not there: \(detail)")
        case .notNull(let table, let column):
            let message = "\(table).\(column) must have a value"
            self.init(
                .unprocessable, "required", message, errors: [FieldError(field: column, code: "required", message: message)])
        case .check(let detail): self.init(.unprocessable, "check", "The database refuses the values: \(detail)")
        case .deadline:
            self.init(
                .timeout, "deadline", "The request took longer than it may",
                hint: "Narrow the filters, ask for fewer records, or raise the limit in the settings")
        case .busy(let detail): self.init(.unavailable, "busy", "The database is busy: \(detail)", hint: "Try again in a moment")
        case .full(let detail):
            self.init(
                .full, "disk_full", "The database has no room left: \(detail)",
                hint: "Free disk space; nothing was changed")
        case .unavailable(let detail): self.init(.unavailable, "unavailable", "The database cannot be reached: \(detail)")
        case .uncertain:
            self.init(
                .unavailable, "uncertain",
                "The connection to the database broke while the change was being committed: whether it was is not known",
                hint: "Look whether it is there; a request with an Idempotency-Key may be sent again at once")
        case .corrupt(let detail): self.init(.failure, "corrupt", "The database is damaged: \(detail)")
        case .superseded:
            self.init(
                .unavailable, "superseded", "Another server has put other metadata in force, which this one does not serve yet",
                hint: "Try again in a moment")
        case .missing(let message, _), .statement(let message, _):
            self.init(.failure, "internal", "The database refused a statement: \(message)")
        }
    }
}

extension Problem {
    static func unknownObject(_ name: String, among names: [String]) -> Problem {
        let near = suggestion(for: name, among: names)
        return Problem(
            .notFound, "unknown_object", "There is no object \(name)",
            hint: near.map { "Did you mean \($0)?" } ?? "GET /api/metadata/objects lists the objects")
    }
}

extension Problem {
    /// What a refused request tells its caller. Errors that are nobody's refusal are thrown on: they undo the whole write.
    static func refusal(_ error: any Error) throws -> Problem {
        switch error {
        case let problem as Problem where ![.failure, .unavailable, .full].contains(problem.kind): return problem
        case let problems as RecordProblems: return problems.problem
        case let error as StorageError:
            let problem = Problem(error)
            if [.conflict, .unprocessable].contains(problem.kind) { return problem }
            throw error
        default: throw error
        }
    }
}

extension Engine {
    /// Runs a flow whose every error is to leave as a `Problem` (or a `BatchProblem`).
    func problems<Result>(_ body: () async throws -> Result) async throws -> Result {
        do { return try await body() } catch let error as StorageError { throw Problem(error) } catch let error as QueryProblem {
            throw Problem(error)
        } catch let problems as RecordProblems { throw problems.problem }
    }
}
