import Formula
import Metadata
import Testing
import Values

@Suite("Declarative triggers")
struct TriggerTests {
    private static let objects = [
        SourceFile(
            "Deal.object.yml",
            """
            name: Deal
            fields:
              - { name: Name, type: text }
              - { name: Amount, type: currency, max: 1000 }
              - { name: Chance, type: percent }
              - { name: Stage, type: select, options: [Open, Won] }
              - { name: Due, type: date }
              - { name: Number, type: autoNumber, format: '{000}' }
              - { name: OwnerId, type: lookup, referenceTo: User }
              - { name: WhatId, type: lookup, referenceTo: [User, Deal] }
            """),
        SourceFile(
            "Paper.object.yml",
            """
            name: Paper
            fields:
              - { name: DealId, type: lookup, referenceTo: Deal, required: true }
              - { name: Value, type: currency }
              - { name: Start, type: date }
              - { name: Status, type: select, options: [Draft, Signed] }
              - { name: Tags, type: tags }
            """),
    ]

    private func load(_ text: String) -> (trigger: TriggerDefinition?, messages: [String]) {
        let (registry, diagnostics) = Registry.load(TriggerTests.objects + [SourceFile("T.trigger.yml", text)])
        return (registry?.triggers.first, diagnostics.map { $0.description.replacing("T.trigger.yml:", with: "") })
    }

    private func load(action: String, events: String = "afterUpdate") -> (trigger: TriggerDefinition?, messages: [String]) {
        load("name: T\nobject: Deal\nevents: \(events)\nactions:\n  - \(action)\n")
    }

    @Test func `say when they fire and what they do`() throws {
        let (trigger, messages) = load(
            """
            name: ClosedWon
            object: deal
            events: beforeInsert, after_update
            order: 5
            active: false
            when: AND(ISCHANGED(Stage), Stage = "Won")
            actions:
              - create: { object: Paper, set: { dealid: =Id, Value: =BLANKVALUE(Amount, 0), Start: $TODAY, Status: Draft, Tags: [a, b] } }
              - update: { record: =OwnerId, set: { Title: Winner, Department: } }
              - update: { object: User, record: =WhatId, set: { IsActive: true } }
              - notify: { to: =Owner.Manager.Email, subject: '="Deal closed: " & Name', body: Hurray }
              - delete: { record: =Id }
              - fail: { message: '="No: " & Name', field: Stage }
              - fail: Never
            """)
        #expect(messages == [])
        let found = try #require(trigger)
        #expect((found.name, found.object, found.order, found.active) == ("ClosedWon", "Deal", 5, false))
        #expect(found.events == [.beforeInsert, .afterUpdate])
        #expect(found.when?.type == .boolean)
        guard case .create("Paper", let set) = found.actions[0] else { throw Unexpected() }
        #expect(set.map(\.field) == ["DealId", "Value", "Start", "Status", "Tags"])
        guard case .formula(let value) = set[1].1, case .formula(let today) = set[2].1, case .value(let tags) = set[4].1
        else { throw Unexpected() }
        #expect(
            (value.source, value.type, today.source, tags) == ("BLANKVALUE(Amount, 0)", .currency, "TODAY()", .list(["a", "b"])))
        guard case .update("User", _, let user) = found.actions[1], case .value(.null) = user[1].1 else { throw Unexpected() }
        guard case .update("User", _, _) = found.actions[2] else { throw Unexpected() }
        guard case .notify(.formula, .formula, .value(.text("Hurray"))?) = found.actions[3] else { throw Unexpected() }
        guard case .delete("Deal", _) = found.actions[4] else { throw Unexpected() }
        guard case .fail(.formula, "Stage"?) = found.actions[5], case .fail(.value, nil) = found.actions[6] else {
            throw Unexpected()
        }
    }

    @Test func `may set the record itself before it is written`() throws {
        let (trigger, messages) = load(action: "set: { Chance: =Chance * 2, Stage: Won }", events: "[beforeInsert, beforeUpdate]")
        #expect(messages == [])
        guard case .set(let settings)? = trigger?.actions.first, case .formula(let formula) = settings[0].1 else {
            throw Unexpected()
        }
        #expect(formula.type == .percent)
    }

    @Test(arguments: [
        ("name: T\nobject: Deal\nevents: afterUpdate\nactions: []", "4:1: error: trigger T needs actions"),
        ("name: T\nobject: Deal\nactions: [{ fail: No }]", "1:1: error: trigger T needs events"),
        (
            "name: T\nobject: Deal\nevents: afterUpsert\nactions: [{ fail: No }]",
            "3:9: error: trigger T: there is no event afterUpsert (did you mean afterInsert?)"
        ),
        (
            "name: T\nobject: Deal\nevents: afterUpdate\nwhen: Amount\nactions: [{ fail: No }]",
            "4:7: error: trigger T: when: The formula gives an amount of money, but true or false is expected"
        ),
        (
            "name: T\nobject: Deel\nevents: afterUpdate\nactions: [{ fail: No }]",
            "2:1: warning: trigger T: there is no object Deel (did you mean Deal?); the trigger is left out"
        ),
        (
            "name: T\nobject: Deal\nevents: afterUpdate\nactons: [{ fail: No }]",
            "4:1: error: trigger T has no key \"actons\" (did you mean actions?)"
        ),
    ])
    func `report what is wrong with them`(_ text: String, _ message: String) {
        let messages = load(text).messages
        #expect(messages.contains(message), "\(messages)")
    }

    @Test(arguments: [
        ("fial: No", "trigger T: there is no action fial (did you mean fail?)"),
        ("{ fail: No, set: {} }", "trigger T: an action is a mapping with one key: create, update, delete, set, notify, fail"),
        (
            "set: { Amount: 1 }",
            "trigger T: set: only beforeInsert and beforeUpdate triggers can set fields of the record itself, not afterUpdate; use update with record: =Id"
        ),
        ("create: { set: { DealId: =Id } }", "trigger T: create needs object"),
        ("create: { object: Paper }", "trigger T: create needs set"),
        (
            "create: { object: Paper, set: { DealId: =Id, Valeu: 1 } }",
            "trigger T: create: Paper has no field Valeu (did you mean Value?)"
        ),
        (
            "create: { object: Paper, set: { DealId: =Id, Status: Drift } }",
            "trigger T: create: Status: Status has no option \"Drift\" (did you mean Draft?)"
        ),
        (
            "create: { object: Paper, set: { DealId: =Id, Value: =Name } }",
            "trigger T: create: Value: The formula gives a text, but an amount of money is expected"
        ),
        (
            "create: { object: Paper, set: { DealId: =Id, Value: =Nam } }",
            "trigger T: create: Value: Deal has no field Nam (did you mean Name?)"
        ),
        (
            "create: { object: Paper, set: { DealId: =Id, Version: 1 } }",
            "trigger T: create: Paper.Version is kept by the engine and cannot be set"
        ),
        (
            "create: { object: Paper, set: { DealId: =Id, dealid: =Id } }",
            "trigger T: create: field dealid stands twice; it stands first in line 5"
        ),
        ("update: { record: =Id, set: { Number: 1 } }", "trigger T: update: Deal.Number is kept by the engine and cannot be set"),
        ("update: { record: =Id, set: { Amount: 2000 } }", "trigger T: update: Amount: Amount must be at most 1000"),
        (
            "update: { record: Id, set: { Amount: 1 } }",
            "trigger T: update needs record, a formula that gives an id: =Id, =AccountId"
        ),
        (
            "update: { record: =WhatId, set: { Name: x } }",
            "trigger T: update: of which object is this record? Say object: beside it"
        ),
        (
            "update: { record: '=IF(Amount > 1, OwnerId, OwnerId)', set: { Name: x } }",
            "trigger T: update: of which object is this record? Say object: beside it"
        ),
        (
            "update: { record: =Due, set: { Name: x } }",
            "trigger T: update: record: The formula gives a date, but an id is expected"
        ),
        ("delete: { recrd: =Id }", "trigger T: delete has no key \"recrd\" (did you mean record?)"),
        (
            "notify: { to: =Amount, subject: x }",
            "trigger T: notify: to: The formula gives an amount of money, but a text is expected"
        ),
        ("notify: { to: a@example.com }", "trigger T: notify needs subject"),
        ("fail: { message: No, field: Stag }", "trigger T: fail: Deal has no field Stag (did you mean Stage?)"),
    ])
    func `report what is wrong with an action`(_ action: String, _ message: String) {
        let messages = load(action: action).messages
        #expect(messages.contains { $0.contains("error: " + message) }, "\(messages)")
    }

    @Test func `an action on an object that is not there is left out, and a required field not set is pointed at`() {
        let missing = load(action: "create: { object: Papr, set: { DealId: =Id } }")
        #expect(missing.trigger?.actions.isEmpty == true)
        #expect(
            missing.messages == [
                "5:15: warning: trigger T: create: there is no object Papr (did you mean Paper?); the action is left out"
            ])
        #expect(
            load(action: "create: { object: Paper, set: { Value: 1 } }").messages == [
                "5:13: warning: trigger T: create: Paper needs DealId, which is not set"
            ])
    }

    private struct Unexpected: Error {}
}

@Suite("Triggers that objects declare")
struct TriggerDeclarationTests {
    @Test func `name their file, events and conditions`() throws {
        let thing = try object(
            """
            name: Thing
            fields: [{ name: Stage, type: select, options: [A, B] }]
            triggers:
              - name: T
                event: beforeInsert, beforeUpdate
                file: triggers/T.swift
                conditions: [{ field: stage, changed: true }, { field: Stage, operator: equals, value: B }]
            """)
        let trigger = try #require(thing.triggers.first)
        #expect(trigger.events == [.beforeInsert, .beforeUpdate])
        #expect(trigger.file == "triggers/T.swift")
        #expect(trigger.conditions.map(\.changed) == [true, false])
        #expect(trigger.conditions.map(\.filter) == [nil, .compare(field: "Stage", .equals, .value(.text("B")))])
    }

    @Test(arguments: [
        ("{ name: T }", "5:5: error: trigger T needs events"),
        ("{ name: T, event: afterUpdate, events: [afterUpdate] }", "5:23: error: trigger T has both events and event: keep one"),
        (
            "{ name: T, event: afterUpdate, conditions: [{ field: Stge, changed: true }] }",
            "5:51: error: trigger T: Thing has no field Stge (did you mean Stage?)"
        ),
        (
            "{ name: T, event: afterUpdate, conditions: [{ field: Stage }] }",
            "5:49: error: trigger T: the condition on Stage needs changed: true or an operator"
        ),
        (
            "{ name: T, event: afterUpdate, conditions: [{ field: Stage, operator: equals, value: C }] }",
            "5:90: error: trigger T: Stage has no option \"C\" (did you mean A?)"
        ),
    ])
    func `report what is wrong with them`(_ trigger: String, _ message: String) {
        let text = "name: Thing\nfields:\n  - { name: Stage, type: select, options: [A, B] }\ntriggers:\n  - \(trigger)\n"
        #expect(mistakes(text) == [message])
    }
}
