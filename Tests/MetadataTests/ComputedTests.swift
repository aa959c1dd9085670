import Formula
import Metadata
import SQL
import Testing
import Values

@Suite("Formula fields")
struct FormulaFieldTests {
    @Test func `read other fields, parents, the user and the organisation`() throws {
        let thing = try object(
            """
            name: Thing
            fields:
              - { name: A, type: number, scale: 2 }
              - { name: OwnerId, type: lookup, referenceTo: User }
              - { name: Boss, type: formula, returnType: text, formula: owner.manager.email & $user.name & $Organization.Name }
              - { name: C, type: formula, returnType: currency, scale: 3, treatBlanksAs: blank, formula: B * 2 }
              - { name: B, type: formula, returnType: number, formula: A + 1 }
            """)
        let boss = try #require(thing.field("Boss")?.formula?.compiled)
        #expect(boss.fields.map(\.path) == [["Owner", "Manager", "Email"], ["$User", "Name"], ["$Organization", "Name"]])
        let c = try #require(thing.field("C")?.formula)
        #expect(c.blanks == .blank)
        #expect(c.compiled?.fields.first?.column == thing.field("B")?.column)
        #expect(thing.field("C")?.column == .decimal(precision: 18, scale: 3))
        #expect(thing.field("B")?.formula?.blanks == .zero)
    }

    @Test(arguments: [
        ("  - { name: F, type: formula, returnType: number, formula: 1 + }", "3:63: error: field F: the end of the formula"),
        (
            "  - { name: F, type: formula, returnType: number, formula: Amuont }\n  - { name: Amount, type: number }",
            "3:60: error: field F: Thing has no field Amuont (did you mean Amount?)"
        ),
        (
            "  - { name: F, type: formula, returnType: number, formula: '\"x\"' }",
            "3:61: error: field F: The formula gives a text, but a number is expected"
        ),
        ("  - { name: F, type: formula, formula: 1 }", "3:5: error: field F: a formula field needs returnType"),
        ("  - { name: F, type: formula, returnType: number }", "3:5: error: field F: a formula field needs formula"),
        (
            "  - { name: F, type: formula, returnType: lookup, formula: 1 }",
            "3:31: error: field F: a formula cannot return lookup (one of text, number, currency, percent, checkbox, date, datetime, time)"
        ),
        (
            "  - { name: F, type: formula, returnType: number, treatBlanksAs: null_, formula: 1 }",
            "3:51: error: field F: treatBlanksAs must be zero or blank"
        ),
        (
            "  - { name: F, type: formula, returnType: number, required: true, formula: 1 }",
            "3:51: error: field F: a formula field has no required (fields that have it: "
        ),
        (
            "  - { name: F, type: formula, returnType: text, formula: G }\n  - { name: G, type: json }",
            "3:58: error: field F: G is of type json, which formulas cannot use"
        ),
        (
            "  - { name: F, type: formula, returnType: text, formula: $User.Nam }",
            "3:58: error: field F: User has no field Nam (did you mean Name?)"
        ),
        (
            "  - { name: F, type: formula, returnType: text, formula: $Usr.Name }",
            "3:58: error: field F: There is no $Usr (did you mean $User?)"
        ),
        (
            "  - { name: F, type: formula, returnType: text, formula: What.Name }\n  - { name: WhatId, type: lookup, referenceTo: [User, Thing] }",
            "3:58: error: field F: Thing.WhatId may point at User or Thing: no path leads through it"
        ),
        (
            "  - { name: F, type: formula, returnType: text, formula: Up.Up.Up.Up.Up.Up.Up.Up.Up.Id }\n  - { name: UpId, type: lookup, referenceTo: Thing }",
            "3:58: error: field F: Up.Up.Up.Up.Up.Up.Up.Up.Up.Id goes through more than 8 parents"
        ),
    ])
    func `report what is wrong with them`(_ fields: String, _ message: String) {
        let messages = mistakes(fields: fields)
        #expect(messages.count == 1)
        #expect(messages.first?.hasPrefix(message) ?? false, "\(messages)")
    }

    @Test func `must be such that databases can compute them`() {
        let fields = """
              - { name: Amount, type: number }
              - { name: A, type: formula, returnType: checkbox, formula: 'AND(Amount > 1, ISCHANGED(Amount))' }
            """
        #expect(
            mistakes(fields: fields) == [
                "4:79: error: field A: ISCHANGED cannot be computed by a database: a formula that filters or is selected must do without it"
            ])
    }

    @Test func `that read each other in a circle are an error that shows it`() {
        let fields = """
              - { name: A, type: formula, returnType: number, formula: B + 1 }
              - { name: B, type: formula, returnType: number, formula: C + 1 }
              - { name: C, type: formula, returnType: number, formula: A + 1 }
            """
        #expect(mistakes(fields: fields) == ["5:60: error: field C: Formulas read each other in a circle: A -> B -> C -> A"])
        #expect(
            mistakes(fields: "  - { name: A, type: formula, returnType: number, formula: A }") == [
                "3:60: error: field A: Formulas read each other in a circle: A -> A"
            ])
    }

    @Test func `may build upon each other only so far`() {
        let chain = (1...12).map { "  - { name: F\($0), type: formula, returnType: number, formula: F\($0 + 1) + 1 }\n" }.joined()
        let messages = mistakes(fields: chain + "  - { name: F13, type: number }")
        #expect(messages == ["12:62: error: field F10: Formulas build upon each other more than 10 deep"])
    }

    @Test func `may not read each other so often that computing them would take for ever`() {
        let chain = (1...9).map { level in
            let reads = Array(repeating: "F\(level + 1)", count: 3).joined(separator: " + ")
            return "  - { name: F\(level), type: formula, returnType: number, formula: \(reads) }\n"
        }.joined()
        #expect(
            mistakes(fields: chain + "  - { name: F10, type: number }") == [
                "5:61: error: field F3: with the formulas that it reads, each as often as it is read, it has more than 2000 parts"
            ])
    }

    @Test(arguments: [
        ("formula: >-\n      AND(\n        Amount > 1,\n        Amuont < 2)", "6:9"),
        ("formula: |\n      AND(Amount > 1,\n        Amuont < 2)", "5:9"),
        ("formula: 'IF(\"it''s\" = \"x\", Amuont, 1)'", "3:33"), ("formula: \"IF(\\\"x\\\" = \\\"x\\\", Amuont, 1)\"", "3:33"),
        ("formula: Amount +\n      Amount + Amuont", "4:16"), ("formula: Ämuont", "3:14"),
    ])
    func `are told by the place in the file, however they are written`(_ formula: String, _ place: String) {
        let text =
            "name: Thing\nfields: [{ name: Amount, type: number }, { name: F, type: formula, returnType: number, formula: Amount }]\n"
        let messages = mistakes("\(text)validationRules:\n  - \(formula)\n    name: R\n    errorMessage: No\n")
        let expected = place.split(separator: ":").compactMap { Int($0) }
        #expect(messages.first?.hasPrefix("\(expected[0] + 1):\(expected[1])") ?? false, "\(messages)")
    }
}

@Suite("Roll-ups")
struct SummaryTests {
    private static let part = SourceFile(
        "Part.object.yml",
        """
        name: Part
        fields:
          - { name: ThingId, type: lookup, referenceTo: Thing }
          - { name: OtherId, type: lookup, referenceTo: Thing }
          - { name: Price, type: currency }
          - { name: Count, type: number }
          - { name: Made, type: date }
          - { name: Label, type: text }
          - { name: Total, type: formula, returnType: currency, formula: Price * Count }
          - { name: Fine, type: formula, returnType: checkbox, formula: Total > 100 }
          - { name: ThingName, type: formula, returnType: number, formula: LEN(Thing.Name) }
        """)

    private func load(_ attributes: String) -> (field: FieldDefinition?, messages: [String]) {
        let thing = SourceFile(
            "Thing.object.yml",
            "name: Thing\nfields:\n  - { name: Name, type: text }\n  - { name: F, type: summary, \(attributes) }")
        let (registry, diagnostics) = Registry.load([thing, SummaryTests.part])
        return (registry?.object("Thing")?.field("F"), diagnostics.map(\.description))
    }

    @Test(arguments: [
        ("relationship: Parts, function: count", FieldType.number, 0),
        ("relationship: parts, function: sum, field: price", .currency, 2),
        ("relationship: Parts, function: avg, field: Count", .number, 2),
        ("relationship: Parts, function: max, field: Made", .date, 0),
        ("relationship: Parts, function: sum, field: Total", .currency, 2),
        ("relationship: Parts, function: sum, field: Price, scale: 1", .currency, 1),
        ("summarizedObject: Part, foreignKey: OtherId, function: count", .number, 0),
        ("relationship: Parts, function: count, filters: [{ field: Fine, operator: equals, value: true }]", .number, 0),
    ])
    func `have the type of what they roll up`(_ attributes: String, _ type: FieldType, _ scale: Int) throws {
        let (field, messages) = load(attributes)
        #expect(messages == [])
        #expect(field?.resultType == type)
        #expect(type == .date || field?.column == .decimal(precision: 18, scale: scale))
        #expect(field?.isWritable == false)
    }

    @Test(arguments: [
        ("relationship: Part, function: count", "Thing has no relationship Part (did you mean Parts?)"),
        (
            "summarizedObject: Part, function: count",
            "several lookups of Part point at Thing: say which by foreignKey (ThingId, OtherId)"
        ),
        ("summarizedObject: User, function: count", "no lookup of User points at Thing"),
        (
            "summarizedObject: Prt, function: count",
            "warning: field F: there is no object Prt (did you mean Part?), so nothing is rolled up"
        ),
        ("function: count", "a summary field needs relationship (or summarizedObject)"),
        ("relationship: Parts", "a summary field needs function"),
        ("relationship: Parts, function: total", "there is no function \"total\" (one of count, sum, min, max, avg)"),
        ("relationship: Parts, function: sum", "sum needs a field"),
        ("relationship: Parts, function: count, field: Price", "a count takes no field: remove it"),
        ("relationship: Parts, function: sum, field: Prise", "Part has no field Prise (did you mean Price?)"),
        ("relationship: Parts, function: sum, field: Made", "sum takes a field of type number, currency, percent, not date"),
        (
            "relationship: Parts, function: max, field: Label",
            "max takes a field of type number, currency, percent, date, datetime, time, not text"
        ),
        (
            "relationship: Parts, function: sum, field: ThingName",
            "Part.ThingName reads Thing.Name: a roll-up is only brought up to date when one of its own records changes"
        ),
        (
            "relationship: Parts, function: count, filters: [{ field: Thing.Name, operator: isNull }]",
            "a field of the object itself was expected, not Thing.Name"
        ),
        (
            "relationship: Parts, function: count, filters: [{ field: Prize, operator: isNull }]",
            "Part has no field Prize (did you mean Price?)"
        ),
        ("relationship: Parts, function: count, filter: []", "field F has no key \"filter\" (did you mean filters?)"),
    ])
    func `report what is wrong with them`(_ attributes: String, _ message: String) {
        let (_, messages) = load(attributes)
        #expect(messages.count == 1)
        #expect(messages.first?.contains(message) ?? false, "\(messages)")
    }
}
