import Metadata
import ObjectQL
import Testing
import Values

/// The business that the tests ask about.
enum Business {
    static let registry: Registry = {
        let (registry, diagnostics) = Registry.load(files.map { SourceFile("metadata/\($0.name).object.yml", $0.text) })
        guard let registry else {
            Issue.record("The test's metadata is wrong: \(diagnostics)")
            return Registry(objects: [], version: "")
        }
        return registry
    }()

    static var scope: QueryScope { QueryScope(registry: registry) }

    private static let files: [(name: String, text: String)] = [
        ("Account", account), ("Contact", contact), ("Opportunity", opportunity), ("Activity", activity), ("Secret", secret),
        ("Site", site),
        ("User", user),
    ]

    private static let user = """
        name: User
        label: User
        labelPlural: Users
        fields:
          - { name: Region, type: text }
        """

    private static let account = """
        name: Account
        label: Account
        labelPlural: Accounts
        features: { searchable: true }
        fields:
          - { name: Name, type: text, required: true, searchable: true }
          - { name: AccountNumber, type: text, unique: true }
          - { name: Industry, type: select, options: [Technology, Banking, Energy] }
          - { name: Description, type: textarea, searchable: true }
          - { name: AnnualRevenue, type: currency, scale: 2 }
          - { name: Budget, type: currency, scale: 4 }
          - { name: Employees, type: number }
          - { name: Rating, type: percent, scale: 1 }
          - { name: IsActive, type: checkbox, defaultValue: true }
          - { name: Interests, type: multiselect, options: [Golf, Opera, Chess, Sailing] }
          - { name: Founded, type: date }
          - { name: LastCall, type: datetime }
          - { name: OpensAt, type: time }
          - { name: ParentId, type: lookup, referenceTo: Account }
          - { name: OwnerId, type: lookup, referenceTo: User }
          - { name: TaxNumber, type: encrypted }
          - { name: Note, type: text, hidden: true }
          - { name: RevenuePerHead, type: formula, returnType: currency, scale: 2, formula: AnnualRevenue / Employees }
          - { name: Label, type: formula, returnType: text, formula: 'Name & " / " & Owner.Name' }
          - { name: IsBig, type: formula, returnType: checkbox, formula: AnnualRevenue > 1000 }
          - { name: WonAmount, type: summary, function: sum, relationship: Opportunities, field: Amount }
        relationships:
          - { name: Contacts, type: hasMany, object: Contact, foreignKey: AccountId }
          - { name: Opportunities, type: hasMany, object: Opportunity, foreignKey: AccountId }
          - { name: Activities, type: hasMany, object: Activity, foreignKey: WhatId }
          - { name: Subsidiaries, type: hasMany, object: Account, foreignKey: ParentId }
        listViews:
          - { name: Big, columns: [Name, Owner.Name, AnnualRevenue], filters: [{ field: AnnualRevenue, operator: greaterThan, value: 1000 }], sortBy: AnnualRevenue, sortOrder: desc }
          - { name: Mine, columns: [Name], filters: [{ field: OwnerId, operator: equals, value: $currentUser }] }
          - { name: Recent, columns: [Name, Note], filters: [{ field: Founded, operator: last_n_days, value: 30 }, { field: Note, operator: isNotNull }] }
        """

    private static let contact = """
        name: Contact
        label: Contact
        labelPlural: Contacts
        fields:
          - { name: Name, type: text, required: true, searchable: true }
          - { name: Email, type: email }
          - { name: Born, type: date }
          - { name: Salary, type: currency, scale: 2 }
          - { name: AccountId, type: masterDetail, referenceTo: Account }
          - { name: ReportsToId, type: lookup, referenceTo: Contact }
        """

    private static let opportunity = """
        name: Opportunity
        label: Opportunity
        labelPlural: Opportunities
        fields:
          - { name: Name, type: text, required: true, searchable: true }
          - { name: Stage, type: select, options: [Prospecting, Negotiation, Closed Won, Closed Lost] }
          - { name: Amount, type: currency, scale: 2 }
          - { name: CloseDate, type: date }
          - { name: AccountId, type: lookup, referenceTo: Account }
          - { name: OwnerId, type: lookup, referenceTo: User }
          - { name: IsWon, type: formula, returnType: checkbox, formula: 'Stage = "Closed Won"' }
          - { name: Expected, type: formula, returnType: currency, scale: 2, formula: 'IF(IsWon, Amount, Amount / 3)' }
        relationships:
          - { name: Activities, type: hasMany, object: Activity, foreignKey: WhatId }
        """

    private static let activity = """
        name: Activity
        label: Activity
        labelPlural: Activities
        fields:
          - { name: Subject, type: text, required: true, nameField: true }
          - { name: Minutes, type: number }
          - { name: StartedAt, type: datetime }
          - { name: WhatId, type: lookup, referenceTo: [Account, Opportunity] }
          - { name: Tags, type: tags }
        """

    private static let site = """
        name: Site
        label: Site
        labelPlural: Sites
        fields:
          - { name: Name, type: text, required: true }
          - { name: Location, type: geolocation }
          - { name: Depot, type: geolocation }
          - name: Kind
            type: select
            options: [{ label: Head office, value: HQ }, { label: Branch, value: BR }]
        """

    private static let secret = """
        name: Secret
        label: Secret
        labelPlural: Secrets
        fields:
          - { name: Name, type: text, required: true }
          - { name: AccountId, type: lookup, referenceTo: Account }
        """
}
