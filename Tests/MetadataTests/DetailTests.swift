import Formula
import Metadata
import Testing
import Values

@Suite("Views, layouts and rules")
struct DetailTests {
    private static let fields = """
        name: Thing
        fields:
          - { name: Name, type: text }
          - { name: Amount, type: currency }
          - { name: OwnerId, type: lookup, referenceTo: User }

        """

    @Test func `are kept in canonical spelling`() throws {
        let thing = try object(
            DetailTests.fields + """
                listViews:
                  - { name: Mine, label: My Things, columns: [name, owner.manager.name], sortBy: amount, sortOrder: DESC, default: true }
                pageLayout:
                  sections:
                    - { label: Main, columns: 1, fields: [name, AMOUNT], collapsed: true, visibleWhen: { field: Name, operator: isNotNull } }
                  relatedLists: []
                validationRules:
                  - { name: Positive, errorMessage: Must be positive, errorField: amount, formula: Amount <= 0 }
                """)
        let view = try #require(thing.listViews.first)
        #expect((view.label, view.columns, view.sortBy) == ("My Things", ["Name", "Owner.Manager.Name"], "Amount"))
        #expect(view.descending && view.isDefault)
        let section = try #require(thing.pageLayout?.sections.first)
        #expect((section.fields, section.columns, section.collapsed) == (["Name", "Amount"], 1, true))
        #expect(section.visibleWhen == .compare(field: "Name", .isNotNull, .none))
        #expect(thing.pageLayout?.relatedLists == [])
        let rule = try #require(thing.validationRules.first)
        #expect((rule.errorField, rule.active, rule.formula.type) == ("Amount", true, .boolean))
    }

    @Test(arguments: [
        ("listViews: [{ name: V }]", "6:13: error: list view V needs columns"),
        ("listViews: [{ name: V, columns: [Nmae] }]", "6:34: error: list view V: Thing has no field Nmae (did you mean Name?)"),
        (
            "listViews: [{ name: V, columns: [Owner.Nmae] }]",
            "6:34: error: list view V: User has no field Nmae (did you mean Name?)"
        ),
        (
            "listViews: [{ name: V, columns: [Ownr.Name] }]",
            "6:34: error: list view V: Thing has no parent Ownr (did you mean Owner?)"
        ),
        (
            "listViews: [{ name: V, columns: [Name], sortBy: Nam }]",
            "6:41: error: list view V: sortBy: Thing has no field Nam (did you mean Name?)"
        ),
        (
            "listViews: [{ name: V, columns: [Name], sortOrder: up }]",
            "6:52: error: list view V: there is no sortOrder \"up\" (one of asc, desc, ascending, descending)"
        ),
        (
            "listViews: [{ name: V, columns: [Name] }, { name: v, columns: [Name] }]",
            "6:43: error: list view v stands twice; it stands first in line 6"
        ),
        (
            "pageLayout: { sections: [{ label: A, fields: [Nam] }] }",
            "6:47: error: section A: Thing has no field Nam (did you mean Name?)"
        ),
        ("pageLayout: { sections: [{ fields: [Name] }] }", "6:26: error: this section needs label"),
        ("pageLayout: { section: [] }", "6:15: error: pageLayout has no key \"section\" (did you mean sections?)"),
        ("pageLayout: { sections: [], relatedLists: [Things] }", "6:44: error: relatedLists: Thing has no relationship Things"),
        (
            "pageLayout: { sections: [{ label: A, columns: 5, fields: [Name] }] }",
            "6:47: error: section A: columns must be a whole number from 1 to 4, not \"5\""
        ),
        ("validationRules: [{ name: R, formula: Amount > 1 }]", "6:19: error: validation rule R needs errorMessage"),
        ("validationRules: [{ name: R, errorMessage: No }]", "6:19: error: validation rule R needs formula"),
        (
            "validationRules: [{ name: R, errorMessage: No, formula: Amount }]",
            "6:57: error: validation rule R: The formula gives an amount of money, but true or false is expected"
        ),
        (
            "validationRules: [{ name: R, errorMessage: No, errorField: Amuont, formula: Amount > 1 }]",
            "6:48: error: validation rule R: Thing has no field Amuont (did you mean Amount?)"
        ),
        (
            "validationRules: [{ name: R, errorMessage: No, formula: Amount > 1 }, { name: R, errorMessage: No, formula: Amount > 1 }]",
            "6:71: error: validation rule R stands twice; it stands first in line 6"
        ),
    ])
    func `report what is wrong with them`(_ text: String, _ message: String) {
        #expect(mistakes(DetailTests.fields + text + "\n") == [message])
    }

    @Test(arguments: ["encrypted", "json", "tags", "geolocation"])
    func `are not sorted by what has no order`(type: String) {
        let text = "name: Thing\nfields: [{ name: F, type: \(type) }]\nlistViews: [{ name: V, columns: [F], sortBy: F }]\n"
        #expect(
            mistakes(text) == ["3:38: error: list view V: sortBy: F is of the type \(type): nothing can be sorted by it"])
    }
}

@Suite("Dashboards")
struct DashboardTests {
    @Test func `keep their queries as JSON, with YAML 1.2's values`() throws {
        let text = """
            name: sales
            label: Sales
            components:
              - name: won
                type: metric
                size: half
                query: { object: Deal, limit: 10, filters: { Stage: NO, Open: true, Amount: { $gt: 1.5 }, Zip: '007', Note: ~, When: 12:30 } }
            """
        let dashboard = try #require(try registry(SourceFile("sales.dashboard.yml", text)).dashboards.first)
        let component = try #require(dashboard.components.first)
        #expect((component.name, component.label, component.type) == ("won", "won", "metric"))
        #expect(component.options.description == #"{"size":"half"}"#)
        #expect(
            component.query.description
                == #"{"object":"Deal","limit":10,"filters":{"Stage":"NO","Open":true,"Amount":{"$gt":1.5},"Zip":"007","Note":null,"When":"12:30"}}"#
        )
        #expect(component.location.line == 7)
    }

    @Test func `report what is wrong with them`() {
        let text =
            "name: sales\ncomponents:\n  - { name: a, type: metric }\n  - { name: b, query: {} }\n  - { name: c, type: x, query: {} }\n  - { name: C, type: x, query: {} }\n"
        #expect(
            diagnostics(SourceFile("sales.dashboard.yml", text)) == [
                "sales.dashboard.yml:3:5: error: component a needs query",
                "sales.dashboard.yml:4:5: error: component b needs type",
                "sales.dashboard.yml:6:5: error: component C stands twice; it stands first in line 5",
            ])
    }
}

@Suite("Saved queries")
struct SavedQueryTests {
    @Test func `keep their text, with the places it has in the file`() throws {
        let text = """
            name: ClosingSoon
            query: >
              SELECT Name
              FROM Deal WHERE CloseDate = :period
            binds: { period: THIS_QUARTER }
            """
        let registry = try registry(SourceFile("ClosingSoon.query.yml", text))
        let query = try #require(registry.query("closingsoon"))
        #expect((query.name, query.label) == ("ClosingSoon", "Closing Soon"))
        #expect(query.text == "SELECT Name FROM Deal WHERE CloseDate = :period")
        #expect(query.defaults == ["period": "THIS_QUARTER"])
        let place = query.place(line: 1, column: 18)
        #expect((place.file, place.line, place.column) == ("ClosingSoon.query.yml", 4, 8))
    }

    @Test func `report what is wrong with them`() {
        #expect(
            diagnostics(
                SourceFile("a.query.yml", "name: a\n"),
                SourceFile("b.query.yml", "name: b\nquery: SELECT Id FROM User\nbind: {}\n"),
                SourceFile("c.query.yml", "name: B\nquery: SELECT Id FROM User\n")) == [
                    "a.query.yml:1:1: error: query a needs query",
                    "b.query.yml:3:1: error: query b has no key \"bind\" (did you mean binds?)",
                    "c.query.yml:1:1: error: query B stands twice; it stands first in b.query.yml:1",
                ])
    }
}
