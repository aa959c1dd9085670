import ArgumentParser
import Metadata

struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Find every mistake in a metadata folder.",
        discussion: """
            Prints one line for each mistake: file, line, column and what to do. The queries of dashboards and saved ones are \
            checked as well. The exit status is 1 if there is an error; warnings do not count.

            EXAMPLES
              martlet check
              martlet check metadata
              martlet check /srv/crm/metadata --triggers /srv/crm/triggers
            """)

    @Argument(help: "The folder; without it, the one of the setting metadata.") var folder: String?
    @Option(Settings.triggers) var triggers: String?

    func run() throws {
        let environment = Environment()
        let metadata = try folder ?? environment.value(Settings.metadata, nil, or: Folders.standardMetadata())
        let (registry, diagnostics) = Folders(metadata, try environment.value(Settings.triggers, triggers)).read().load()
        for diagnostic in diagnostics { try Terminal.output.line(diagnostic.printed) }
        let errors = diagnostics.count { $0.severity == .error }
        let warnings = counted(diagnostics.count - errors, "warning")
        guard errors == 0, let registry else {
            try Terminal.output.line("\(metadata): \(counted(errors, "error")), \(warnings)")
            throw ExitCode(Failure.Kind.refused.rawValue)
        }
        try Terminal.output.line("\(metadata): \(registry.summary), no errors, \(warnings)")
    }
}

extension Diagnostic {
    /// As a line of `martlet check`.
    fileprivate var printed: String {
        let word = severity.rawValue + ":"
        let colour: Terminal.Colour = severity == .error ? .red : .yellow
        return "\(location.file):\(location.line):\(location.column): \(Terminal.output.coloured(word, colour)) \(message)"
    }
}

extension Registry {
    /// `15 objects, 1 dashboard, 2 saved queries, 16 declarative triggers`.
    var summary: String {
        [
            counted(objects.count, "object"), counted(dashboards.count, "dashboard"),
            counted(queries.count, "saved query", "saved queries"), counted(triggers.count, "declarative trigger"),
        ]
        .joined(separator: ", ")
    }
}
