import Engine
import Metadata
import Values

/// A small sales organisation: what the routes speak about, and no more.
enum Business {
    static let files = [account, contact, opportunity, lead, activity, dashboard, refusing].map { SourceFile($0.0, $0.1) }

    private static let account = (
        "metadata/Account.object.yml",
        """
        name: Account
        label: Account
        labelPlural: Accounts
        icon: building
        description: A company
        features: { searchable: true, trackFieldHistory: true }
        fields:
          - { name: Name, type: text, required: true, searchable: true, length: 80 }
          - { name: Code, type: text, externalId: true, unique: true }
          - { name: Status, type: select, options: [{ value: Prospect, default: true }, Active Customer, Churned] }
          - { name: Phone, type: phone }
          - { name: Email, type: email }
          - { name: Credit, type: currency, precision: 12, scale: 2, min: 0, visibleWhen: { field: Status, operator: notEquals, value: Churned } }
          - { name: OwnerId, type: lookup, referenceTo: User, defaultValue: $currentUser }
          - { name: IsCustomer, type: formula, returnType: checkbox, formula: 'Status = "Active Customer"' }
          - { name: Deals, type: summary, relationship: Opportunities, function: count }
        relationships:
          - { name: Opportunities, type: hasMany, object: Opportunity, foreignKey: AccountId }
          - { name: Contacts, type: hasMany, object: Contact, foreignKey: AccountId }
        listViews:
          - { name: Mine, label: Mine, filters: [{ field: OwnerId, operator: equals, value: $currentUser }], sortBy: Name, columns: [Name, Status] }
        pageLayout: { sections: [{ label: Details, fields: [Name, Status, Phone] }] }
        validationRules:
          - { name: Reachable, errorMessage: An account needs a phone number or an e-mail address, errorField: Phone, formula: 'AND(ISBLANK(Phone), ISBLANK(Email))' }
        triggers:
          - { name: Broken, event: beforeInsert, file: triggers/Broken.swift }
          - { name: Slow, event: beforeInsert, file: triggers/Slow.swift }
        """
    )

    private static let contact = (
        "metadata/Contact.object.yml",
        """
        name: Contact
        label: Contact
        labelPlural: Contacts
        fields:
          - { name: Name, type: text, required: true }
          - { name: AccountId, type: masterDetail, referenceTo: Account, required: true }
          - { name: Email, type: email }
        """
    )

    private static let opportunity = (
        "metadata/Opportunity.object.yml",
        """
        name: Opportunity
        label: Opportunity
        labelPlural: Opportunities
        fields:
          - { name: Name, type: text, required: true }
          - { name: AccountId, type: lookup, referenceTo: Account, required: true, restrictDelete: true }
          - name: Stage
            type: select
            required: true
            options:
              - { value: Prospecting, default: true }
              - Proposal
              - { value: Closed Won, isWon: true, isClosed: true }
              - { value: Closed Lost, isClosed: true }
          - { name: Amount, type: currency, precision: 18, scale: 2 }
          - { name: CloseDate, type: date, defaultValue: $TODAY }
        """
    )

    private static let lead = (
        "metadata/Lead.object.yml",
        """
        name: Lead
        label: Lead
        labelPlural: Leads
        fields:
          - { name: Name, type: text, required: true }
          - { name: Status, type: select, options: [{ value: New, default: true }, Qualified, Converted, Unqualified] }
        """
    )

    private static let activity = (
        "metadata/Activity.object.yml",
        """
        name: Activity
        label: Activity
        labelPlural: Activities
        fields:
          - { name: Subject, type: text, required: true }
          - { name: Type, type: select, options: [{ value: Call, default: true }, Meeting] }
          - { name: Status, type: select, options: [{ value: Planned, default: true }, Completed] }
          - { name: ActivityDate, type: datetime }
          - { name: AccountId, type: lookup, referenceTo: Account }
          - { name: ContactId, type: lookup, referenceTo: Contact }
          - { name: OwnerId, type: lookup, referenceTo: User, defaultValue: $currentUser }
        """
    )

    private static let dashboard = (
        "metadata/sales.dashboard.yml",
        """
        name: sales
        label: Sales
        components:
          - name: byStage
            label: Pipeline
            type: funnel
            category: Stage
            query:
              object: Opportunity
              groupBy: [Stage]
              aggregate: { amount: { $sum: Amount } }
          - name: newest
            label: Newest
            type: table
            columns: [Name]
            query: { object: Account, fields: [Name], orderBy: [{ field: Name, direction: asc }], limit: 5 }
        """
    )

    private static let refusing = (
        "triggers/Refusing.trigger.yml",
        """
        name: Refusing
        object: Account
        events: [beforeInsert]
        when: Name = "Refused"
        actions:
          - fail: { message: Not this one, field: Name }
        """
    )
}

/// A trigger with a defect: it fails on accounts called Broken.
struct Broken: Trigger {
    let name = "Broken"

    struct Defect: Error {}

    func run(_ work: TriggerWork) async throws {
        if work.changes.contains(where: { $0.new["Name"].text == "Broken" }) { throw Defect() }
    }
}

/// A trigger that takes its time with accounts called Slow: until the test opens the gate.
struct Slow: Trigger {
    let name = "Slow"
    let gate: Gate

    func run(_ work: TriggerWork) async throws {
        if work.changes.contains(where: { $0.new["Name"].text == "Slow" }) { await gate.pass() }
    }
}
