import Metadata
import ObjectQL
import Testing
import Values

@Suite struct `A list's address is a query` {
    @Test func `every parameter`() throws {
        let query = try Query(
            object: "Account",
            parameters: [
                ("fields", "Name, Owner.Name"), ("filters", #"{"Employees":{"$gt":5}}"#), ("sort", "-Employees,Name"),
                ("limit", "20"),
                ("offset", "40"), ("search", "acme"), ("view", "Big"), ("count", "true"), ("deleted", "only"),
            ])
        let same = try Query(json: [
            "object": "Account", "fields": ["Name", "Owner.Name"], "filters": ["Employees": ["$gt": 5]],
            "orderBy": [["field": "Employees", "direction": "DESC"], "Name"], "limit": 20, "offset": 40, "search": "acme",
            "view": "Big",
            "count": true, "deleted": "only",
        ])
        #expect(query == same)
        #expect(try Query(object: "Account", parameters: [("cursor", "abc")]).cursor == "abc")
        #expect(try Query(object: "Account", parameters: []) == Query(json: ["object": "Account"]))
    }

    @Test(arguments: [
        ("feilds", "Name", "feilds", "A list has no parameter feilds"),
        ("limit", "ten", "limit", #"limit takes a whole number from 0, not "ten""#),
        ("limit", "-1", "limit", #"limit takes a whole number from 0, not "-1""#),
        ("fields", "Name,,Id", "fields", "A name is missing: fields takes names with commas between them"),
        ("fields", "", "fields", "A name is missing: fields takes names with commas between them"),
        ("filters", "{Name", "filters", "This is no JSON: A name in double quotes was expected (line 1, column 2)"),
        ("filters", #"{"Name":{"$gtt":1}}"#, "filters.Name.$gtt", "$gtt is no operator"),
        ("count", "yes", "count", #"count takes one of false, true, not "yes""#),
        ("deleted", "1", "deleted", #"deleted takes one of false, only, true, not "1""#),
    ])
    func `a wrong parameter is named`(_ name: String, _ value: String, _ path: String, _ message: String) throws {
        let problem = try #require(throws: QueryProblem.self) { _ = try Query(object: "Account", parameters: [(name, value)]) }
        #expect(problem.path == path && problem.message == message)
    }

    @Test func `a parameter given twice is refused`() throws {
        let problem = try #require(throws: QueryProblem.self) {
            _ = try Query(object: "Account", parameters: [("limit", "1"), ("limit", "2")])
        }
        #expect(problem.message == "The parameter limit is given twice")
    }
}

@Suite struct `Different spellings are one query` {
    private func filter(_ text: String) throws -> Filter? {
        try Query(json: ["object": "Account", "filters": try JSON(parsing: text)]).filter
    }

    @Test(arguments: [
        (#"{"Name": "a"}"#, #"{"Name": {"$eq": "a"}}"#), (#"{"Name": null}"#, #"{"Name": {"$null": true}}"#),
        (#"{"Name": {"$ne": null}}"#, #"{"Name": {"$null": false}}"#),
        (#"{"Name": {"$contains": "a%"}}"#, #"{"Name": {"$like": "%a\\%%"}}"#),
        (#"{"Name": {"$startsWith": "a_"}}"#, #"{"Name": {"$like": "a\\_%"}}"#),
        (#"{"Name": {"$endsWith": ""}}"#, #"{"Name": {"$like": "%%"}}"#),
        (#"{"Name": {"$icontains": "a"}}"#, #"{"Name": {"$ilike": "%a%"}}"#),
        (#"{"A": {"$nin": [1]}}"#, #"{"$not": {"A": {"$in": [1]}}}"#),
        (#"{"A": {"$between": [1, 2]}}"#, #"{"A": {"$gte": 1, "$lte": 2}}"#),
        (#"{"A": {"$excludes": "x"}}"#, #"{"A": {"$not": {"$includes": ["x"]}}}"#),
        (#"{"A": 1, "B": 2}"#, #"{"$and": [{"A": 1}, {"B": 2}]}"#), (#"{"A": "$currentUser"}"#, #"{"A": "$CurrentUser.Id"}"#),
        (#"[{"field": "A", "operator": "greaterThanOrEqual", "value": 1}]"#, #"{"A": {"$gte": 1}}"#),
        (#"[{"field": "A", "operator": "$gte", "value": 1}]"#, #"{"A": {"$gte": 1}}"#),
        (#"[{"field": "A", "operator": "less_than", "valueField": "B"}]"#, #"{"A": {"$lt": {"$field": "B"}}}"#),
        (#"[{"field": "A", "operator": "last_n_days", "value": 30}]"#, #"{"A": "LAST_N_DAYS:30"}"#),
        (#"[{"field": "A", "operator": "thisQuarter"}]"#, #"{"A": "THIS_QUARTER"}"#),
        (#"[{"field": "A", "operator": "isNotNull"}]"#, #"{"A": {"$ne": null}}"#),
        (#"[{"not": [{"field": "A", "operator": "in", "value": [1]}]}]"#, #"{"A": {"$nin": [1]}}"#), ("{}", "[]"),
    ])
    func `of filters`(_ one: String, _ other: String) throws { #expect(try filter(one) == filter(other)) }

    @Test func `a view's filter reads as the list form does`() throws {
        let views = try #require(Business.registry.object("Account")).listViews
        let mine = try #require(views.first { $0.name == "Mine" }?.filter)
        #expect(try Filter(mine) == filter(#"{"OwnerId": "$currentUser"}"#))
        let recent = try #require(views.first { $0.name == "Recent" }?.filter)
        #expect(try Filter(recent) == filter(#"{"Founded": "LAST_N_DAYS:30", "Note": {"$null": false}}"#))
    }
}
