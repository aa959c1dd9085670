import ObjectQL
import Testing
import Values

/// Texts that are queries, production by production. Each is read, and printed in every way and read again.
@Suite struct `The text form reads what SOQL's reference has` {
    @Test(arguments: AcceptedTexts.all) func `a query`(_ text: String) throws {
        let query = try Query(soql: text)
        let (plain, wide) = (try query.soql(), try query.formatted(width: 40))
        #expect(try Query(soql: plain) == query, "\(plain)")
        #expect(try Query(soql: wide) == query, "\(wide)")
        #expect(try Query(json: query.json) == query, "\(query.json)")
    }

    @Test(arguments: AcceptedTexts.inJSON) func `the same query in JSON`(_ text: String, _ json: String) throws {
        #expect(try Query(soql: text) == Query(json: try JSON(parsing: json)))
    }

    @Test(arguments: AcceptedTexts.printed) func `the canonical text`(_ text: String, _ printed: String) throws {
        #expect(try Query(soql: text).soql() == printed)
    }

    @Test(arguments: AcceptedTexts.finds) func `a search`(_ text: String) throws {
        let find = try TextQuery(soql: text)
        let printed = try find.formatted()
        #expect(try TextQuery(soql: printed) == find, "\(printed)")
    }

    @Test func `a long query stands on lines of its own`() throws {
        let text = """
            select Name, Account.Name, (select Name from Contacts where Email != null) from Opportunity \
            where Amount > 1000 and (StageName = 'Closed Won' or StageName = 'Closed Lost') and CloseDate = LAST_QUARTER \
            order by Amount desc nulls last limit 50
            """
        #expect(
            try Query(soql: text).formatted(width: 60) == """
                SELECT Name, Account.Name,
                  (SELECT Name FROM Contacts WHERE Email != NULL)
                FROM Opportunity
                WHERE Amount > 1000
                  AND (StageName = 'Closed Won' OR StageName = 'Closed Lost')
                  AND CloseDate = LAST_QUARTER
                ORDER BY Amount DESC NULLS LAST
                LIMIT 50
                """)
    }

    @Test func `names that no text can hold are told`() throws {
        let query = try Query(json: ["object": "Account", "filters": ["a b": 1]])
        let problem = try #require(throws: QueryProblem.self) { try query.soql() }
        #expect(problem.message == #""a b" cannot be a name in the text form"#)
    }
}

enum AcceptedTexts {
    static let all = select + from + conditions + values + dates + functions + groups + ends

    private static let select = [
        "SELECT Id FROM Account", "select id, name from account", "SELECT Name, Owner.Name FROM Account",
        "SELECT a.b.c.d.e.F FROM X", "SELECT Id, // a comment\n Name /* another\n one */ FROM Account",
        "SELECT Name, (SELECT LastName FROM Contacts) FROM Account",
        "SELECT Name, (SELECT LastName FROM Account.Contacts) FROM Account", "SELECT (SELECT Id FROM Contacts) FROM Account",
        "SELECT Name, (SELECT Name, (SELECT Subject FROM Tasks WHERE Done = FALSE ORDER BY Due LIMIT 2) FROM Contacts), (SELECT Id FROM Cases) FROM Account",
        "SELECT (SELECT (SELECT (SELECT (SELECT (SELECT Id FROM E) FROM D) FROM C) FROM B) FROM A) FROM X",
        "SELECT FIELDS(ALL) FROM Account LIMIT 200", "SELECT FIELDS(STANDARD), Extra FROM Account",
        "SELECT fields(custom) FROM Account",
        "SELECT FIELDS(DEFAULT), (SELECT Id FROM Contacts) FROM Account",
        "SELECT TYPEOF What WHEN Account THEN Phone, Industry WHEN Opportunity THEN Amount ELSE Name END FROM Event",
        "SELECT Id, TYPEOF Owner WHEN User THEN Profile.Name END FROM Case",
        "SELECT Group, Order, Format, Count, Last FROM Thing",
        "SELECT Group.Name FROM Order", "SELECT Id FROM Group", "SELECT Select_ FROM From_",
    ]
    private static let from = [
        "SELECT a.Name FROM Account a", "SELECT a.Name, a.Owner.Name FROM Account AS a WHERE a.Industry = 'x' ORDER BY a.Name",
        "SELECT COUNT() FROM Contact c, c.Account a WHERE a.Name = 'MyriadPubs'", "SELECT Account.Name FROM Account",
        "SELECT Id FROM Account USING SCOPE mine", "SELECT Id FROM Account USING SCOPE My_Territory WHERE Name = 'x'",
        "SELECT Id FROM Account USING LISTVIEW = Big", "SELECT Id FROM Account SEARCH 'acme bolts' WHERE Name != NULL",
        "SELECT Id FROM Opportunity AS OF '2026-03-31'", "SELECT Id FROM Opportunity AS OF 2026-03-31T12:00:00Z WHERE Amount > 1",
        "SELECT Id FROM Opportunity AS OF LAST_MONTH", "SELECT Id FROM Opportunity AS OF :day",
    ]
    private static let conditions = [
        "SELECT Id FROM A WHERE x = 1", "SELECT Id FROM A WHERE x != 1", "SELECT Id FROM A WHERE x <> 1",
        "SELECT Id FROM A WHERE x < 1",
        "SELECT Id FROM A WHERE x <= 1", "SELECT Id FROM A WHERE x > 1", "SELECT Id FROM A WHERE x >= 1",
        "SELECT Id FROM A WHERE x LIKE 'a%'", #"SELECT Id FROM A WHERE x LIKE '100\%\_\\%'"#,
        "SELECT Id FROM A WHERE x LIKE BINARY 'A_'",
        "SELECT Id FROM A WHERE x IN ('a', 'b')", "SELECT Id FROM A WHERE x NOT IN (1, 2, NULL)",
        "SELECT Id FROM A WHERE x IN :()",
        "SELECT Id FROM A WHERE x INCLUDES ('a;b', 'c')", "SELECT Id FROM A WHERE x EXCLUDES ('a')",
        "SELECT Id FROM A WHERE x = 1 AND y = 2 AND z = 3", "SELECT Id FROM A WHERE x = 1 OR y = 2",
        "SELECT Id FROM A WHERE x = 1 AND (y = 2 OR z = 3)", "SELECT Id FROM A WHERE (x = 1 AND y = 2) OR NOT (z = 3)",
        "SELECT Id FROM A WHERE NOT x = 1", "SELECT Id FROM A WHERE NOT (NOT (x = 1)) AND ((y = 2))",
        "SELECT Id FROM A WHERE (x = 1 AND y = 2) AND z = 3", "SELECT Id FROM A WHERE TRUE",
        "SELECT Id FROM A WHERE FALSE OR x = 1",
        "SELECT Id FROM A WHERE Id IN (SELECT AccountId FROM Contact WHERE Name LIKE 'x%')",
        "SELECT Id FROM A WHERE Id NOT IN (SELECT c.AccountId FROM Contact c WHERE c.Name = 'x') AND y = 2",
        "SELECT Id FROM A WHERE Id IN (SELECT B FROM C WHERE D IN (SELECT E FROM F))",
        "SELECT Id FROM A WHERE CHANGED(Stage)", "SELECT Id FROM A WHERE CHANGED(Stage TO 'Closed Won') DURING LAST_QUARTER",
        "SELECT Id FROM A WHERE CHANGED(Stage FROM NULL TO :stage) DURING '2026-03-31' AND x = 1",
        "SELECT Id FROM A WHERE Changed = TRUE",
        "SELECT Id FROM A WHERE Budget < FIELD(Revenue)", "SELECT Id FROM A WHERE OwnerId = $currentUser",
        "SELECT Id FROM A WHERE OwnerId IN ($currentUser, :other)",
    ]
    private static let values = [
        "SELECT Id FROM A WHERE x = NULL", "SELECT Id FROM A WHERE x = true AND y = False", "SELECT Id FROM A WHERE x = -5.25",
        "SELECT Id FROM A WHERE x = +3", "SELECT Id FROM A WHERE x = .5", "SELECT Id FROM A WHERE x = 1.5e3",
        "SELECT Id FROM A WHERE x = USD5000", "SELECT Id FROM A WHERE x > eur12.50", "SELECT Id FROM A WHERE x IN (USD1, USD2.5)",
        #"SELECT Id FROM A WHERE x = 'it\'s \"q\" \\ \n\r\t\b\f \u00e9'"#, "SELECT Id FROM A WHERE x = ''",
        "SELECT Id FROM A WHERE x = 'Zoë 🦅'", "SELECT Id FROM A WHERE x = :name",
        "SELECT Id FROM A WHERE x IN :names AND y LIKE :pattern",
        "SELECT Id FROM A WHERE x INCLUDES (:choices) OR x EXCLUDES :others", "SELECT Id FROM A WHERE x = 13:30:00",
        "SELECT Id FROM A WHERE x = 13:30:00.500Z",
    ]
    private static let dates =
        [
            "2026-03-31", "2026-03-31T12:00:00Z", "2026-03-31T12:00:00.123+02:00", "2026-03-31t12:00:00-0800", "TODAY",
            "yesterday",
            "TOMORROW",
            "THIS_WEEK", "LAST_MONTH", "NEXT_QUARTER", "THIS_YEAR", "LAST_90_DAYS", "NEXT_90_DAYS", "LAST_N_DAYS:30",
            "NEXT_N_WEEKS:2",
            "LAST_N_MONTHS:1", "NEXT_N_QUARTERS:3", "LAST_N_YEARS:1", "THIS_FISCAL_QUARTER", "LAST_FISCAL_YEAR",
            "NEXT_FISCAL_QUARTER",
            "LAST_N_FISCAL_QUARTERS:2", "NEXT_N_FISCAL_YEARS:1", "N_DAYS_AGO:3", "N_WEEKS_AGO:1", "N_MONTHS_AGO:4",
            "N_QUARTERS_AGO:1",
            "N_YEARS_AGO:2", "N_FISCAL_QUARTERS_AGO:1", "N_FISCAL_YEARS_AGO:1",
        ].map { "SELECT Id FROM A WHERE d >= \($0)" }
    private static let functions =
        DatePart.allCases.map { "SELECT \($0.rawValue)(d) FROM A WHERE \($0.rawValue)(d) = 5 ORDER BY \($0.rawValue)(d)" } + [
            "SELECT HOUR_IN_DAY(convertTimezone(CreatedDate)), COUNT(Id) FROM A GROUP BY HOUR_IN_DAY(convertTimezone(CreatedDate))",
            "SELECT toLabel(Status), FORMAT(Amount) Amt, convertCurrency(Amount) c, FORMAT(convertCurrency(Amount)) fc FROM A",
            "SELECT Id FROM A WHERE toLabel(Status) = 'New'",
            "SELECT DISTANCE(Spot, GEOLOCATION(37.775, -122.418), 'mi') FROM A WHERE DISTANCE(Spot, GEOLOCATION(:lat, :lon), 'km') < 20 ORDER BY DISTANCE(Spot, Other, 'mi') DESC",
            "SELECT START_OF_MONTH(d), SUM(x) FROM A GROUP BY START_OF_MONTH(d)",
        ]
    private static let groups = [
        "SELECT COUNT() FROM Account", "SELECT COUNT(Id) FROM Account", "SELECT COUNT(Id), COUNT(Name) n FROM Account",
        "SELECT COUNT_DISTINCT(Name), SUM(x), AVG(x), MIN(x), MAX(x) FROM Account",
        "SELECT Stage, COUNT(Id) FROM O GROUP BY Stage",
        "SELECT Stage s, SUM(Amount) total FROM O GROUP BY Stage HAVING SUM(Amount) > 10 AND Stage != NULL ORDER BY SUM(Amount) DESC, Stage",
        "SELECT Stage, COUNT(Id) n FROM O GROUP BY Stage HAVING n > 1 ORDER BY n",
        "SELECT CALENDAR_YEAR(d) y, FISCAL_QUARTER(d), AVG(x) FROM O GROUP BY CALENDAR_YEAR(d), FISCAL_QUARTER(d)",
        "SELECT Stage, Type, GROUPING(Stage) g, GROUPING(Type), COUNT(Id) FROM O GROUP BY ROLLUP(Stage, Type)",
        "SELECT Stage, COUNT(Id) FROM O GROUP BY CUBE (Stage, Account.Type) HAVING GROUPING(Stage) = 0",
        "SELECT FORMAT(MAX(d)) FROM O",
        "SELECT SUM(x) t FROM O GROUP BY () HAVING SUM(x) > 1", "SELECT Stage FROM O GROUP BY Stage LIMIT 5 OFFSET 2",
        "SELECT SUM(x) expr0, SUM(y) FROM O", "SELECT COUNT(Id) a, SUM(x) a2, Stage a3 FROM O GROUP BY Stage",
    ]
    private static let ends = [
        "SELECT Id FROM A ORDER BY x", "SELECT Id FROM A ORDER BY x ASC NULLS FIRST, y DESC NULLS LAST, z.w DESC",
        "SELECT Id FROM A LIMIT 5", "SELECT Id FROM A LIMIT :size OFFSET :start", "SELECT Id FROM A LIMIT 0 OFFSET 7",
        "SELECT Id FROM A LIMIT 5 CURSOR 'abc.def'", "SELECT Id FROM A ALL ROWS", "SELECT Id FROM A DELETED ROWS COUNT ROWS",
        "SELECT Id FROM A FOR VIEW", "SELECT Id FROM A FOR REFERENCE FOR VIEW", "SELECT Id FROM A LIMIT 1 FOR UPDATE",
        "SELECT Id FROM A FOR VIEW UPDATE TRACKING", "SELECT Id FROM A UPDATE VIEWSTAT",
        "SELECT Id FROM A WITH SECURITY_ENFORCED",
        "SELECT Id FROM A WHERE x = 1 WITH USER_MODE ORDER BY y", "SELECT Id FROM A WITH SYSTEM_MODE",
        "SELECT Title FROM FAQ__kav WITH DATA CATEGORY Geography__c ABOVE usa__c AND Product__c AT (a__c, b__c)",
        "SELECT Id FROM A WHERE x = 1 WITH DATA CATEGORY Geo__c ABOVE_OR_BELOW usa__c LIMIT 3",
    ]

    static let finds = [
        "FIND {acme}", "FIND {acme bolts} IN ALL FIELDS RETURNING Account(Name WHERE Industry = 'Energy' LIMIT 5), Contact(Name)",
        "FIND 'acme' IN NAME FIELDS RETURNING Account, Contact(Id, Name ORDER BY Name DESC LIMIT 3 OFFSET 1) LIMIT 20",
        "find {a} in email fields returning Account(Name USING LISTVIEW = Big)", "EXPLAIN SELECT Id FROM Account",
    ]

    static let inJSON: [(String, String)] = [
        (
            "SELECT Name, Account.Name FROM Opportunity WHERE Amount > 1000 AND CloseDate = THIS_QUARTER ORDER BY Amount DESC NULLS LAST LIMIT 50",
            #"{"object": "Opportunity", "fields": ["Name", "Account.Name"], "filters": {"Amount": {"$gt": 1000}, "CloseDate": "THIS_QUARTER"}, "orderBy": [{"field": "Amount", "direction": "desc", "nulls": "last"}], "limit": 50}"#
        ),
        (
            "SELECT Name, (SELECT Name FROM Contacts WHERE Email LIKE '%x' ORDER BY Name LIMIT 3) FROM Account",
            #"{"object": "Account", "fields": ["Name"], "related": {"Contacts": {"fields": ["Name"], "filters": {"Email": {"$ilike": "%x"}}, "orderBy": ["Name"], "limit": 3}}}"#
        ),
        (
            "SELECT Stage, START_OF_MONTH(CloseDate) Month, COUNT(Id) n, SUM(Amount) total FROM Opportunity GROUP BY Stage, START_OF_MONTH(CloseDate) HAVING SUM(Amount) > 0 ORDER BY SUM(Amount) DESC",
            #"{"object": "Opportunity", "groupBy": ["Stage", {"field": "CloseDate", "by": "month", "as": "Month"}], "aggregate": {"n": {"$count": "*"}, "total": {"$sum": "Amount"}}, "having": {"total": {"$gt": 0}}, "orderBy": ["-total"]}"#
        ),
        (
            "SELECT Id FROM Account WHERE Id NOT IN (SELECT AccountId FROM Contact WHERE Email = NULL) AND Interests INCLUDES ('Golf;Opera', 'Chess')",
            #"{"object": "Account", "fields": ["Id"], "filters": {"Id": {"$nin": {"object": "Contact", "fields": ["AccountId"], "filters": {"Email": null}}}, "Interests": {"$includes": [["Golf", "Opera"], "Chess"]}}}"#
        ),
        (
            "SELECT CALENDAR_YEAR(CloseDate) y, COUNT(Id) FROM Opportunity WHERE CHANGED(Stage TO 'Closed Won') DURING LAST_QUARTER GROUP BY ROLLUP(CALENDAR_YEAR(CloseDate))",
            #"{"object": "Opportunity", "groupBy": {"rollup": [{"field": "CALENDAR_YEAR(CloseDate)", "as": "y"}]}, "fields": ["y", "COUNT(Id)"], "filters": {"$changed": {"field": "Stage", "to": "Closed Won", "during": "LAST_QUARTER"}}}"#
        ),
        (
            "SELECT FIELDS(ALL), TYPEOF What WHEN Account THEN Phone ELSE Name END FROM Activity AS OF '2026-03-31' USING SCOPE mine ALL ROWS COUNT ROWS FOR VIEW",
            #"{"object": "Activity", "fields": ["FIELDS(ALL)", {"typeof": "What", "when": {"Account": ["Phone"]}, "else": ["Name"]}], "asOf": "2026-03-31", "scope": "mine", "deleted": true, "count": true, "for": ["FOR VIEW"]}"#
        ),
    ]

    static let printed: [(String, String)] = [
        ("select  Name from Account where x=1 and (y!=2)", "SELECT Name FROM Account WHERE x = 1 AND y != 2"),
        ("SELECT a.Name FROM Account a, a.Owner o WHERE o.Name <> 'x'", "SELECT Name FROM Account WHERE Owner.Name != 'x'"),
        ("SELECT COUNT(Id) FROM A", "SELECT COUNT() FROM A"),
        (
            "SELECT Stage s, COUNT(Id) expr0 FROM A GROUP BY Stage ORDER BY s",
            "SELECT Stage s, COUNT(Id) FROM A GROUP BY Stage ORDER BY Stage"
        ),
        (
            "SELECT Id FROM A WHERE d = last_n_days:30 AND NOT (x IN ('a'))",
            "SELECT Id FROM A WHERE d = LAST_N_DAYS:30 AND x NOT IN ('a')"
        ),
        ("SELECT (SELECT Id FROM Cs), Name FROM A", "SELECT Name, (SELECT Id FROM Cs) FROM A"),
        (#"SELECT Id FROM A WHERE x LIKE '%\%'"#, #"SELECT Id FROM A WHERE x LIKE '%\%'"#),
    ]
}
