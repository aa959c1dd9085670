import Formula
import Metadata
import Values

/// A `triggers/*.trigger.yml` at work: its actions, in order, for each change.
struct DeclarativeTrigger: Trigger {
    let name: String
    private let actions: [Action]

    private enum Setting: Sendable {
        case value(Value)
        case formula(BoundFormula)
    }

    private typealias Settings = [(field: String, value: Setting)]

    private enum Action: Sendable {
        case create(object: String, Settings)
        case update(object: String, record: BoundFormula, Settings)
        case delete(object: String, record: BoundFormula)
        case set(Settings)
        case notify(to: Setting, subject: Setting, body: Setting?)
        case fail(message: Setting, field: String?)
    }

    init(_ definition: TriggerDefinition, of object: ObjectDefinition, binder: FormulaBinder) throws(Problem) {
        func bind(_ setting: TriggerDefinition.Setting) -> Setting {
            switch setting {
            case .value(let value): .value(value)
            case .formula(let formula): .formula(binder.bind(formula, in: object))
            }
        }
        func bind(_ settings: [(field: String, TriggerDefinition.Setting)]) -> Settings {
            settings.map { ($0.field, bind($0.1)) }
        }
        name = definition.name
        actions = definition.actions.map { action in
            switch action {
            case .create(let object, let settings): .create(object: object, bind(settings))
            case .update(let target, let record, let settings):
                .update(object: target, record: binder.bind(record, in: object), bind(settings))
            case .delete(let target, let record): .delete(object: target, record: binder.bind(record, in: object))
            case .set(let settings): .set(bind(settings))
            case .notify(let to, let subject, let body): .notify(to: bind(to), subject: bind(subject), body: body.map(bind))
            case .fail(let message, let field): .fail(message: bind(message), field: field)
            }
        }
    }

    func run(_ work: TriggerWork) async throws {
        let formulas = formulas
        for action in actions {
            // Each time: an action may have changed a parent that the next one reads.
            try await work.scope.loadParents(of: work.changes, for: formulas)
            try await run(action, work)
        }
    }

    private func run(_ action: Action, _ work: TriggerWork) async throws {
        switch action {
        case .set(let settings):
            for index in work.changes.indices {
                let change = work.changes[index]
                for (field, setting) in settings { work.changes[index].new[field] = try converted(setting, field, change, work) }
            }
        case .create(let object, let settings):
            try await work.create(object, try work.changes.map { ($0, try members(settings, $0, work)) })
        case .update(let object, let record, let settings):
            for change in work.changes {
                guard let id = try value(.formula(record), change, work).text else { continue }
                try await work.update(object, [(change, id: id, values: try members(settings, change, work))])
            }
        case .delete(let object, let record):
            for change in work.changes {
                guard let id = try value(.formula(record), change, work).text else { continue }
                try await work.delete(object, id: id, for: change)
            }
        case .notify(let to, let subject, let body):
            var messages: [(Change?, TriggerWork.Message)] = []
            for change in work.changes {
                // Nobody to tell is no reason to fail a write.
                guard let recipient = try value(to, change, work).text else { continue }
                let text = try body.flatMap { try value($0, change, work).text }
                let title = try value(subject, change, work).text ?? name
                messages.append((change, .init(to: recipient, subject: title, body: text, about: change.id)))
            }
            try await work.notify(messages)
        case .fail(let message, let field):
            guard let change = work.changes.first else { return }
            throw work.refuse(change, try value(message, change, work).text ?? "Refused by the trigger \(name)", field: field)
        }
    }

    private func value(_ setting: Setting, _ change: Change, _ work: TriggerWork) throws -> Value {
        switch setting {
        case .value(let value): value
        case .formula(let formula): try work.scope.evaluate(formula, change, naming: "A formula of the trigger \(name)")
        }
    }

    private func members(_ settings: Settings, _ change: Change, _ work: TriggerWork) throws -> JSON.Members {
        var members = JSON.Members()
        for (field, setting) in settings { members[field] = try value(setting, change, work).json }
        return members
    }

    private func converted(_ setting: Setting, _ name: String, _ change: Change, _ work: TriggerWork) throws -> Value {
        guard let field = work.object.field(name) else { return .null }
        let json = try value(setting, change, work).json
        do throws(FieldProblem) { return try field.convert(json) } catch { throw work.refuse(change, error.message, field: name) }
    }

    private var formulas: [BoundFormula] {
        var found: [BoundFormula] = []
        func collect(_ setting: Setting) { if case .formula(let formula) = setting { found.append(formula) } }
        for action in actions {
            switch action {
            case .create(_, let settings), .set(let settings): settings.forEach { collect($0.value) }
            case .update(_, let record, let settings):
                found.append(record)
                settings.forEach { collect($0.value) }
            case .delete(_, let record): found.append(record)
            case .notify(let to, let subject, let body): [to, subject, body].compactMap { $0 }.forEach(collect)
            case .fail(let message, _): collect(message)
            }
        }
        return found
    }
}
