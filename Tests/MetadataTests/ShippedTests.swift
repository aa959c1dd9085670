import Metadata
import Testing

@Suite("The shipped metadata")
struct ShippedTests {
    @Test func `loads without a word`() {
        let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let (registry, diagnostics) = Registry.load(directory: root + "/metadata", triggers: root + "/triggers")
        #expect(diagnostics.map(\.description) == [])
        #expect(registry?.object("Opportunity")?.relationship("Contracts") != nil)
    }
}

@Suite("An object on its own")
struct ExampleTests {
    /// A bit of everything, on lines as people write them.
    private static let opportunity = """
        name: Opportunity
        label: Opportunity
        labelPlural: Opportunities
        icon: briefcase
        features: { searchable: true, trackFieldHistory: true, enableActivities: true, enableNotes: true, enableAttachments: true, enableDuplicateDetection: true }
        fields:
          - { name: Name, type: text, label: Name, required: true, searchable: true, length: 120 }
          - { name: AccountId, type: lookup, referenceTo: Account, required: true }
          - name: Stage
            type: select
            required: true
            options:
              - { label: Prospecting, value: Prospecting, probability: 10 }
              - { label: Closed Lost, value: Closed Lost, probability: 0, isClosed: true }
              - { label: Closed Won, value: Closed Won, probability: 100, isWon: true }
          - { name: Amount, type: currency }
          - { name: CloseDate, type: date }
          - { name: LossReason, type: text }
          - { name: IsWon, type: formula, returnType: checkbox, formula: 'Stage = "Closed Won"' }
          - { name: OwnerId, type: lookup, referenceTo: User, required: true, defaultValue: $currentUser }
        relationships:
          - { name: Contracts, type: hasMany, object: Contract, foreignKey: OpportunityId }
        listViews:
          - { name: ClosingThisQuarter, filters: [{ field: CloseDate, operator: thisQuarter }], sortBy: CloseDate, sortOrder: asc, columns: [Name, Amount] }
        pageLayout: { sections: [{ label: Details, columns: 2, fields: [Name, AccountId], visibleWhen: { field: Stage, operator: equals, value: Closed Lost } }] }
        validationRules:
          - { name: RequireLossReason, errorMessage: A lost opportunity needs a reason, formula: 'AND(Stage = "Closed Lost", ISBLANK(LossReason))' }
        triggers:
          - { name: OpportunityStageChange, event: afterUpdate, file: triggers/OpportunityTrigger.swift, conditions: [{ field: Stage, changed: true }] }
        """

    private static let closedWon = """
        name: ClosedWon
        object: Opportunity
        events: [afterUpdate]
        when: AND(ISCHANGED(Stage), Stage = "Closed Won")
        actions:
          - create: { object: Contract, set: { AccountId: =AccountId, OpportunityId: =Id, ContractValue: =BLANKVALUE(Amount, 0), StartDate: =TODAY(), Status: Draft } }
          - update: { record: =AccountId, set: { CustomerStatus: Active Customer } }
          - notify: { to: =Owner.Manager.Email, subject: '="Deal closed: " & Name' }
        """

    @Test func `loads, with a warning for all that is not there`() {
        let (registry, diagnostics) = Registry.load([
            SourceFile("Opportunity.object.yml", ExampleTests.opportunity),
            SourceFile("ClosedWon.trigger.yml", ExampleTests.closedWon),
        ])
        #expect(
            diagnostics.map(\.description) == [
                "ClosedWon.trigger.yml:6:15: warning: trigger ClosedWon: create: there is no object Contract; the action is left out",
                "ClosedWon.trigger.yml:7:23: warning: trigger ClosedWon: update: there is no object Account; the action is left out",
                "Opportunity.object.yml:8:5: warning: field AccountId: there is no object Account; the field is kept without a reference to it",
                "Opportunity.object.yml:22:39: warning: relationship Contracts: there is no object Contract; the relationship is left out",
                "Opportunity.object.yml:29:57: warning: trigger OpportunityStageChange: there is no file triggers/OpportunityTrigger.swift",
            ])
        #expect(registry?.object("Opportunity")?.fields.count == 15)
        #expect(registry?.triggers.first?.actions.count == 1)
    }
}
