import ObjectQL
import SQL
import Testing
import Values

/// A request that is refused: what it is, why, where, and what to do.
struct Refusal: Sendable, CustomTestStringConvertible {
    let query: String
    let code: String
    let path: String
    var message: String
    var hint: String?

    init(_ query: String, _ code: String, at path: String, _ message: String, hint: String? = nil) {
        (self.query, self.code, self.path, self.message, self.hint) = (query, code, path, message, hint)
    }

    var testDescription: String { query }

    func check(in scope: QueryScope = Business.scope) throws {
        let json = try JSON(parsing: query)
        let problem = try #require(throws: QueryProblem.self) {
            _ = try Query(json: json).resolve(in: scope).compile(.sqlite, seal: Laboratory.seal)
        }
        #expect(problem == QueryProblem(code, message, path: path, hint: hint))
    }
}

@Suite struct `A wrong request is told what, where and how to mend it` {
    @Test(arguments: form) func `its form`(_ refusal: Refusal) throws { try refusal.check() }

    private static let form: [Refusal] = [
        Refusal("[]", "malformed", at: "", "A query (an object) was expected here, not a list"),
        Refusal("{}", "malformed", at: "object", #"A query needs an object: {"object": "Account", ...}"#),
        Refusal(#"{"object": 5}"#, "malformed", at: "object", "The name of an object was expected here, not a number"),
        Refusal(
            #"{"object": "Account", "feilds": []}"#, "unknown_key", at: "feilds", "A query has no part feilds",
            hint: "Did you mean fields?"),
        Refusal(
            #"{"object": "Account", "fields": "Name"}"#, "malformed", at: "fields",
            "A list of field names was expected here, not a text"),
        Refusal(
            #"{"object": "Account", "fields": ["Name", 5]}"#, "malformed", at: "fields[1]",
            "The name of a field was expected here, not a number"),
        Refusal(
            #"{"object": "Account", "fields": []}"#, "malformed", at: "fields", "The list of fields is empty",
            hint: "Leave it out for all fields"),
        Refusal(#"{"object": "Account", "limit": -1}"#, "malformed", at: "limit", "A whole number from 0 was expected here"),
        Refusal(
            #"{"object": "Account", "limit": "5"}"#, "malformed", at: "limit", "A whole number was expected here, not a text"),
        Refusal(#"{"object": "Account", "count": 1}"#, "malformed", at: "count", "true or false was expected here, not a number"),
        Refusal(
            #"{"object": "Account", "deleted": "all"}"#, "malformed", at: "deleted", #"true, false or "only" was expected here"#),
        Refusal(
            #"{"object": "Account", "filters": {"Name": {"$gtt": 5}}}"#, "unknown_operator", at: "filters.Name.$gtt",
            "$gtt is no operator",
            hint: "Did you mean $gt?"),
        Refusal(
            #"{"object": "Account", "filters": {"$or": [{}, {"Employees": {"$lt": 3, "$near": 5}}]}}"#, "unknown_operator",
            at: "filters.$or[1].Employees.$near", "$near is no operator"),
        Refusal(
            #"{"object": "Account", "filters": {"$nor": []}}"#, "unknown_operator", at: "filters.$nor",
            "$nor cannot stand where a field is expected", hint: "Did you mean $or?"),
        Refusal(
            #"{"object": "Account", "filters": {"$and": {}}}"#, "malformed", at: "filters.$and",
            "A list of filters was expected here, not an object"),
        Refusal(
            #"{"object": "Account", "filters": {"Name": {}}}"#, "malformed", at: "filters.Name",
            #"An operator is missing: {"$gt": 5}"#),
        Refusal(
            #"{"object": "Account", "filters": {"Name": ["a"]}}"#, "malformed", at: "filters.Name",
            "A value or an operator was expected here, not a list", hint: #"Did you mean {"$in": [...]}?"#),
        Refusal(
            #"{"object": "Account", "filters": {"Name": {"$eq": {"a": 1}}}}"#, "malformed", at: "filters.Name.$eq",
            "A value was expected here, not an object", hint: #"{"$field": "Name"} compares with a field"#),
        Refusal(
            #"{"object": "Account", "filters": {"Employees": {"$between": [1]}}}"#, "malformed", at: "filters.Employees.$between",
            "Two values were expected here: [lowest, highest]"),
        Refusal(
            #"{"object": "Account", "filters": {"Name": {"$like": 5}}}"#, "malformed", at: "filters.Name.$like",
            "A pattern was expected here, not a number"),
        Refusal(
            #"{"object": "Account", "filters": {"Name": {"$like": "a\\"}}}"#, "malformed", at: "filters.Name.$like",
            "The pattern ends with a lone backslash", hint: #"Write \\ for a backslash"#),
        Refusal(
            #"{"object": "Account", "filters": [{"field": "Name", "operator": "greatrThan", "value": 1}]}"#, "unknown_operator",
            at: "filters[0].operator", "greatrThan is no operator", hint: "Did you mean greaterThan?"),
        Refusal(
            #"{"object": "Account", "filters": [{"feild": "Name", "operator": "equals"}]}"#, "unknown_key",
            at: "filters[0].feild",
            "A filter has no part feild", hint: "Did you mean field?"),
        Refusal(
            #"{"object": "Account", "filters": [{"operator": "equals"}]}"#, "malformed", at: "filters[0]",
            "A filter needs a field"),
        Refusal(
            #"{"object": "Account", "orderBy": "Name"}"#, "malformed", at: "orderBy",
            "A list of orderings was expected here, not a text"),
        Refusal(
            #"{"object": "Account", "orderBy": [{"field": "Name", "direction": "up"}]}"#, "malformed", at: "orderBy[0].direction",
            "asc or desc was expected here"),
        Refusal(
            #"{"object": "Account", "orderBy": [{"direction": "asc"}]}"#, "malformed", at: "orderBy[0]",
            "An ordering needs a field"),
        Refusal(
            #"{"object": "Account", "related": []}"#, "malformed", at: "related",
            "Relationships (an object) was expected here, not a list"),
        Refusal(
            #"{"object": "Account", "related": {"Contacts": {"groupBy": []}}}"#, "unknown_key", at: "related.Contacts.groupBy",
            "A related list has no part groupBy", hint: "Its parts are fields, filters, related, orderBy, limit, deleted, for"),
        Refusal(
            #"{"object": "Account", "related": {"Contacts": {}, "contacts": {}}}"#, "malformed", at: "related.contacts",
            "The related list Contacts is asked for twice"),
        Refusal(
            #"{"object": "Contact", "related": {"Contacts": {"fields": ["Account.TaxNumber"]}}}"#, "not_queryable",
            at: "related.Contacts.fields[0]", "Account.TaxNumber is encrypted: a related list cannot show it",
            hint: "Query Contact itself"),
        Refusal(#"{"object": "Account", "having": {"n": 1}}"#, "malformed", at: "having", "having needs groupBy or aggregate"),
        Refusal(
            #"{"object": "Account", "aggregate": {"n": {"$cnt": "*"}}}"#, "unknown_operator", at: "aggregate.n.$cnt",
            "$cnt is no figure",
            hint: "Did you mean $count?"),
        Refusal(
            #"{"object": "Account", "aggregate": {"n": {"$sum": "*"}}}"#, "malformed", at: "aggregate.n.$sum",
            #"Only $count counts "*"; name a field"#),
        Refusal(
            #"{"object": "Account", "aggregate": {"a b": {"$count": "*"}}}"#, "malformed", at: "aggregate.a b",
            "a b cannot be the name of a result",
            hint: "Names hold letters, digits and _, begin with no digit and have at most 64 characters"),
        Refusal(
            #"{"object": "Account", "groupBy": [{"field": "Founded", "by": "decade"}]}"#, "malformed", at: "groupBy[0].by",
            "day or week or month or quarter or year was expected here"),
        Refusal(
            #"{"object": "Account", "groupBy": ["Founded", {"field": "Founded", "by": "month"}]}"#, "bad_group",
            at: "groupBy[1].field",
            "The name Founded is given twice", hint: #"Name one of them with "as""#),
    ]

    @Test(arguments: names) func `its names`(_ refusal: Refusal) throws { try refusal.check() }

    private static let names: [Refusal] = [
        Refusal(
            #"{"object": "Acount"}"#, "unknown_object", at: "object", "There is no object Acount", hint: "Did you mean Account?"),
        Refusal(
            #"{"object": "Account", "fields": ["Name", "Amuont"]}"#, "unknown_field", at: "fields[1]",
            "Account has no field Amuont"),
        Refusal(
            #"{"object": "Opportunity", "fields": ["Amuont"]}"#, "unknown_field", at: "fields[0]",
            "Opportunity has no field Amuont",
            hint: "Did you mean Amount?"),
        Refusal(
            #"{"object": "Opportunity", "fields": ["Account"]}"#, "unknown_field", at: "fields[0]",
            "Opportunity has no field Account",
            hint: "Account is a parent: name its id AccountId, or one of its fields as Account.Name"),
        Refusal(
            #"{"object": "Opportunity", "fields": ["AccountId.Name"]}"#, "unknown_field", at: "fields[0]",
            "Opportunity has no parent AccountId", hint: "Did you mean Account?"),
        Refusal(
            #"{"object": "Opportunity", "fields": ["Acount.Name"]}"#, "unknown_field", at: "fields[0]",
            "Opportunity has no parent Acount",
            hint: "Did you mean Account?"),
        Refusal(
            #"{"object": "Opportunity", "fields": ["Account.Industri"]}"#, "unknown_field", at: "fields[0]",
            "Account has no field Industri", hint: "Did you mean Industry?"),
        Refusal(
            #"{"object": "Opportunity", "fields": ["Account..Name"]}"#, "unknown_field", at: "fields[0]", "Account has no parent "
        ),
        Refusal(
            #"{"object": "Activity", "fields": ["What.Nmae"]}"#, "unknown_field", at: "fields[0]",
            "None of Account, Opportunity has a field Nmae", hint: "Did you mean Name?"),
        Refusal(
            #"{"object": "Account", "filters": {"$not": {"Nam": 1}}}"#, "unknown_field", at: "filters.$not.Nam",
            "Account has no field Nam",
            hint: "Did you mean Name?"),
        Refusal(
            #"{"object": "Account", "filters": {"Budget": {"$gt": {"$field": "Revenue"}}}}"#, "unknown_field",
            at: "filters.Budget.$gt",
            "Account has no field Revenue"),
        Refusal(
            #"{"object": "Account", "orderBy": ["-Nmae"]}"#, "unknown_field", at: "orderBy[0]", "Account has no field Nmae",
            hint: "Did you mean Name?"),
        Refusal(
            #"{"object": "Account", "related": {"Contact": {}}}"#, "unknown_relationship", at: "related.Contact",
            "Account has no related list Contact", hint: "Did you mean Contacts?"),
        Refusal(
            #"{"object": "Account", "related": {"Contacts": {"fields": ["Emial"]}}}"#, "unknown_field",
            at: "related.Contacts.fields[0]",
            "Contact has no field Emial", hint: "Did you mean Email?"),
        Refusal(
            #"{"object": "Account", "groupBy": ["Industry"], "aggregate": {"total": {"$sum": "Budget"}}, "having": {"totl": {"$gt": 1}}}"#,
            "unknown_field", at: "having.totl.$gt", "Account has no field totl", hint: "Did you mean total?"),
        Refusal(
            #"{"object": "Account", "groupBy": ["Industry"], "aggregate": {"n": {"$count": "*"}}, "orderBy": ["Name"]}"#,
            "bad_group",
            at: "orderBy[0]", "Name is neither grouped by nor aggregated", hint: "Add it to groupBy"),
        Refusal(
            #"{"object": "Account", "view": "Bigg"}"#, "unknown_view", at: "view", "Account has no list view Bigg",
            hint: "Did you mean Big?"),
    ]

    @Test(arguments: values) func `its values`(_ refusal: Refusal) throws { try refusal.check() }

    private static let encrypted =
        "Equal values are encrypted differently, so a database cannot compare them; the field can only be read"

    private static let values: [Refusal] = [
        Refusal(
            #"{"object": "Account", "filters": {"Name": 5}}"#, "bad_value", at: "filters.Name", "Name is a text, and 5 is not",
            hint: "Texts stand in quotes"),
        Refusal(
            #"{"object": "Account", "filters": {"Budget": "5"}}"#, "bad_value", at: "filters.Budget",
            #"Budget is a number, and "5" is not"#,
            hint: "Leave the quotes away"),
        Refusal(
            #"{"object": "Account", "filters": {"IsActive": "yes"}}"#, "bad_value", at: "filters.IsActive",
            #"IsActive is a checkbox (true or false), and "yes" is not"#, hint: "Write true or false"),
        Refusal(
            #"{"object": "Account", "filters": {"OwnerId": {"$in": ["me"]}}}"#, "bad_value", at: "filters.OwnerId.$in[0]",
            #"OwnerId is an id, and "me" is not"#, hint: "An id has the form 01890a5d-ac96-7b1c-8f3e-2b7c5d1e9f00"),
        Refusal(
            #"{"object": "Account", "filters": {"Founded": "2026-02-30"}}"#, "bad_value", at: "filters.Founded",
            #"Founded is a date, and "2026-02-30" is not"#,
            hint: "Write 2026-03-31, or a date word such as TODAY or LAST_N_DAYS:30"),
        Refusal(
            #"{"object": "Account", "filters": {"Founded": {"$gt": "THIS_QUATER"}}}"#, "bad_value", at: "filters.Founded.$gt",
            #"Founded is a date, and "THIS_QUATER" is not"#, hint: "Did you mean THIS_QUARTER?"),
        Refusal(
            #"{"object": "Account", "filters": {"LastCall": "2026-03-31T12:00:00"}}"#, "bad_value", at: "filters.LastCall",
            #"LastCall is a datetime, and "2026-03-31T12:00:00" is not"#,
            hint: "Write 2026-03-31T12:00:00Z, 2026-03-31, or a date word such as TODAY or LAST_N_DAYS:30"),
        Refusal(
            #"{"object": "Account", "filters": {"OpensAt": "25:00"}}"#, "bad_value", at: "filters.OpensAt",
            #"OpensAt is a time, and "25:00" is not"#, hint: "Write 13:30 or 13:30:00"),
        Refusal(
            #"{"object": "Account", "filters": {"Name": "$currentUser"}}"#, "bad_value", at: "filters.Name",
            "Name is a text, and $currentUser is the id of a user"),
        Refusal(
            #"{"object": "Account", "filters": {"Budget": {"$gt": null}}}"#, "bad_value", at: "filters.Budget.$gt",
            "Nothing is less or greater than null", hint: #"{"$null": true} finds empty fields"#),
        Refusal(
            #"{"object": "Account", "filters": {"Budget": {"$lt": {"$field": "Name"}}}}"#, "bad_value", at: "filters.Budget.$lt",
            "Budget is a number and Name a text: they cannot be compared"),
        Refusal(
            #"{"object": "Account", "filters": {"Name": {"$contains": "a\u0000"}}}"#, "bad_value", at: "filters.Name.$contains",
            "A text cannot hold the character U+0000"),
        Refusal(
            #"{"object": "Account", "filters": {"IsActive": {"$gt": false}}}"#, "bad_operator", at: "filters.IsActive.$gt",
            "IsActive is a checkbox (true or false): it has no order"),
        Refusal(
            #"{"object": "Account", "filters": {"Budget": {"$contains": "5"}}}"#, "bad_operator", at: "filters.Budget.$contains",
            "Budget is a number: only texts can be matched"),
        Refusal(
            #"{"object": "Account", "filters": {"Interests": {"$contains": "Golf"}}}"#, "bad_operator",
            at: "filters.Interests.$contains",
            "Interests is a choice of several: only texts can be matched", hint: "$includes finds a choice"),
        Refusal(
            #"{"object": "Account", "filters": {"Name": {"$includes": "Golf"}}}"#, "bad_operator", at: "filters.Name.$includes",
            "Name is a text: only a choice of several includes something"),
        Refusal(
            #"{"object": "Account", "filters": {"TaxNumber": "1"}}"#, "bad_operator", at: "filters.TaxNumber",
            "TaxNumber is encrypted: nothing can be compared with it", hint: encrypted),
        Refusal(
            #"{"object": "Account", "filters": {"Name": {"$field": "TaxNumber"}}}"#, "bad_operator", at: "filters.Name",
            "TaxNumber is encrypted: nothing can be compared with it", hint: encrypted),
        Refusal(
            #"{"object": "Account", "groupBy": ["TaxNumber"]}"#, "bad_group", at: "groupBy[0]",
            "TaxNumber is encrypted: nothing can be grouped by it", hint: encrypted),
        Refusal(
            #"{"object": "Account", "orderBy": ["Interests"]}"#, "bad_operator", at: "orderBy[0]",
            "Interests is a choice of several: nothing can be sorted by it"),
        Refusal(
            #"{"object": "Account", "orderBy": ["TaxNumber"]}"#, "bad_operator", at: "orderBy[0]",
            "TaxNumber is encrypted: nothing can be sorted by it", hint: encrypted),
        Refusal(
            #"{"object": "Account", "groupBy": ["Interests"]}"#, "bad_group", at: "groupBy[0]",
            "Interests is a choice of several: nothing can be grouped by it"),
        Refusal(
            #"{"object": "Account", "groupBy": [{"field": "Name", "by": "month"}]}"#, "bad_group", at: "groupBy[0].field",
            "Name is a text: only dates have a month"),
        Refusal(
            #"{"object": "Account", "aggregate": {"s": {"$sum": "Name"}}}"#, "bad_operator", at: "aggregate.s.$sum",
            "Name is a text: it has no $sum"),
        Refusal(
            #"{"object": "Account", "aggregate": {"s": {"$max": "TaxNumber"}}}"#, "bad_operator", at: "aggregate.s.$max",
            "TaxNumber is encrypted: it has no $max", hint: encrypted),
        Refusal(
            #"{"object": "Account", "groupBy": ["Industry"], "related": {"Contacts": {}}}"#, "bad_group", at: "related.Contacts",
            "Groups have no related records"),
        Refusal(
            #"{"object": "Activity", "search": "x"}"#, "bad_search", at: "search", "Activity has no searchable fields",
            hint: "Use a filter with $icontains"),
        Refusal(
            #"{"object": "Account", "cursor": "abc"}"#, "bad_cursor", at: "cursor", "This is no cursor of this server",
            hint: "Begin again without a cursor"),
        Refusal(
            #"{"object": "Account", "cursor": "abc", "offset": 5}"#, "bad_cursor", at: "cursor",
            "A cursor and an offset exclude each other"),
        Refusal(
            #"{"object": "Account", "cursor": "abc", "aggregate": {"n": {"$count": "*"}}}"#, "bad_cursor", at: "cursor",
            "Groups cannot be continued by a cursor", hint: "Use offset"),
    ]
}

@Suite struct `Costly queries are refused with the reason and the setting` {
    @Test(arguments: [
        (
            #"{"object": "Account", "limit": 2001}"#, "limit", "2001 records in one page: too many; at most 2000 are allowed",
            "ROWS"
        ),
        (
            #"{"object": "Account", "offset": 100001}"#, "offset", "100001 records skipped: too many; at most 100000 are allowed",
            "OFFSET"
        ),
        (
            #"{"object": "Account", "related": {"Contacts": {"limit": 3000}}}"#, "related.Contacts.limit",
            "3000 children of one record: too many; at most 2000 are allowed", "CHILD_ROWS"
        ),
        (
            #"{"object": "Account", "limit": 2000, "related": {"Contacts": {"limit": 200}}}"#, "limit",
            "402000 records in one answer, children counted in: too many; at most 250000 are allowed", "ANSWER"
        ),
        (
            #"{"object": "Account", "fields": ["Parent.Parent.Parent.Parent.Parent.Parent.Name"]}"#, "fields[0]",
            "6 parents in one path: too many; at most 5 are allowed", "DEPTH"
        ),
        (
            #"{"object": "Account", "limit": 1, "related": {"Subsidiaries": {"limit": 1, "related": {"Subsidiaries": {"limit": 1, "related": {"Subsidiaries": {"limit": 1, "related": {"Subsidiaries": {"limit": 1, "related": {"Subsidiaries": {"limit": 1, "related": {"Subsidiaries": {"limit": 1}}}}}}}}}}}}}"#,
            "related.Subsidiaries.related.Subsidiaries.related.Subsidiaries.related.Subsidiaries.related.Subsidiaries.related.Subsidiaries",
            "6 levels of children: too many; at most 5 are allowed", "LEVELS"
        ),
        (
            #"{"object": "Account", "search": "a b c d e f g h i j k l m n o p q"}"#, "search",
            "17 words in a search: too many; at most 16 are allowed", "WORDS"
        ),
    ])
    func `by the standard limits`(_ query: String, _ path: String, _ message: String, _ setting: String) throws {
        let hint = "The bound is the setting MARTLET_QUERY_\(setting)"
        try Refusal(query, "too_costly", at: path, message, hint: hint).check()
    }

    @Test(arguments: [
        (Limit.joins, 1, #"{"object": "Opportunity", "fields": ["Account.Name", "Owner.Name"]}"#),
        (.conditions, 2, #"{"object": "Account", "filters": {"Name": "a", "Industry": "b", "Note": "c"}}"#),
        (.values, 2, #"{"object": "Account", "filters": {"Name": {"$in": ["a", "b", "c"]}}}"#),
        (.nesting, 2, #"{"object": "Account", "filters": {"$or": [{"Name": "a"}, {"$and": [{"Name": "b"}, {"$or": []}]}]}}"#),
        (.fields, 2, #"{"object": "Account", "fields": ["Name", "Id", "Note"]}"#),
        (.rows, 10, #"{"object": "Account", "limit": 11}"#),
    ])
    func `by limits that were set`(_ limit: Limit, _ value: Int, _ query: String) throws {
        var scope = Business.scope
        scope.limits[limit] = value
        let json = try JSON(parsing: query)
        let problem = try #require(throws: QueryProblem.self) { _ = try Query(json: json).resolve(in: scope) }
        #expect(problem.code == "too_costly")
        #expect(problem.message.hasSuffix("at most \(value) are allowed"))
        #expect(problem.hint == "The bound is the setting \(limit.setting)")
        scope.limits[limit] = limit.standard
        _ = try Query(json: json).resolve(in: scope)
    }

    @Test func `no setting allows what the databases cannot do`() {
        var limits = Limits()
        limits[.joins] = 1_000
        #expect(limits[.joins] == 60)
    }

    @Test func `a pattern that no database takes`() throws {
        let text = String(repeating: "x", count: 10_001)
        let filters: JSON = ["Name": ["$contains": .string(text)]]
        let problem = try #require(throws: QueryProblem.self) {
            _ = try Query(json: ["object": "Account", "filters": filters]).resolve(in: Business.scope)
        }
        #expect(
            problem
                == QueryProblem(
                    "bad_value", "The text to look for is longer than 10000 bytes", path: "filters.Name.$contains"))
    }

    @Test func `a query that ran too long is told so`() {
        let problem = Limits().tooSlow
        #expect(problem.message == "The query ran longer than 10000 milliseconds and was stopped")
        #expect(problem.hint?.contains("MARTLET_QUERY_MILLISECONDS") == true)
    }
}
