import ArgumentParser
import Engine
import Foundation
import Metadata
import Storage

struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check whether everything is in place for the server.",
        discussion: """
            Prints a line for each thing looked at: ok, warning or error, with what to do. Changes nothing. The exit status \
            is 1 if there is an error.

            EXAMPLES
              martlet doctor
              martlet doctor --database sqlite:/srv/crm/crm.sqlite --port 80
            """)

    @OptionGroup var site: Site.Options
    @Option(Settings.host) var host: String?
    @Option(Settings.port) var port: String?
    @Option(several: Settings.readReplicas) var readReplica: [String] = []

    func run() async throws {
        let site = try Site(site)
        let host = try site.environment.value(Settings.host, host, or: "")
        let port = try site.environment.value(Settings.port, port, or: 0)
        var findings = try await engines(of: site)
        let (registry, diagnostics) = site.folders.read().load()
        findings.append(.metadata(site, registry, diagnostics))
        findings.append(await .database(site, registry))
        findings += [.secret(site)] + (site.database.file.map { [.space($0)] } ?? []) + [.port(host, port)]
        for finding in findings { try Terminal.output.line(finding.line) }
        if findings.contains(where: { $0.grade == .error }) { throw ExitCode(Failure.Kind.refused.rawValue) }
    }

    private func engines(of site: Site) async throws -> [Finding] {
        guard case .server(let address) = site.database else { return [.sqlite()] }
        let given = readReplica.isEmpty ? nil : readReplica.joined(separator: " ")
        return await Finding.server(address, replicas: try site.environment.value(Settings.readReplicas, given) ?? [])
    }
}

/// What the doctor finds.
struct Finding: Sendable {
    enum Grade: String { case ok, warning, error }

    let grade: Grade
    let subject: String
    let text: String

    init(_ grade: Grade, _ subject: String, _ text: String) { (self.grade, self.subject, self.text) = (grade, subject, text) }

    fileprivate var line: String {
        let colour: Terminal.Colour = grade == .ok ? .green : grade == .warning ? .yellow : .red
        let word = grade.rawValue + String(repeating: " ", count: 9 - grade.rawValue.count)
        let name = subject + String(repeating: " ", count: max(1, 10 - subject.count))
        return Terminal.output.coloured(word, colour) + name + text
    }
}
