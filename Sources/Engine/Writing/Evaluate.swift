import Formula
import Metadata
import Values

extension WriteScope {
    /// A formula on a change: the new values, and the old ones for PRIORVALUE and ISCHANGED.
    func evaluate(_ formula: BoundFormula, _ change: Change, naming owner: @autoclosure () -> String) throws -> Value {
        let input = FormulaInput(
            values: formula.sources.map { value($0, change.new, change.occasion) },
            prior: change.old.map { old in formula.sources.map { value($0, old, change.occasion) } },
            isNew: change.old == nil, now: now(change), zone: session.zone)
        do throws(FormulaError) { return try formula.formula.evaluate(input) } catch {
            let message = "\(owner()) failed: \(error.message)"
            throw RecordProblems([change.place: [.init(field: nil, code: "formula_error", message: message)]])
        }
    }

    private func value(_ source: BoundFormula.Source, _ record: Record, _ occasion: Occasion?) -> Value {
        switch source {
        case .own(let position): return record.values[position]
        case .computed(let formula):
            let input = FormulaInput(
                values: formula.sources.map { value($0, record, occasion) }, now: occasion?.now ?? session.now,
                zone: session.zone)
            // A formula field that fails is blank to whoever reads it.
            return (try? formula.formula.evaluate(input)) ?? .null
        case .parent(let position, let byObject):
            guard let id = record.values[position].text, let parent = parents[id], let source = byObject[parent.object.name]
            else { return .null }
            return value(source, parent, occasion)
        case .user(let name): return (occasion?.user ?? session.user).fields[name] ?? .null
        case .organization(let name): return name == "Name" ? .text(engine.settings.organization) : .null
        case .missing: return .null
        }
    }

    /// Reads the parents that formulas will ask for, level by level, each once in a transaction.
    func loadParents(of changes: [Change], for formulas: [BoundFormula]) async throws {
        let sources = formulas.filter(\.readsParents).flatMap(\.sources)
        if sources.isEmpty { return }
        try await loadParents(of: changes.map(\.new) + changes.compactMap(\.old), through: sources)
    }

    private func loadParents(of records: [Record], through sources: [BoundFormula.Source]) async throws {
        for source in sources {
            switch source {
            case .computed(let formula): try await loadParents(of: records, through: formula.sources)
            case .parent(let position, let byObject):
                let ids = Set(records.compactMap { $0.values[position].text })
                for (name, next) in byObject {
                    guard let object = model.objects[name] else { continue }
                    if next.readsRollUp(of: object.definition) { try await settleRollUps(before: ids, of: object) }
                    let unread = ids.filter { parents[$0] == nil }
                    for record in try await self.records(of: object, ids: unread.sorted(), lock: nil) {
                        parents[record.id] = record
                    }
                    let reached = ids.compactMap { parents[$0] }.filter { $0.object.name == name }
                    if next.readsParents, !reached.isEmpty { try await loadParents(of: reached, through: [next]) }
                }
            case .own, .user, .organization, .missing: continue
            }
        }
    }
}
