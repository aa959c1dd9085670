/// Collects the mistakes of one load.
final class DiagnosticLog {
    private(set) var diagnostics: [Diagnostic]
    private var errors = 0

    /// Errors beyond these are not looked for: whoever reads the list has enough to do, and suggestions cost time.
    static let errorLimit = 500

    init(_ diagnostics: [Diagnostic] = []) { self.diagnostics = diagnostics }

    var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

    /// So many errors that the rest need not be read.
    var isFull: Bool { errors >= DiagnosticLog.errorLimit }

    func error(_ message: @autoclosure () -> String, at location: SourceLocation) {
        if isFull { return }
        errors += 1
        diagnostics.append(Diagnostic(.error, message(), at: location))
        if isFull {
            diagnostics.append(
                Diagnostic(.error, "There are \(errors) errors: mend these first, there may be more", at: location))
        }
    }

    func warning(_ message: @autoclosure () -> String, at location: SourceLocation) {
        if !isFull { diagnostics.append(Diagnostic(.warning, message(), at: location)) }
    }

    /// A path that leads to an object that is not there is a warning: what needs it is left out, and the rest loads.
    func report(_ problem: PathProblem, _ what: String, at location: SourceLocation) {
        if problem.isMissingObject {
            warning("\(what): \(problem.message); it is left out", at: location)
        } else {
            error("\(what): \(problem.message)", at: location)
        }
    }

    /// In the order of files and lines, none twice.
    var sorted: [Diagnostic] {
        var seen = Set<Diagnostic>()
        return diagnostics.filter { seen.insert($0).inserted }.sorted {
            ($0.location.file, $0.location.line, $0.location.column) < ($1.location.file, $1.location.line, $1.location.column)
        }
    }
}
