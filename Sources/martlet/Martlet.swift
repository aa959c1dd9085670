import ArgumentParser
import Foundation

/// The command line: the only place where everything meets.
@main
struct Martlet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "martlet",
        abstract: "A CRM that is described in YAML.",
        discussion: """
            EXAMPLES
              martlet serve --demo                   a server with demo data
              martlet worker                         work on jobs beside it
              martlet check metadata                 find every mistake in a folder
              martlet plan                           what it would do to the database
              martlet simulate --records 200         believable life in it
              martlet query 'SELECT Name FROM Account'  ask without a server

            EXIT STATUS
              0   done
              1   refused: a mistake in the metadata, a query or a formula, a step
                  that was not allowed
              64  the command line or a setting is wrong
              69  something cannot be reached: the database, a file, the port
              70  a defect of Martlet

            Every setting can be given as an environment variable, too: --database as MARTLET_DATABASE, and so on. \
            docs/settings.md lists them all.
            """,
        subcommands: [
            Serve.self, WorkerCommand.self, Check.self, Plan.self, Migrate.self, QueryCommand.self, Brief.self,
            SoqlCommand.self, FormulaCommand.self, Simulate.self, TransferCommand.self, Doctor.self,
        ])

    static func main() async {
        do {
            var command = try parseAsRoot()
            warnOfUnknownSettings(for: command)
            if var command = command as? any AsyncParsableCommand { try await command.run() } else { try command.run() }
        } catch {
            Foundation.exit(report(error))
        }
    }

    private static func warnOfUnknownSettings(for command: any ParsableCommand) {
        for warning in Environment().warnings { Terminal.errors.report("warning", warning, .yellow) }
    }

    /// Tells what went wrong and gives the exit status that says so.
    private static func report(_ error: any Error) -> Int32 {
        switch error {
        case is ReaderGone: return ReaderGone.exitCode
        case let code as ExitCode: return code.rawValue
        case is Failure: break
        default:
            // What remains comes from parsing: a wrong option, or a request for help.
            let code = exitCode(for: error)
            if code.isSuccess {
                print(fullMessage(for: error))
            } else if code == .validationFailure {
                Terminal.errors.report("error", message(for: error), .red)
                Terminal.errors.report("hint", "martlet --help, or martlet COMMAND --help", .dim)
            }
            if code.isSuccess || code == .validationFailure { return code.rawValue }
        }
        let failure = Failure(error)
        Terminal.errors.report("error", failure.message, .red)
        if let hint = failure.hint { Terminal.errors.report("hint", hint, .dim) }
        return failure.kind.rawValue
    }
}

extension Terminal {
    /// `error: ...`; a report that cannot be written has nobody left to be told.
    func report(_ word: String, _ text: String, _ colour: Colour) { try? line(coloured(word + ":", colour) + " " + text) }
}
