import ArgumentParser
import Engine
import ObjectQL
import Storage

/// Why a command did not do what it was asked to.
struct Failure: Error {
    /// The exit codes of `martlet`, as the help of the program lists them.
    enum Kind: Int32, CaseIterable {
        /// The answer is no: a mistake in the metadata, a query or a formula, a rule, a step that was not allowed.
        case refused = 1
        /// The command line or a setting is wrong.
        case usage = 64
        /// Something that is needed cannot be reached: the database, a file, the port.
        case unavailable = 69
        /// A defect of ours.
        case defect = 70
    }

    let kind: Kind
    let message: String
    let hint: String?

    init(_ kind: Kind, _ message: String, hint: String? = nil) { (self.kind, self.message, self.hint) = (kind, message, hint) }
}

extension Failure {
    /// What any error means to the one who typed the command.
    init(_ error: any Error) {
        switch error {
        case let failure as Failure: self = failure
        case let problem as Problem: self.init(problem)
        case let problem as QueryProblem: self.init(Problem(problem))
        case let problem as MigrationProblem: self.init(Problem(problem))
        case let problem as TransferProblem: self.init(problem)
        case let error as StorageError: self.init(Problem(error))
        default: self.init(.defect, String(describing: error))
        }
    }

    init(_ problem: Problem) {
        let kind: Kind =
            switch problem.kind {
            case .unavailable, .full: .unavailable
            case .failure: problem.code == "corrupt" ? .unavailable : .defect
            default: .refused
            }
        let place = problem.errors.count == 1 ? problem.errors[0].field.map { " (at \($0))" } ?? "" : ""
        self.init(kind, problem.detail + place, hint: problem.hint)
    }
}
