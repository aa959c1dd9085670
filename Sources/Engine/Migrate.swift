import Metadata
package import Storage

extension Engine {
    /// Brings the database to what the model needs, and puts its metadata in force for all servers of the database.
    func migrate(to model: Model, allowDestructive: Bool) async throws {
        do {
            _ = try await database.migrate(
                to: model.schema, edition: Edition(model.registry), allowDestructive: allowDestructive,
                progress: settings.migrationProgress)
        } catch let problem as MigrationProblem { throw Problem(problem) } catch let error as StorageError {
            throw Problem(error)
        }
    }

    /// Whether the database answers and holds what the model needs; nil when all is well.
    package func readiness() async -> Problem? {
        do {
            let migration = try await database.plan(model.schema)
            guard !migration.isDone else {
                return try await database.edition(otherThan: registry.version).map { _ in Problem(StorageError.superseded) }
            }
            let steps = migration.steps.filter { !$0.isLeftover }.map(\.description)
            return Problem(
                .unavailable, "schema_behind",
                "The database does not hold what the metadata describes: \(steps.joined(separator: "; "))",
                hint: "Run martlet plan, then martlet migrate")
        } catch let error as StorageError { return Problem(error) } catch {
            return Problem(.unavailable, "unavailable", "The database does not answer: \(error)")
        }
    }
}

extension Problem {
    /// Why a migration was not carried out, with what to do.
    package init(_ problem: MigrationProblem) {
        switch problem {
        case .refused(let refusals):
            let reasons = refusals.map { refusal in
                let rows = refusal.ids.isEmpty ? "" : " (rows \(refusal.ids.joined(separator: ", ")))"
                return "\(refusal.table).\(refusal.column): \(refusal.reason)\(rows)"
            }
            self.init(
                .conflict, "migration_refused",
                "The database cannot take this metadata without losing data. " + reasons.joined(separator: "; "),
                hint: "Change these rows or the metadata first; martlet plan shows every step")
        case .destructive(let steps):
            self.init(
                .conflict, "migration_destructive",
                "The metadata needs steps that lose data: " + steps.map(\.description).joined(separator: "; "),
                hint: "Look at martlet plan; martlet migrate --allow-destructive carries them out")
        }
    }
}
