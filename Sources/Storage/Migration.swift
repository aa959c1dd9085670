/// The way from what a database holds to a schema: steps in order, and what stands in the way.
package struct Migration: Sendable, Hashable {
    package var steps: [MigrationStep]
    /// Changes that would lose something and are not made, whoever allows it.
    package var refusals: [MigrationRefusal]

    package init(steps: [MigrationStep] = [], refusals: [MigrationRefusal] = []) {
        (self.steps, self.refusals) = (steps, refusals)
    }

    /// Whether the database holds the schema, leftovers aside.
    package var isDone: Bool { refusals.isEmpty && steps.allSatisfy(\.isLeftover) }
}

package struct MigrationStep: Sendable, Hashable {
    /// In plain words: `Add the column Account.Rating (text)`.
    package let description: String
    package let sql: [String]
    /// How many rows the step reads or writes.
    package let rows: Int
    /// Whether something is lost: only done when that is allowed.
    package let isDestructive: Bool
    /// Whether the database serves the schema without the step too: it removes what the schema no longer names, or adds what
    /// only makes something faster.
    package let isLeftover: Bool

    package init(_ description: String, sql: [String], rows: Int = 0, isDestructive: Bool = false, isLeftover: Bool = false) {
        (self.description, self.sql, self.rows) = (description, sql, rows)
        (self.isDestructive, self.isLeftover) = (isDestructive, isLeftover)
    }
}

package struct MigrationRefusal: Sendable, Hashable {
    package let table: String
    package let column: String
    /// What would be lost, and what to do.
    package let reason: String
    /// Primary keys of rows in the way, at most 20.
    package let ids: [String]

    package init(table: String, column: String, reason: String, ids: [String]) {
        (self.table, self.column, self.reason, self.ids) = (table, column, reason, ids)
    }
}

/// How far a migration has come.
package struct MigrationProgress: Sendable, Hashable {
    /// Steps that are done, of how many.
    package let done: Int
    package let total: Int
    /// The step that begins now; nil at the end.
    package let step: MigrationStep?
    /// Rows of the step that are done, where it goes row by row.
    package var rows = 0

    /// Of all steps.
    package var percent: Int {
        guard total > 0 else { return 100 }
        let part = step.map { $0.rows == 0 ? 0 : min(100, rows * 100 / $0.rows) } ?? 0
        return (done * 100 + part) / total
    }
}

/// Why a migration was not carried out; nothing was changed.
package enum MigrationProblem: Error, Sendable, Hashable {
    case refused([MigrationRefusal])
    /// The schema needs these steps, which lose something, and that was not allowed.
    case destructive([MigrationStep])
}

extension MigrationRefusal: CustomStringConvertible {
    package var description: String {
        "\(table).\(column): \(reason)"
            + (ids.isEmpty ? "" : " (\(ids.joined(separator: ", "))\(ids.count == 20 ? ", ..." : ""))")
    }
}

extension MigrationProblem: CustomStringConvertible {
    package var description: String {
        switch self {
        case .refused(let refusals):
            "The database cannot be changed as the metadata asks:\n" + refusals.map { "  \($0)" }.joined(separator: "\n")
        case .destructive(let steps):
            "The metadata asks for changes that lose something, which must be allowed:\n"
                + steps.map { "  \($0.description)" }.joined(separator: "\n")
        }
    }
}
