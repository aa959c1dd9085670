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
