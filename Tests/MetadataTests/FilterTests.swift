import Metadata
import Testing
import Values

@Suite("Filters")
struct FilterTests {
    private static let fields = """
        name: Thing
        fields:
          - { name: Name, type: text }
          - { name: Amount, type: currency }
          - { name: Cost, type: number }
          - { name: Stage, type: select, options: [New, Won, { value: Old, active: false }] }
          - { name: Colors, type: multiselect, options: [Red, Blue] }
          - { name: Done, type: checkbox }
          - { name: Due, type: date }
          - { name: Seen, type: datetime }
          - { name: OwnerId, type: lookup, referenceTo: User }
          - { name: Place, type: geolocation }
          - { name: Secret, type: encrypted }
          - { name: Rate, type: formula, returnType: number, formula: Amount / 2 }
        """

    private func text(_ filters: String) -> String {
        FilterTests.fields + "\nlistViews:\n  - name: V\n    columns: [Name]\n    filters: \(filters)\n"
    }

    private func tree(_ filters: String) throws -> FilterTree? { try object(text(filters)).listViews.first?.filter }

    @Test(arguments: [
        ("{ field: name, operator: equals, value: NO }", FilterTree.compare(field: "Name", .equals, .value(.text("NO")))),
        (
            "{ field: Amount, operator: greaterThanOrEqual, value: 10.5 }",
            .compare(field: "Amount", .greaterThanOrEqual, .value(.number(decimal("10.5"))))
        ),
        (
            "{ field: Amount, operator: greater_than_or_equal, value: 1 }",
            .compare(field: "Amount", .greaterThanOrEqual, .value(.number(1)))
        ),
        (
            "{ field: Stage, operator: not_in, value: [Won, Old] }",
            .compare(field: "Stage", .notIn, .values([.text("Won"), .text("Old")]))
        ),
        ("{ field: Stage, operator: in, value: Won }", .compare(field: "Stage", .in, .values([.text("Won")]))),
        (
            "{ field: Amount, operator: between, value: [1, 2] }",
            .compare(field: "Amount", .between, .range(.number(1), .number(2)))
        ),
        ("{ field: Name, operator: startsWith, value: 12 }", .compare(field: "Name", .startsWith, .value(.text("12")))),
        ("{ field: Colors, operator: includes, value: [Red] }", .compare(field: "Colors", .includes, .values([.text("Red")]))),
        ("{ field: Done, operator: equals, value: TRUE }", .compare(field: "Done", .equals, .value(.bool(true)))),
        ("{ field: Place, operator: isNull }", .compare(field: "Place", .isNull, .none)),
        ("{ field: Place, operator: is_null, value: false }", .compare(field: "Place", .isNotNull, .none)),
        ("{ field: OwnerId, operator: equals, value: $currentUser }", .compare(field: "OwnerId", .equals, .currentUser)),
        ("{ field: OwnerId, operator: equals, value: $CurrentUser.Id }", .compare(field: "OwnerId", .equals, .currentUser)),
        (
            "{ field: Due, operator: lessThan, value: $TODAY }",
            .compare(field: "Due", .lessThan, .dateWord(DateWord(.day, .offset(0))))
        ),
        (
            "{ field: Due, operator: equals, value: THIS_WEEK }",
            .compare(field: "Due", .equals, .dateWord(DateWord(.week, .offset(0))))
        ),
        ("{ field: Due, operator: thisQuarter }", .compare(field: "Due", .during, .dateWord(DateWord(.quarter, .offset(0))))),
        ("{ field: Seen, operator: this_quarter }", .compare(field: "Seen", .during, .dateWord(DateWord(.quarter, .offset(0))))),
        (
            "{ field: Due, operator: last_n_days, value: 30 }",
            .compare(field: "Due", .during, .dateWord(DateWord(.day, .last(30))))
        ),
        ("{ field: Due, operator: nextNDays, value: 7 }", .compare(field: "Due", .during, .dateWord(DateWord(.day, .next(7))))),
        ("{ field: Amount, operator: lessThan, valueField: cost }", .compare(field: "Amount", .lessThan, .field("Cost"))),
        (
            "{ field: Owner.Manager.Name, operator: contains, value: x }",
            .compare(field: "Owner.Manager.Name", .contains, .value(.text("x")))
        ),
        ("{ field: Rate, operator: greaterThan, value: 1 }", .compare(field: "Rate", .greaterThan, .value(.number(1)))),
        ("{ not: { field: Done, operator: equals, value: true } }", .not(.compare(field: "Done", .equals, .value(.bool(true))))),
        (
            "[{ field: Due, operator: isNull }, { or: [{ field: Due, operator: today }] }]",
            .all([
                .compare(field: "Due", .isNull, .none),
                .any([.compare(field: "Due", .during, .dateWord(DateWord(.day, .offset(0))))]),
            ])
        ),
        ("[]", .all([])),
    ])
    func `mean what they say`(_ filters: String, _ expected: FilterTree) throws {
        #expect(try tree(filters) == expected)
    }

    @Test(arguments: [
        ("{ field: Nam, operator: equals, value: x }", "Thing has no field Nam (did you mean Name?)"),
        ("{ field: Owner.Nam, operator: equals, value: x }", "User has no field Nam (did you mean Name?)"),
        ("{ field: OwnerId.Name, operator: equals, value: x }", "Thing has no parent OwnerId (did you mean Owner?)"),
        ("{ field: Name, operator: equal, value: x }", "there is no operator equal (did you mean equals?)"),
        ("{ field: Name, operator: '==', value: x }", "there is no operator == (for example equals, in, thisQuarter)"),
        ("{ field: Due, operator: thisQuater }", "there is no operator thisQuater (did you mean thisQuarter?)"),
        ("{ field: Due, operator: last_n_days }", "last_n_days needs a number as its value"),
        ("{ field: Due, operator: last_n_days, value: x }", "last_n_days needs a number as its value"),
        ("{ field: Name, operator: equals }", "equals needs a value"),
        ("{ field: Name, operator: equals, value: '' }", "nothing was given; to ask for empty fields use the operator isNull"),
        ("{ field: Name, operator: equals, value: [a] }", "one value was expected, not a list"),
        (
            "{ field: Name, operator: thisWeek }",
            "thisWeek does not apply to Name, a text field (it takes equals, notEquals, greaterThan, greaterThanOrEqual, lessThan, lessThanOrEqual, in, notIn, contains, notContains, startsWith, endsWith, between, isNull, isNotNull)"
        ),
        (
            "{ field: Amount, operator: contains, value: 1 }",
            "contains does not apply to Amount, a currency field (it takes equals, notEquals, greaterThan, greaterThanOrEqual, lessThan, lessThanOrEqual, in, notIn, between, isNull, isNotNull)"
        ),
        (
            "{ field: Colors, operator: equals, value: Red }",
            "equals does not apply to Colors, a multiselect field (it takes isNull, isNotNull, includes, excludes)"
        ),
        ("{ field: Secret, operator: isNull }", "Secret is encrypted: it can only be read"),
        ("{ field: Secret, operator: equals, value: x }", "Secret is encrypted: it can only be read"),
        ("{ field: Amount, operator: equals, value: lots }", "Amount needs a number, not the text \"lots\""),
        ("{ field: Amount, operator: between, value: 3 }", "between needs a list of two values"),
        ("{ field: Amount, operator: between, value: [1, x] }", "Amount needs a number, not the text \"x\""),
        ("{ field: Done, operator: equals, value: yes }", "Done needs true or false, not \"yes\""),
        (
            "{ field: Due, operator: equals, value: THIS_WEAK }",
            "Due needs a date such as 2026-03-31, not \"THIS_WEAK\" (did you mean THIS_WEEK?)"
        ),
        ("{ field: Stage, operator: in, value: [Won, Lost] }", "Stage has no option \"Lost\" (one of New, Won)"),
        ("{ field: Name, operator: equals, value: $currentUser }", "$currentUser is for lookups to User"),
        ("{ field: Name, operator: equals, value: $TODAY }", "$TODAY is for date and datetime fields"),
        ("{ field: OwnerId, operator: equals, value: Ada }", "Owner needs the id of a record, not \"Ada\""),
        (
            "{ field: Amount, operator: lessThan, valueField: Name }",
            "Amount (currency) cannot be compared by lessThan with Name (text)"
        ),
        ("{ field: Amount, operator: lessThan, valueField: Cots }", "Thing has no field Cots (did you mean Cost?)"),
        ("{ feild: Amount, operator: isNull }", "needs field"),
        ("{ or: { field: Due, operator: isNull } }", "a list of conditions was expected, not a mapping"),
        ("{ or: [], and: [] }", "has no key \"or\""),
        ("nonsense", "must be a mapping of keys and values, not \"nonsense\""),
    ])
    func `report what is wrong with them`(_ filters: String, _ message: String) {
        let messages = mistakes(text(filters))
        #expect(messages.contains { $0.contains(": error: list view V: filters") && $0.contains(message) }, "\(messages)")
    }

    @Test func `their JSON reads like the file`() throws {
        let filter = try tree(
            "[{ field: Due, operator: last_n_days, value: 30 }, { or: [{ field: OwnerId, operator: equals, value: $currentUser }] }]"
        )
        #expect(
            filter?.json.description
                == #"[{"field":"Due","operator":"equals","value":"LAST_N_DAYS:30"},{"or":[{"field":"OwnerId","operator":"equals","value":"$currentUser"}]}]"#
        )
    }
}
