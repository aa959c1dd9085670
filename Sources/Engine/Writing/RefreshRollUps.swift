import Metadata
import SQL
import Storage
import Values

extension Engine {
    /// Computes the roll-ups that are new, or defined otherwise than when they were last computed, for all parents.
    ///
    /// Writers are kept waiting for one page of parents at a time. Where it is interrupted, the next start does it again. Where
    /// another server puts other metadata in force meanwhile, the rest is that server's to do.
    func refreshRollUps(of model: Model) async throws {
        do { try await refreshChangedRollUps(of: model) } catch let problem as Problem where problem.code == "superseded" {}
    }

    private func refreshChangedRollUps(of model: Model) async throws {
        let known = try await knownRollUps()
        try await forget(known, but: model)
        for object in model.objects.values.sorted(by: { $0.definition.name < $1.definition.name }) {
            for rollUps in object.rollUps {
                let parent = try model.named(rollUps.parent)
                let changed = rollUps.fields.filter { known[$0.name(in: parent)] != $0.definition }
                if changed.isEmpty { continue }
                var last: String? = ""
                while let start = last {
                    last = try await writing(model) { try await $0.refreshPage(changed, of: parent, after: start) }
                }
                try await writing(model) { try await $0.remember(changed.map { ($0.name(in: parent), $0.definition) }) }
            }
        }
    }

    private func knownRollUps() async throws -> [String: String] {
        let statement = RowStatements(database.dialect).select(
            ["Name", "Definition"], from: EngineTables.rollUps.name, matching: [])
        return try await problems {
            try await database.read(statement, lane: .short, deadline: .after(settings.readDeadline)) { rows in
                var known: [String: String] = [:]
                while try rows.next() { known[rows.cell(0).string ?? ""] = rows.cell(1).string }
                return known
            }
        }
    }

    /// Nobody counts for a roll-up that is gone: should it come back, it must be computed though its definition is the same.
    private func forget(_ known: [String: String], but model: Model) async throws {
        let present = try model.objects.values.flatMap(\.rollUps).flatMap { rollUps in
            let parent = try model.named(rollUps.parent)
            return rollUps.fields.map { $0.name(in: parent) }
        }
        let gone = Set(known.filter { !$0.value.isEmpty }.keys).subtracting(present)
        if gone.isEmpty { return }
        try await writing(model) { try await $0.remember(gone.map { ($0, "") }) }
    }

    private func writing<Result: Sendable>(
        _ model: Model, _ body: @escaping @Sendable (WriteScope) async throws -> Result
    ) async throws -> Result {
        try await problems { try await write(under: model, as: .administrator(), body) }
    }
}

extension WriteScope {
    /// Computes the roll-ups of the parents that follow an id; gives the last one's, nil at the end.
    fileprivate func refreshPage(_ rollUps: [RollUp], of parent: ObjectModel, after id: String) async throws -> String? {
        let page = statements.page(of: parent.definition.name, after: id, limit: RollUp.batch)
        let ids = try await rows(page) { rows in
            var ids: [String] = []
            while try rows.next() { if let id = rows.cell(0).string { ids.append(id) } }
            return ids
        }
        if ids.isEmpty { return nil }
        try await refresh(rollUps.map { RollUpDebt($0, of: ids) }, of: parent)
        return ids.last
    }

    fileprivate func remember(_ definitions: [(name: String, text: String)]) async throws {
        let sql = statements.upsert(into: EngineTables.rollUps.name, columns: ["Name", "Definition"], keys: ["Name"])
        try await run(sql, each: definitions.map { [.text($0.name), .text($0.text)] })
    }
}

extension RollUp {
    fileprivate func name(in parent: ObjectModel) -> String { "\(parent.definition.name).\(field.name)" }
}
