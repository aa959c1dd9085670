import Formula
import Metadata
import Testing

@Suite("Relationships")
struct RelationshipTests {
    private static let account = SourceFile(
        "Account.object.yml", "name: Account\nfields:\n  - { name: ParentId, type: lookup, referenceTo: Account }\n")

    private func relationships(_ files: SourceFile..., of name: String = "Account") throws -> [String] {
        let (registry, diagnostics) = Registry.load([RelationshipTests.account] + files)
        #expect(diagnostics == [])
        let object = try #require(registry?.object(name))
        return object.relationships.map { "\($0.name) = \($0.object).\($0.foreignKey)" }
    }

    @Test func `every lookup gives its parent one, named after the children`() throws {
        let contact = SourceFile(
            "Contact.object.yml",
            """
            name: Contact
            labelPlural: Contact Persons
            fields:
              - { name: AccountId, type: lookup, referenceTo: Account }
              - { name: PartnerId, type: lookup, referenceTo: Account }
              - { name: OwnerId, type: lookup, referenceTo: User }
            """)
        #expect(
            try relationships(contact) == [
                "Accounts = Account.ParentId", "ContactPersons = Contact.AccountId",
                "ContactPersonsByPartner = Contact.PartnerId",
            ])
        #expect(try relationships(contact, of: "User") == ["ContactPersons = Contact.OwnerId", "Users = User.ManagerId"])
    }

    @Test func `one that a file declares takes the place of the automatic one`() throws {
        let account = SourceFile(
            "Account.object.yml",
            """
            name: Account
            fields: [{ name: ParentId, type: lookup, referenceTo: Account }]
            relationships:
              - { name: Children, type: hasMany, object: account, foreignKey: parentid }
            """)
        let found = try registry(account).object("Account")?.relationships
        #expect(found == [Relationship(name: "Children", label: "Children", object: "Account", foreignKey: "ParentId")])
    }

    @Test func `a polymorphic lookup gives one to each of its parents`() throws {
        let note = SourceFile(
            "Note.object.yml", "name: Note\nfields:\n  - { name: WhatId, type: lookup, referenceTo: [Account, User] }\n")
        #expect(try relationships(note) == ["Accounts = Account.ParentId", "Notes = Note.WhatId"])
        #expect(try relationships(note, of: "User") == ["Notes = Note.WhatId", "Users = User.ManagerId"])
        #expect(try registry(RelationshipTests.account, note).object("Note")?.field("WhatId")?.typeColumn == "WhatIdType")
    }

    @Test(arguments: [
        (
            "{ name: Users, type: hasMany, object: Usr, foreignKey: ThingId }",
            "3:26: warning: relationship Users: there is no object Usr (did you mean User?); the relationship is left out"
        ),
        (
            "{ name: Users, type: hasOne, object: User, foreignKey: ManagerId }",
            "3:12: error: relationship Users: type must be hasMany, not hasOne; the other side is a lookup field"
        ),
        (
            "{ name: Users, type: hasMany, object: User, foreignKey: ThingId }",
            "3:38: error: relationship Users: User has no field ThingId"
        ),
        (
            "{ name: Users, type: hasMany, object: User, foreignKey: ManagerId }",
            "3:38: error: relationship Users: User.ManagerId is no lookup to Thing"
        ),
        (
            "{ name: Users, type: hasMany, object: User, foreignKey: Email }",
            "3:38: error: relationship Users: User.Email is no lookup to Thing"
        ),
        ("{ name: Users, type: hasMany, object: User }", "3:5: error: relationship Users needs foreignKey"),
        (
            "{ name: Id, type: hasMany, object: Usr, foreignKey: X }",
            "3:7: error: relationship Id: Thing has a field or a parent of that name: choose another"
        ),
    ])
    func `report what is wrong with them`(_ relationship: String, _ message: String) {
        let messages = mistakes("name: Thing\nrelationships:\n  - \(relationship)\n")
        #expect(messages.contains { $0.hasSuffix(message.split(separator: ": ", maxSplits: 1)[1]) }, "\(messages)")
    }
}

@Suite("What is not there")
struct MissingTests {
    private static let text = """
        name: Thing
        fields:
          - { name: Name, type: text }
          - { name: AccountId, type: lookup, referenceTo: Account }
          - { name: WhatId, type: lookup, referenceTo: [Account, User] }
          - { name: City, type: formula, returnType: text, formula: Account.City }
          - { name: Total, type: summary, relationship: Parts, function: count }
        relationships:
          - { name: Parts, type: hasMany, object: Part, foreignKey: ThingId }
        listViews:
          - { name: All, columns: [Name, Account.City] }
          - { name: Big, columns: [Name], filters: [{ field: Account.Size, operator: equals, value: 1 }] }
        pageLayout: { sections: [{ label: A, fields: [Name] }], relatedLists: [Parts] }
        validationRules:
          - { name: Rule, errorMessage: No, formula: 'Account.City = "X"' }
        triggers:
          - { name: T, event: afterUpdate, file: triggers/ThingTriger.swift }
        """

    @Test func `is a warning, and the rest loads`() throws {
        let source = MetadataSource([SourceFile("Thing.object.yml", MissingTests.text)], triggerFiles: ["ThingTrigger.swift"])
        let (registry, diagnostics) = Registry.load(source)
        #expect(
            diagnostics.map(\.description) == [
                "Thing.object.yml:4:5: warning: field AccountId: there is no object Account; the field is kept without a reference to it",
                "Thing.object.yml:5:5: warning: field WhatId: there is no object Account; the field is kept without a reference to it",
                "Thing.object.yml:6:61: warning: field City: Thing.AccountId points at Account, which is not there; it is left out",
                "Thing.object.yml:7:35: warning: field Total: the relationship Parts is left out, so nothing is rolled up",
                "Thing.object.yml:9:35: warning: relationship Parts: there is no object Part; the relationship is left out",
                "Thing.object.yml:11:34: warning: list view All: Thing.AccountId points at Account, which is not there; it is left out",
                "Thing.object.yml:12:47: warning: list view Big: filters: Thing.AccountId points at Account, which is not there; it is left out",
                "Thing.object.yml:15:47: warning: validation rule Rule: Thing.AccountId points at Account, which is not there; it is left out",
                "Thing.object.yml:17:36: warning: trigger T: there is no file triggers/ThingTriger.swift (did you mean ThingTrigger.swift?)",
            ])
        let thing = try #require(registry?.object("Thing"))
        #expect(thing.field("AccountId")?.referenceTo == [])
        #expect(thing.field("WhatId")?.isPolymorphic == true)
        #expect(thing.field("City")?.formula?.compiled?.source == "NULL")
        #expect(thing.listViews.map(\.columns) == [["Name"]])
        #expect(thing.validationRules.isEmpty)
    }

    @Test func `a broken file is not reported as missing too`() {
        let messages = diagnostics(
            SourceFile("Account.object.yml", "name: Account\n\tfields: []"), SourceFile("Thing.object.yml", MissingTests.text),
            SourceFile("Part.object.yml", "name: ["))
        #expect(!messages.contains { $0.contains("no object Account") || $0.contains("no object Part") })
        #expect(messages.filter { $0.contains(": error: ") }.count == 2)
    }
}
