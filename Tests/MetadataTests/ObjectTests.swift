import Metadata
import Testing
import Values

@Suite("Objects")
struct ObjectTests {
    @Test func `have the system fields first, then those of the file`() throws {
        let thing = try object("name: Thing\nfields:\n  - { name: Name, type: text }\n")
        #expect(
            thing.fields.map(\.name) == [
                "Id", "CreatedDate", "CreatedById", "LastModifiedDate", "LastModifiedById", "Version", "IsDeleted", "Name",
            ])
        #expect(thing.fields.filter(\.isWritable).map(\.name) == ["Name"])
    }

    @Test func `get labels from their names`() throws {
        let registry = try registry(
            SourceFile(
                "OpportunityLineItem.object.yml", "name: OpportunityLineItem\nfields:\n  - { name: UnitPrice, type: currency }"),
            SourceFile("Activity.object.yml", "name: Activity\nfields:\n  - { name: OwnerId, type: lookup, referenceTo: User }"))
        let item = try #require(registry.object("opportunitylineitem"))
        #expect((item.label, item.labelPlural) == ("Opportunity Line Item", "Opportunity Line Items"))
        #expect(item.field("unitprice")?.label == "Unit Price")
        #expect(registry.object("Activity")?.labelPlural == "Activities")
        #expect(registry.object("Activity")?.field("OwnerId")?.label == "Owner")
    }

    @Test(arguments: [
        ("fields: []", "1:1: error: this file needs name"),
        (
            "name: 2Fast",
            "1:1: error: this file: \"2Fast\" is not a name: it starts with a letter from A to Z and has only letters, digits and underscores"
        ),
        ("name: Thing\nfeilds: []", "2:1: error: object Thing has no key \"feilds\" (did you mean fields?)"),
        ("name: Thing\nfields: {}", "2:9: error: object Thing: fields must be a list, not a mapping"),
        (
            "name: Thing\nfeatures: { enableActivites: true }",
            "2:13: error: features of Thing has no key \"enableActivites\" (did you mean enableActivities?)"
        ),
        (
            "name: Thing\nfeatures: { searchable: si }",
            "2:25: error: features of Thing: searchable must be true or false, not \"si\""
        ),
        ("name: Thing\nlabel: [A]", "2:8: error: object Thing: label must be a text, not a list"),
        ("name: Other", "1:1: warning: The file describes the object Other: name it Other.object.yml"),
        ("name: Thing\nrenamedFrom: User", "1:1: error: object Thing: renamedFrom: the object User is still there"),
    ])
    func `report what is wrong with them`(_ text: String, _ message: String) {
        #expect(mistakes(text) == [message])
    }

    @Test(arguments: [
        ("  - name: F", "3:5: error: field F needs type"),
        ("  - { name: F, type: txt }", "3:22: error: field F: there is no type \"txt\" (did you mean text?)"),
        (
            "  - { name: F, type: id }",
            "3:16: error: field F: every object has its Id already; a reference to another object is a lookup"
        ),
        ("  - { type: text }", "3:5: error: this field needs name"),
        ("  - text", "3:5: error: this field must be a mapping of keys and values, not \"text\""),
        (
            "  - { name: 'F F', type: text }",
            "3:7: error: this field: \"F F\" is not a name: it starts with a letter from A to Z and has only letters, digits and underscores"
        ),
        ("  - { name: rowid, type: text }", "3:7: error: this field: \"rowid\" is a reserved name"),
        (
            "  - { name: \(String(repeating: "f", count: 64)), type: text }",
            "3:7: error: this field: \"\(String(repeating: "f", count: 64))\" is longer than 63 characters"
        ),
        ("  - { name: version, type: number }", "3:5: error: field version: every object has Version already; remove it here"),
        (
            "  - { name: F, type: text }\n  - { name: f, type: text }",
            "4:5: error: field f stands twice; it stands first in line 3"
        ),
        ("  - { name: F, type: text, requird: true }", "3:28: error: field F has no key \"requird\" (did you mean required?)"),
        (
            "  - { name: F, type: text, options: [A] }",
            "3:28: error: field F: a text field has no options (fields that have it: select, multiselect)"
        ),
        ("  - { name: F, type: select }", "3:5: error: field F: a select field needs options"),
        ("  - { name: F, type: select, options: [] }", "3:39: error: field F needs at least one option, and has at most 1000"),
        (
            "  - { name: F, type: select, options: [A, a] }",
            "3:43: error: field F: option a stands twice; it stands first in line 3"
        ),
        (
            "  - { name: F, type: select, options: [{ value: A, probability: 101 }] }",
            "3:65: error: field F: option A: probability must be a whole number from 0 to 100, not \"101\""
        ),
        (
            "  - { name: F, type: select, options: [{ value: A, is_won: true }] }",
            "3:52: error: field F: option A has no key \"is_won\" (did you mean isWon?)"
        ),
        (
            "  - { name: F, type: select, options: [{ value: A, default: true }, { value: B, default: true }] }",
            "3:30: error: field F: only one option can be the default"
        ),
        (
            "  - { name: F, type: select, defaultValue: A, options: [A, { value: B, default: true }] }",
            "3:44: error: field F: the default stands both in the options and in defaultValue"
        ),
        (
            "  - { name: F, type: select, options: [A], defaultValue: B }",
            "3:58: error: field F: defaultValue: F has no option \"B\" (did you mean A?)"
        ),
        (
            "  - { name: F, type: multiselect, options: ['A;B'] }",
            "3:35: error: field F: the option \"A;B\" may not have a semicolon, which separates several options"
        ),
        (
            "  - { name: F, type: number, precision: 19 }",
            "3:41: error: field F: precision must be a whole number from 1 to 18, not \"19\""
        ),
        (
            "  - { name: F, type: number, precision: 5, scale: 6 }",
            "3:51: error: field F: scale must be a whole number from 0 to 5, not \"6\""
        ),
        ("  - { name: F, type: number, min: 5, max: 1 }", "3:7: error: field F: min (5) is greater than max (1)"),
        ("  - { name: F, type: number, max: 5, defaultValue: 6 }", "3:52: error: field F: defaultValue: F must be at most 5"),
        (
            "  - { name: F, type: text, pattern: '[A' }",
            "3:28: error: field F: pattern: The pattern has a [ that is not closed (at character 3)"
        ),
        (
            "  - { name: F, type: text, length: 0 }",
            "3:36: error: field F: length must be a whole number from 1 to 1000000, not \"0\""
        ),
        (
            "  - { name: F, type: autoNumber, format: X }",
            "3:34: error: field F: the format has no number; it is made of {YYYY}, {YY}, {MM}, {DD}, one number such as {0000}, and text"
        ),
        ("  - { name: FId, type: lookup }", "3:5: error: field FId: a lookup field needs referenceTo"),
        (
            "  - { name: FId, type: lookup, referenceTo: User, cascadeDelete: true, restrictDelete: true }",
            "3:72: error: field FId has both cascadeDelete and restrictDelete: keep one"
        ),
        (
            "  - { name: FId, type: masterDetail, referenceTo: User, restrictDelete: true }",
            "3:57: error: field FId: a masterDetail field has no restrictDelete (fields that have it: lookup)"
        ),
        (
            "  - { name: FId, type: lookup, referenceTo: [User, User] }",
            "3:5: error: field FId: referenceTo names an object twice"
        ),
        (
            "  - { name: FId, type: lookup, referenceTo: Usr }",
            "3:5: warning: field FId: there is no object Usr (did you mean User?); the field is kept without a reference to it"
        ),
        (
            "  - { name: FId, type: lookup, referenceTo: User }\n  - { name: F, type: text }",
            "3:5: error: field FId: its parent is reached as F, but there is a field F too"
        ),
        (
            "  - { name: FId, type: lookup, referenceTo: [User, Thing] }\n  - { name: FIdType, type: text }",
            "3:5: error: field FId: it needs the column FIdType, but there is a field FIdType too"
        ),
        (
            "  - { name: ThingId, type: masterDetail, referenceTo: Thing }",
            "3:5: error: field ThingId: master-detail goes in a circle: Thing -> Thing"
        ),
        (
            "  - { name: FId, type: lookup, referenceTo: Thing, defaultValue: $currentUser }",
            "3:5: error: field FId: $currentUser is for lookups to User"
        ),
        (
            "  - { name: F, type: date, defaultValue: $NOW }",
            "3:42: error: field F: defaultValue: $NOW is for datetime fields (a date takes $TODAY)"
        ),
        (
            "  - { name: F, type: date, defaultValue: $TODYA }",
            "3:42: error: field F: defaultValue: there is no $TODYA (did you mean $TODAY?)"
        ),
        (
            "  - { name: F, type: date, defaultValue: =TODAY() & 1 }",
            "3:43: error: field F: defaultValue: TODAY() is a date; & expects a text (TEXT makes one)"
        ),
        (
            "  - { name: F, type: select, options: [{ value: A, when: X }] }",
            "3:5: error: field F: the option A has a when, but the field has no dependsOn"
        ),
        (
            "  - { name: F, type: select, dependsOn: G, options: [A] }",
            "3:5: error: field F: dependsOn: there is no field G (did you mean F?)"
        ),
        (
            "  - { name: F, type: select, dependsOn: G, options: [A] }\n  - { name: G, type: text }",
            "3:5: error: field F: dependsOn: G is neither a select nor a checkbox"
        ),
        (
            "  - { name: F, type: select, dependsOn: G, options: [{ value: A, when: Z }] }\n  - { name: G, type: select, options: [X] }",
            "3:5: error: field F: option A: G has no option \"Z\" (did you mean X?)"
        ),
        (
            "  - { name: F, type: text, renamedFrom: G }\n  - { name: G, type: text }",
            "3:5: error: field F: renamedFrom: the field G is still there"
        ),
        (
            "  - { name: F, type: text, nameField: true }\n  - { name: G, type: text, nameField: true }",
            "4:5: error: field G: only one field can be the nameField"
        ),
        (
            "  - { name: F, type: text, visibleWhen: { field: G, operator: isNull } }",
            "3:43: error: field F: visibleWhen: Thing has no field G (did you mean F?)"
        ),
    ])
    func `report what is wrong with their fields`(_ fields: String, _ message: String) {
        #expect(mistakes(fields: fields) == [message])
    }

    @Test func `dependent options may depend on others, but not in a circle`() {
        let chain = """
              - { name: A, type: select, options: [X] }
              - { name: B, type: select, dependsOn: A, options: [{ value: Y, when: X }] }
              - { name: C, type: select, dependsOn: B, options: [{ value: Z, when: Y }] }
            """
        #expect(mistakes(fields: chain) == [])
        let circle =
            "  - { name: A, type: select, dependsOn: B, options: [X] }\n  - { name: B, type: select, dependsOn: A, options: [Y] }"
        #expect(
            mistakes(fields: circle) == [
                "3:5: error: field A: dependsOn goes in a circle: A -> B -> A",
                "4:5: error: field B: dependsOn goes in a circle: B -> A -> B",
            ])
    }

    @Test func `list every mistake in one run`() {
        let text = """
            name: Thing
            fields:
              - { name: A, type: txt }
              - { name: B, type: number, required: maybe }
            listViews:
              - { name: All, columns: [A, C] }
            """
        #expect(
            mistakes(text) == [
                "3:22: error: field A: there is no type \"txt\" (did you mean text?)",
                "4:40: error: field B: required must be true or false, not \"maybe\"",
                "6:31: error: list view All: Thing has no field C (did you mean A?)",
            ])
    }

    @Test func `what a type implies is set`() throws {
        let thing = try object(
            """
            name: Thing
            fields:
              - { name: Owner1Id, type: lookup, referenceTo: User }
              - { name: Owner2Id, type: lookup, referenceTo: User, required: true }
              - { name: Owner3Id, type: masterDetail, referenceTo: User }
              - { name: Code, type: text, externalId: true }
              - { name: Serial, type: autoNumber, format: '{00}' }
              - { name: Done, type: checkbox }
              - { name: Stage, type: select, options: [{ label: New, default: true }, { value: Won, isWon: true }] }
            """)
        #expect(["Owner1Id", "Owner2Id", "Owner3Id"].compactMap { thing.field($0)?.onDelete } == [.clear, .restrict, .cascade])
        #expect(thing.field("Owner3Id")?.required == true)
        #expect(thing.field("Code")?.unique == true)
        #expect(thing.field("Code")?.length == 255)
        #expect(thing.field("Serial")?.isWritable == false)
        #expect(thing.field("Done")?.defaultValue == .value(.bool(false)))
        #expect(thing.field("Stage")?.defaultValue == .value(.text("New")))
        #expect(thing.field("Stage")?.options.map(\.isClosed) == [false, true])
    }

    @Test func `a name twice, in two files, is an error`() {
        let messages = diagnostics(
            SourceFile("a/Thing.object.yml", "name: Thing"), SourceFile("b/thing.object.yml", "name: thing"))
        #expect(messages == ["b/thing.object.yml:1:1: error: object thing stands twice; it stands first in a/Thing.object.yml"])
    }
}

@Suite("Built-in objects")
struct BuiltInTests {
    @Test func `are there without a file`() throws {
        let registry = try registry()
        #expect(registry.objects.map(\.name) == ["Notification", "User"])
        #expect(registry.object("Notification")?.field("Status")?.options.map(\.value) == ["Pending", "Sent", "Failed"])
        #expect(registry.object("User")?.field("Username")?.unique == true)
    }

    @Test func `are extended by a file of their name`() throws {
        let text = """
            name: User
            label: Person
            fields:
              - { name: Region, type: select, options: [EMEA, APAC] }
              - { name: Email, type: email, label: E-mail }
            listViews:
              - { name: All, columns: [Name, Region] }
            """
        let user = try #require(try registry(SourceFile("User.object.yml", text)).object("User"))
        #expect(user.label == "Person")
        #expect(user.field("Region") != nil)
        #expect(user.field("Email")?.label == "E-mail")
        #expect(user.field("Email")?.required == true)
        #expect(user.listViews.map(\.name) == ["All"])
        #expect(user.fields.count { $0.name == "Email" } == 1)
    }

    @Test func `keep the types of their fields`() {
        #expect(
            diagnostics(SourceFile("User.object.yml", "name: User\nfields:\n  - { name: Email, type: text }")) == [
                "User.object.yml:3:5: error: field Email: User.Email is built in as email and keeps that type"
            ])
    }
}
