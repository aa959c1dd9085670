/// One place of a mistake: `metadata/Account.object.yml:12:5`.
package struct SourceLocation: Sendable, Hashable {
    package let file: String
    package let line: Int
    package let column: Int
    package init(file: String, line: Int, column: Int) { (self.file, self.line, self.column) = (file, line, column) }
}

/// A mistake in the metadata, as `martlet check` prints it.
package struct Diagnostic: Sendable, Hashable, CustomStringConvertible {
    package enum Severity: String, Sendable { case error, warning }
    package let location: SourceLocation
    package let severity: Severity
    package let message: String

    package init(_ severity: Severity, _ message: String, at location: SourceLocation) {
        (self.severity, self.message, self.location) = (severity, message, location)
    }

    package var description: String {
        "\(location.file):\(location.line):\(location.column): \(severity.rawValue): \(message)"
    }
}

/// Collects the mistakes of one load.
final class DiagnosticLog {
    private(set) var diagnostics: [Diagnostic]

    init(_ diagnostics: [Diagnostic] = []) { self.diagnostics = diagnostics }

    var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

    func error(_ message: String, at location: SourceLocation) { diagnostics.append(Diagnostic(.error, message, at: location)) }
    func warning(_ message: String, at location: SourceLocation) {
        diagnostics.append(Diagnostic(.warning, message, at: location))
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
