import ArgumentParser
import Assistant
import Engine
import Foundation
import Metadata
import Values

struct Brief: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Tell what matters about a customer, and what to do.",
        discussion: """
            Reads what hangs on a record - activities, mails, deals, cases, contracts, tasks, notes - and prints a briefing. Works \
            on the database itself: a server need not run, but may. Without a provider (MARTLET_AI_PROVIDER) it is written offline.

            EXAMPLES
              martlet brief Account 0198c0de-0000-7000-8000-000000000001
              martlet brief Contact 0198c0de-0000-7000-8000-000000000002 --format json
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    @Argument(help: "The object: Account, Contact, Opportunity, Lead.") var object: String
    @Argument(help: "The record's id.") var id: String
    @Option(help: "How many activities, and how many mails, are read; the newest.") var activityLimit: Int?
    @Option(help: "The form of the answer: text or json (standard: text).") var format: Format = .text
    @OptionGroup var site: Site.Options
    @OptionGroup var assistant: AssistantOptions

    func run() async throws {
        let site = try Site(site)
        let wiring = try assistant.wiring(site.environment)
        try await site.asking { engine, _ in
            let session = Session.administrator()
            let work = try await wiring.briefer(engine, await wiring.ledger(engine))
                .prepare(BriefingSubject(object: object, id: id), activityLimit: activityLimit, as: session)
            let briefing = try await work.briefing()
            switch format {
            case .json: try Terminal.output.line(JSON.object(["briefing": briefing.json]).description)
            case .text:
                for line in BriefingPage(briefing).lines(width: Terminal.output.width ?? 100) { try Terminal.output.line(line) }
            }
        }
    }
}
