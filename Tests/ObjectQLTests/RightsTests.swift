import ObjectQL
import SQL
import Testing
import Values

@Suite struct `What the caller may not see does not exist` {
    private func scope(hiding hidden: [String] = [], rules: [String: String] = [:]) throws -> QueryScope {
        var scope = Business.scope
        scope.access = try RestrictedAccess(hiding: hidden, rules: rules)
        return scope
    }

    /// Every place in a request where a field may be named.
    static let places = [
        #"{"object": "Account", "fields": ["FIELD"]}"#, #"{"object": "Account", "filters": {"FIELD": 1}}"#,
        #"{"object": "Account", "filters": {"Employees": {"$gt": {"$field": "FIELD"}}}}"#,
        #"{"object": "Account", "filters": [{"field": "FIELD", "operator": "isNull"}]}"#,
        #"{"object": "Account", "orderBy": ["FIELD"]}"#, #"{"object": "Account", "groupBy": ["FIELD"]}"#,
        #"{"object": "Account", "aggregate": {"n": {"$max": "FIELD"}}}"#,
        #"{"object": "Account", "aggregate": {"n": {"$count": "*"}}, "having": {"FIELD": 1}}"#,
        #"{"object": "Contact", "fields": ["Account.FIELD"]}"#, #"{"object": "Activity", "fields": ["What.FIELD"]}"#,
        #"{"object": "Account", "related": {"Subsidiaries": {"fields": ["FIELD"]}}}"#,
        #"{"object": "Account", "related": {"Subsidiaries": {"orderBy": ["FIELD"]}}}"#,
    ]

    private func problem(_ query: String, _ scope: QueryScope) throws -> QueryProblem {
        try #require(throws: QueryProblem.self) { _ = try Query(json: try JSON(parsing: query)).resolve(in: scope) }
    }

    @Test(arguments: places) func `a hidden field is refused in the words for one that never was`(_ place: String) throws {
        let scope = try scope(hiding: ["Account.AnnualRevenue"])
        let hidden = try problem(place.replacing("FIELD", with: "AnnualRevenue"), scope)
        let unknown = try problem(place.replacing("FIELD", with: "QnnualRevenuq"), scope)
        #expect(hidden.code == "unknown_field")
        #expect(hidden.message == unknown.message.replacing("QnnualRevenuq", with: "AnnualRevenue"))
        #expect(hidden.hint == nil && unknown.hint == nil)
        #expect(try problem(place.replacing("FIELD", with: "anualrevenue"), scope).hint == nil)
    }

    @Test(arguments: [
        (#"{"object": "Secret"}"#, #"{"object": "Sacret"}"#),
        (#"{"object": "Contact", "fields": ["ReportsTo.Name"]}"#, #"{"object": "Contact", "fields": ["RepartsTo.Name"]}"#),
        (#"{"object": "Account", "related": {"Contacts": {}}}"#, #"{"object": "Account", "related": {"Cantacts": {}}}"#),
        (#"{"object": "Opportunity", "fields": ["Owner.Name"]}"#, #"{"object": "Opportunity", "fields": ["Awner.Name"]}"#),
    ])
    func `a hidden object is no object, no parent and no related list`(_ query: String, _ similar: String) throws {
        let scope = try scope(hiding: ["Secret", "User", "Contact.ReportsToId", "Contact.AccountId"])
        let (hidden, unknown) = (try problem(query, scope), try problem(similar, scope))
        #expect(hidden.code == unknown.code && hidden.hint == nil && unknown.hint == nil)
    }

    @Test func `a parent that may not be seen is null, and so is what leads through it`() throws {
        let lab = try Laboratory()
        try lab.insert("Account", ["Id": "a1", "Name": "Open", "IsActive": true])
        try lab.insert("Account", ["Id": "a2", "Name": "Closed"])
        try lab.insert("Contact", ["Id": "c1", "Name": "Bo", "AccountId": "a1"])
        try lab.insert("Contact", ["Id": "c2", "Name": "Al", "AccountId": "a2"])
        let scope = try scope(rules: ["Account": "IsActive"])
        let contacts: JSON = ["object": "Contact", "fields": ["Name", "Account.Name"]]
        #expect(
            try lab.ask(contacts, in: scope).texts == [
                #"{"Name":"Bo","Account":{"Name":"Open"}}"#, #"{"Name":"Al","Account":null}"#,
            ])
        #expect(try lab.ask(["object": "Account", "fields": ["Name"], "count": true], in: scope).totalCount == 1)
        let filtered: JSON = ["object": "Contact", "fields": ["Name"], "filters": ["Account.Name": "Closed"]]
        #expect(try lab.ask(filtered, in: scope).texts == [])
    }

    @Test func `a rule may ask who is asking, and read what the caller may not`() throws {
        let lab = try Laboratory()
        try lab.insert("User", ["Id": "u1", "Region": "EMEA"])
        try lab.insert("Account", ["Id": "a1", "Name": "Near", "OwnerId": "u1"])
        try lab.insert("Account", ["Id": "a2", "Name": "Far"])
        try lab.insert("Contact", ["Id": "c1", "AccountId": "a1"])
        try lab.insert("Contact", ["Id": "c2", "AccountId": "a2"])
        let scope = try scope(hiding: ["User"], rules: ["Account": "Owner.Region = $User.Region"])
        #expect(try lab.ask(["object": "Account", "fields": ["Name"]], in: scope).texts == [#"{"Name":"Near"}"#])
        let contacts = try lab.ask(["object": "Contact", "fields": ["Account.Name"]], in: scope)
        #expect(contacts.texts == [#"{"Account":{"Name":"Near"}}"#, #"{"Account":null}"#])
        let related = try lab.ask(
            ["object": "Account", "fields": ["Name"], "related": ["Contacts": ["fields": ["Id"]]]], in: scope)
        #expect(related.texts == [#"{"Name":"Near","Contacts":[{"Id":"c1"}]}"#])
    }

    @Test func `a computed field has the same value for everyone who may read it`() throws {
        let lab = try Laboratory()
        try lab.insert("User", ["Id": "u1", "Name": "Ada"])
        try lab.insert("Account", ["Id": "a1", "Name": "Acme", "OwnerId": "u1"])
        let scope = try scope(hiding: ["User", "Account.Name"], rules: ["User": "IsActive"])
        #expect(try lab.ask(["object": "Account", "fields": ["Label"]], in: scope).texts == [#"{"Label":"Acme / Ada"}"#])
    }

    @Test func `a view whose filter reads a hidden field is not the caller's, and hidden columns are left out`() throws {
        let lab = try Laboratory()
        let query: JSON = ["object": "Account", "view": "Recent"]
        let hidden = try problem(query.description, try scope(hiding: ["Account.Founded"]))
        #expect(hidden.code == "unknown_view" && hidden.message == "The list view Recent cannot be used with your rights")
        try lab.insert("Account", ["Id": "a1", "Name": "Acme", "AnnualRevenue": 5000])
        let big = try lab.ask(["object": "Account", "view": "big"], in: try scope(hiding: ["User"]))
        #expect(big.texts == [#"{"Name":"Acme","AnnualRevenue":5000.00}"#])
    }
}
