import Metadata

/// A small business for tests: one of everything that writing has to deal with.
enum Business {
    static let files = [account, contact, opportunity, contract, closedWon, scoring].map { SourceFile($0.0, $0.1) }

    private static let account = (
        "metadata/Account.object.yml",
        """
        name: Account
        label: Account
        labelPlural: Accounts
        features: { searchable: true, trackFieldHistory: true }
        fields:
          - { name: Name, type: text, required: true, searchable: true, length: 80 }
          - { name: AccountNumber, type: autoNumber, format: 'AC-{0000}' }
          - { name: ExternalKey, type: text, externalId: true }
          - { name: Status, type: select, options: [{ value: Prospect, default: true }, Active Customer, Churned] }
          - { name: Phone, type: phone }
          - { name: Email, type: email }
          - { name: ParentId, type: lookup, referenceTo: Account }
          - { name: OwnerId, type: lookup, referenceTo: User, defaultValue: $currentUser }
          - { name: TaxNumber, type: encrypted }
          - { name: Credit, type: currency, precision: 12, scale: 2, min: 0 }
          - { name: OpenAmount, type: summary, relationship: Opportunities, function: sum, field: Amount, filters: [{ field: Stage, operator: notIn, value: [Closed Won, Closed Lost] }] }
          - { name: Deals, type: summary, relationship: Opportunities, function: count }
          - { name: AverageDeal, type: summary, relationship: Opportunities, function: avg, field: Amount, scale: 2 }
          - { name: LastClose, type: summary, relationship: Opportunities, function: max, field: CloseDate }
          - { name: IsBig, type: formula, returnType: checkbox, formula: 'OpenAmount > 1000' }
        relationships:
          - { name: Opportunities, type: hasMany, object: Opportunity, foreignKey: AccountId }
          - { name: Contacts, type: hasMany, object: Contact, foreignKey: AccountId }
        validationRules:
          - { name: Reachable, errorMessage: An account needs a phone number or an e-mail address, errorField: Phone, formula: 'AND(ISBLANK(Phone), ISBLANK(Email))' }
          - { name: NoWayBack, errorMessage: A churned account stays churned, formula: 'AND(ISCHANGED(Status), PRIORVALUE(Status) = "Churned")' }
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
          - { name: AccountId, type: masterDetail, referenceTo: Account }
          - { name: Level, type: number, precision: 4, scale: 1, min: 1, max: 10, defaultValue: 3 }
          - { name: Email, type: email, unique: true }
          - { name: Greeting, type: text, defaultValue: '="Dear " & Name' }
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
          - { name: AccountId, type: lookup, referenceTo: Account, required: true }
          - { name: ContactId, type: lookup, referenceTo: Contact }
          - { name: WhatId, type: lookup, referenceTo: [Account, Contact] }
          - { name: Stage, type: select, required: true, options: [{ value: Prospecting, default: true }, Proposal, Closed Won, Closed Lost] }
          - { name: Amount, type: currency, precision: 18, scale: 2 }
          - { name: CloseDate, type: date, defaultValue: $TODAY }
          - { name: LossReason, type: text }
          - { name: Channel, type: select, options: [Direct, Partner] }
          - { name: Program, type: select, dependsOn: Channel, options: [{ value: Gold, when: [Partner] }, Any] }
          - { name: Score, type: number, precision: 6, scale: 0, readonly: true }
          - { name: OwnerName, type: formula, returnType: text, formula: Account.Owner.Name }
        validationRules:
          - { name: LossReasonRequired, errorMessage: A lost opportunity needs a reason, errorField: LossReason, formula: 'AND(Stage = "Closed Lost", ISBLANK(LossReason))' }
          - { name: NotForChurned, errorMessage: No deals with churned accounts, formula: 'AND(ISNEW(), Account.Status = "Churned")' }
        triggers:
          - { name: Recorder, event: 'beforeInsert, afterInsert, afterUpdate, afterDelete', file: triggers/Recorder.swift }
          - { name: Nag, event: beforeUpdate, file: triggers/Nag.swift, conditions: [{ field: Stage, changed: true }, { field: Amount, operator: greaterThan, value: 100 }] }
        """
    )

    private static let contract = (
        "metadata/Contract.object.yml",
        """
        name: Contract
        label: Contract
        labelPlural: Contracts
        fields:
          - { name: ContractNumber, type: autoNumber, format: 'CT-{YYYY}{MM}-{000}' }
          - { name: AccountId, type: lookup, referenceTo: Account, required: true, restrictDelete: true }
          - { name: OpportunityId, type: lookup, referenceTo: Opportunity }
          - { name: Value, type: currency, precision: 18, scale: 2, max: 1000000 }
          - { name: Status, type: select, options: [{ value: Draft, default: true }, Activated] }
        """
    )

    private static let closedWon = (
        "triggers/ClosedWon.trigger.yml",
        """
        name: ClosedWon
        object: Opportunity
        events: [afterUpdate]
        when: AND(ISCHANGED(Stage), Stage = "Closed Won")
        actions:
          - create: { object: Contract, set: { AccountId: =AccountId, OpportunityId: =Id, Value: '=BLANKVALUE(Amount, 0)', Status: Draft } }
          - update: { record: =AccountId, set: { Status: Active Customer } }
          - notify: { to: '=Account.Owner.Email', subject: '="Won: " & Name' }
        """
    )

    private static let scoring = (
        "triggers/Scoring.trigger.yml",
        """
        name: Scoring
        object: Opportunity
        events: beforeInsert, beforeUpdate
        order: 5
        actions:
          - set: { Score: '=IF(Amount > 500, 10, 1)' }
        """
    )
}
