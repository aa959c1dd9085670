import ArgumentParser
import Engine
import Storage

struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Bring the database to what the metadata describes.",
        discussion: """
            All steps are made in one transaction: on any error nothing is changed. Look at martlet plan first. On PostgreSQL \
            the rows of large tables are prepared before that, a few at a time, while servers work on; where that is \
            interrupted, the next migration goes on.

            EXAMPLES
              martlet migrate
              martlet migrate --allow-destructive      also steps that lose data, such as dropping a column
            """)

    @OptionGroup var site: Site.Options
    @Flag(help: "Carry out steps that lose data, too.") var allowDestructive = false

    func run() async throws {
        let site = try Site(site)
        let registry = try site.registry()
        let schema = try site.model(registry).schema
        let (progress, log) = (Progress(), MigrationLog { try? Terminal.errors.line($0) })
        let migration = try await site.openDatabase().closed { database in
            defer { progress.end() }
            let migration = try await database.migrate(to: schema, allowDestructive: allowDestructive) { state in
                if Terminal.errors.isInteractive {
                    progress.show(state.percent, of: 100, state.step?.description ?? "")
                } else {
                    log.note(state)
                }
            }
            // An engine computes roll-ups that are defined anew when it opens.
            _ = try await site.engine(registry, on: database)
            return migration
        }
        for step in migration.steps {
            let isDone = allowDestructive || !step.isDestructive
            try Terminal.output.line((isDone ? "Done: " : "Left, since it loses data: ") + step.description)
        }
        try Terminal.output.line("\(site.database) holds what \(site.metadata) describes.")
    }
}
