import Metadata
import Storage
import Values

extension WriteScope {
    /// The object's triggers of one moment, in their order. What a before trigger changes, the next one sees.
    func runTriggers(before: Bool, _ kind: Change.Kind, _ changes: inout [Change], of object: ObjectModel) async throws {
        guard let event = kind.event(before: before), let triggers = object.triggers[event] else { return }
        for trigger in triggers {
            let selected = try await trigger.selected(changes, self)
            if selected.isEmpty { continue }
            for group in groups(selected, for: trigger) {
                let work = TriggerWork(event, trigger, object.definition, group, self)
                try await step("trigger", trigger.name, object, group.count) { try await run(trigger, work) }
                if before { take(work.changes, into: &changes) }
            }
        }
    }

    /// A trigger in Swift has one session for all its changes: those of different occasions come one after another.
    private func groups(_ changes: [Change], for trigger: BoundTrigger) -> [[Change]] {
        let isShared = trigger.trigger is DeclarativeTrigger || changes.allSatisfy { $0.occasion == nil }
        return isShared ? [changes] : changes.map { [$0] }
    }

    private func run(_ trigger: BoundTrigger, _ work: TriggerWork) async throws {
        do { try await trigger.trigger.run(work) } catch var problem as Problem {
            problem.detail = "The trigger \(trigger.name) failed: \(problem.detail)"
            throw problem
        } catch let problems as RecordProblems { throw problems } catch let error as StorageError { throw error } catch let error
            as CancellationError
        {
            throw error
        } catch {
            throw Problem(.failure, "trigger_failed", "The trigger \(trigger.name) failed: \(error)")
        }
    }

    private func take(_ changed: [Change], into changes: inout [Change]) {
        let byID = Dictionary(changed.map { ($0.id, $0.new) }, uniquingKeysWith: { first, _ in first })
        for index in changes.indices { if let new = byID[changes[index].id] { changes[index].new = new } }
    }
}

extension Change.Kind {
    fileprivate func event(before: Bool) -> TriggerEvent? {
        switch self {
        case .create: before ? .beforeInsert : .afterInsert
        case .update: before ? .beforeUpdate : .afterUpdate
        case .delete: before ? .beforeDelete : .afterDelete
        case .undelete: before ? nil : .afterUndelete
        }
    }
}
