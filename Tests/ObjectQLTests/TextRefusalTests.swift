import ObjectQL
import Testing
import Values

/// A text that is no query: where, what was expected, and what may have been meant.
struct TextRefusal: Sendable, CustomTestStringConvertible {
    let text: String
    let line: Int
    let column: Int
    let message: String
    let hint: String?

    init(_ text: String, _ line: Int, _ column: Int, _ message: String, hint: String? = nil) {
        (self.text, self.line, self.column, self.message, self.hint) = (text, line, column, message, hint)
    }

    var testDescription: String { text }
}

@Suite struct `A wrong text is told what was expected and what was found` {
    @Test(arguments: messages) func `with place and suggestion`(_ refusal: TextRefusal) throws {
        let problem = try #require(throws: QueryProblem.self) { _ = try TextQuery(soql: refusal.text) }
        #expect(problem.message == refusal.message)
        #expect(problem.hint == refusal.hint)
        #expect(problem.location?.line == refusal.line)
        #expect(problem.location?.column == refusal.column)
    }

    @Test(arguments: refused) func `whatever the production`(_ text: String) throws {
        let problem = try #require(throws: QueryProblem.self, "\(text)") { _ = try TextQuery(soql: text) }
        #expect(problem.location != nil)
    }

    @Test func `a caret shows the place`() throws {
        let text = "SELECT Name\nFROM Account\n\tWHERE Näme = 'x'"
        let problem = try #require(throws: QueryProblem.self) { _ = try Query(soql: text) }
        #expect(problem.path == "line 3, column 9")
        #expect(problem.location?.excerpt == "\tWHERE Näme = 'x'\n\t       ^")
    }

    @Test(arguments: [
        ("SELECT Name FROM Acount", "There is no object Acount", 18, "Did you mean Account?"),
        ("SELECT Nmae FROM Account", "Account has no field Nmae", 8, "Did you mean Name?"),
        ("SELECT Id FROM Account WHERE Nmae = 'x'", "Account has no field Nmae", 30, "Did you mean Name?"),
        (
            "SELECT Id, (SELECT Id FROM Contcats) FROM Account", "Account has no related list Contcats", 28,
            "Did you mean Contacts?"
        ),
        ("SELECT Id FROM Account WHERE Id IN (SELECT Nmae FROM Contact)", "Contact has no field Nmae", 44, "Did you mean Name?"),
    ])
    func `names that metadata does not know, too`(_ text: String, _ message: String, _ column: Int, _ hint: String) throws {
        let problem = try #require(throws: QueryProblem.self) { _ = try Query(soql: text).resolve(in: Business.scope) }.located(
            in: text)
        #expect((problem.message, problem.hint, problem.location?.column) == (message, hint, column))
    }

    @Test(arguments: [
        "SELECT Id FROM Account WHERE Name != 'a' AND Name = ?", "SELECT Id FROM Account WHERE Name LIKE ?",
        "SELECT Id FROM Account WHERE Name IN ?", "SELECT Id FROM Account WHERE Name IN ('a', ?)",
        "SELECT Id FROM Account WHERE Interests INCLUDES ?", "SELECT Id FROM Account WHERE Interests EXCLUDES (?)",
        "SELECT Id FROM Account LIMIT ?", "SELECT Id FROM Account LIMIT 5 OFFSET ?", "SELECT Id FROM Account AS OF ?",
        "SELECT Id FROM Account WHERE CHANGED(Name TO ?)", "SELECT Id FROM Account WHERE CHANGED(Name) DURING ?",
        "SELECT Id, (SELECT Id FROM Contacts WHERE Name = ?) FROM Account",
        "SELECT Id, (SELECT Id FROM Contacts LIMIT ?) FROM Account",
        "SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact WHERE Name = ?)",
        "SELECT Id FROM Site WHERE DISTANCE(Location, GEOLOCATION(47, ?), 'km') < 5",
        "SELECT Id FROM Site ORDER BY DISTANCE(Location, GEOLOCATION(?, 8), 'km')",
        "SELECT Industry, COUNT(Id) n FROM Account GROUP BY Industry HAVING COUNT(Id) > ?",
    ]) func `a value that was not given is missed where it is named`(_ text: String) throws {
        let offset = try #require(text.firstIndex(of: "?"))
        let text = text.replacing("?", with: ":value")
        let problem = try #require(throws: QueryProblem.self) { _ = try Query(soql: text).binding([:]) }.located(in: text)
        #expect(problem.message == "The query reads :value, but no value was given for it")
        #expect(problem.location?.column == text.distance(from: text.startIndex, to: offset) + 1)
    }

    private static let messages: [TextRefusal] = [
        TextRefusal("", 1, 1, "EXPLAIN, FIND or SELECT was expected, not the end of the query"),
        TextRefusal(
            "SELCT Id FROM Account", 1, 1, "EXPLAIN, FIND or SELECT was expected, not SELCT", hint: "Did you mean SELECT?"),
        TextRefusal("SELECT FROM Account", 1, 8, "A field was expected, not FROM"),
        TextRefusal("SELECT Id, FROM Account", 1, 12, "A field was expected, not FROM"),
        TextRefusal("SELECT Id FORM Account", 1, 11, "FROM was expected, not FORM", hint: "Did you mean FROM?"),
        TextRefusal("SELECT Id FROM Account WERE Name = 'x'", 1, 24, "WHERE was expected, not WERE", hint: "Did you mean WHERE?"),
        TextRefusal(
            "SELECT Id FROM Account WHERE Name = Acme", 1, 37, "A value was expected, not Acme",
            hint: "Texts stand in single quotes: 'Acme'; FIELD(Acme) is another field's value"),
        TextRefusal(
            "SELECT Id FROM A WHERE d = last_n_days", 1, 28, "A value was expected, not last_n_days",
            hint: "Did you mean LAST_N_DAYS:n?"),
        TextRefusal("SELECT Id FROM A WHERE d = TODYA", 1, 28, "A value was expected, not TODYA", hint: "Did you mean TODAY?"),
        TextRefusal(
            "SELECT Id FROM A WHERE x = 1 AND y = 2 OR z = 3", 1, 40, "AND was expected, not OR",
            hint: "AND and OR beside each other need parentheses: a = 1 AND (b = 2 OR c = 3)"),
        TextRefusal("SELECT * FROM Account", 1, 8, "A field was expected, not *", hint: "FIELDS(ALL) stands for every field"),
        TextRefusal(
            "SELECT Id FROM A WHERE x = \"a\"", 1, 28, "A value was expected, not \"",
            hint: "Texts stand in single quotes: 'Acme'"),
        TextRefusal("SELECT Id FROM A WHERE x == 1", 1, 27, "A value was expected, not =", hint: "One = compares"),
        TextRefusal("SELECT Id FROM A WHERE x = 'abc", 1, 28, "The end of this was expected, not a text that is never closed"),
        TextRefusal(
            "SELECT Id FROM A JOIN B", 1, 18, "There is no JOIN",
            hint: "A parent's fields are named by a path (Account.Name), children are a query in the SELECT list"),
        TextRefusal(
            "SELECT Name n FROM A", 1, 8, "A comma or FROM was expected, not n: only functions and groups are given a name",
            hint: "Write Name, n for two fields"),
        TextRefusal(
            "SELECT COUNT(), Name FROM A", 1, 8, "COUNT() stands alone in its query", hint: "COUNT(Id) counts beside others"),
        TextRefusal("SELECT SUMM(x) FROM A", 1, 8, "There is no function SUMM", hint: "Did you mean SUM?"),
        TextRefusal(
            "SELECT Id FROM A WHERE d > 2026-02-30", 1, 28, "A day of the calendar was expected, not 2026-02-30",
            hint: "Days are written 2026-03-31"),
        TextRefusal(
            "SELECT Id FROM A WHERE d > 2026-02-03T10:00:00", 1, 28, "A moment was expected, not 2026-02-03T10:00:00",
            hint: "Moments are written 2026-03-31T12:00:00Z or 2026-03-31T12:00:00+02:00"),
        TextRefusal(
            #"SELECT Id FROM A WHERE x = 'a\q'"#, 1, 30, "This is no escape",
            hint: #"Known are \n \r \t \b \f \' \" \\ \_ \% and \u with four hexadecimal digits"#),
        TextRefusal("SELECT Id FROM A LIMIT ten", 1, 24, "A whole number was expected, not ten"),
        TextRefusal(
            "SELECT Id FROM A;", 1, 17, "AS, a comma, USING or SEARCH was expected, not ;",
            hint: "A query ends without a semicolon"
        ),
    ]

    /// One at least for every production.
    private static let refused = [
        "SELECT", "SELECT Id", "SELECT Id FROM", "FROM Account", "SELECT Id FROM WHERE x = 1", "SELECT Id Name FROM Account",
        "SELECT DISTINCT Name FROM Account", "SELECT Id FROM Account WHERE", "SELECT Id FROM Account WHERE x",
        "SELECT Id FROM Account WHERE x =",
        "SELECT Id FROM Account WHERE = 1", "SELECT Id FROM Account WHERE x = 1 AND", "SELECT Id FROM Account WHERE (x = 1",
        "SELECT Id FROM Account WHERE x = 1)", "SELECT Id FROM Account WHERE x = 1 y = 2",
        "SELECT Id FROM Account WHERE x NOT LIKE 'a'",
        "SELECT Id FROM Account WHERE x LIKE 5", "SELECT Id FROM Account WHERE x IN 'a'", "SELECT Id FROM Account WHERE x IN ()",
        "SELECT Id FROM Account WHERE x IN ('a',)", "SELECT Id FROM Account WHERE x IN ('a' 'b')",
        "SELECT Id FROM Account WHERE x INCLUDES 'a'",
        "SELECT Id FROM Account WHERE x BETWEEN 1 AND 2", "SELECT Id FROM Account WHERE x IS NULL",
        "SELECT Id FROM Account WHERE x => 1",
        "SELECT Id FROM Account WHERE x = 5abc", "SELECT Id FROM Account WHERE x = --5", "SELECT Id FROM Account WHERE x ! 5",
        "SELECT Id FROM Account WHERE x = :", "SELECT Id FROM Account WHERE x = :5",
        "SELECT Id FROM Account WHERE d = LAST_N_DAYS",
        "SELECT Id FROM Account WHERE d = LAST_N_DAYS:", "SELECT Id FROM Account WHERE d = LAST_N_DAYS:x",
        "SELECT Id FROM Account WHERE d = TODAY:3",
        "SELECT Id FROM Account WHERE d = 2026-13-01", "SELECT Id FROM Account WHERE d = 2026-3-1",
        "SELECT Id FROM Account WHERE t = 25:00:00",
        "SELECT Id FROM Account WHERE Id IN (SELECT Id, Name FROM Contact)",
        "SELECT Id FROM Account WHERE Id IN (SELECT Id FROM Contact LIMIT 5)",
        "SELECT Id FROM Account WHERE Id = (SELECT Id FROM Contact)", "SELECT Id, (SELECT FROM Contacts) FROM Account",
        "SELECT Id, (SELECT Id FROM Contacts FROM Account", "SELECT Id, SELECT Id FROM Contacts FROM Account",
        "SELECT Id, (SELECT COUNT(Id) FROM Contacts GROUP BY Name) FROM Account",
        "SELECT Id, (SELECT Id FROM C), (SELECT Id FROM c) FROM Account",
        "SELECT a.b.c.d.e.f.G FROM X",
        "SELECT (SELECT (SELECT (SELECT (SELECT (SELECT (SELECT Id FROM F) FROM E) FROM D) FROM C) FROM B) FROM A) FROM X",
        "SELECT Name. FROM Account", "SELECT .Name FROM Account", "SELECT Name..X FROM Account", "SELECT 5 FROM Account",
        "SELECT 'x' FROM Account",
        "SELECT FIELDS() FROM Account", "SELECT FIELDS(SOME) FROM Account", "SELECT FIELDS(DEFAULT), Name FROM Account",
        "SELECT TYPEOF What END FROM E", "SELECT TYPEOF What WHEN A THEN x FROM E", "SELECT TYPEOF What WHEN A x END FROM E",
        "SELECT TYPEOF What WHEN A THEN x ELSE END FROM E", "SELECT TYPEOF What WHEN A THEN x WHEN A THEN y END FROM E",
        "SELECT SUM() FROM A", "SELECT SUM(x FROM A", "SELECT SUM(x, y) FROM A", "SELECT COUNT(*) FROM A",
        "SELECT COUNT() n, x FROM A GROUP BY x",
        "SELECT convertTimezone(d) FROM A", "SELECT CALENDAR_YEAR() FROM A", "SELECT DISTANCE(a, GEOLOCATION(1), 'mi') FROM A",
        "SELECT DISTANCE(a, GEOLOCATION(1, 2), 'feet') FROM A", "SELECT DISTANCE(a, GEOLOCATION(100, 2), 'mi') FROM A",
        "SELECT DISTANCE(a, b) FROM A",
        "SELECT Id FROM A USING", "SELECT Id FROM A USING SCOPE", "SELECT Id FROM A USING SCOPE theirs",
        "SELECT Id FROM A USING LISTVIEW Big",
        "SELECT x FROM A GROUP x", "SELECT x FROM A GROUP BY", "SELECT x FROM A GROUP BY x,",
        "SELECT x FROM A GROUP BY ROLLUP()",
        "SELECT x FROM A GROUP BY CUBE(x", "SELECT x FROM A GROUP BY SUM(x)", "SELECT x FROM A HAVING x > 1",
        "SELECT x FROM A GROUP BY x HAVING",
        "SELECT x FROM A ORDER x", "SELECT x FROM A ORDER BY", "SELECT x FROM A ORDER BY x UP",
        "SELECT x FROM A ORDER BY x NULLS", "SELECT x FROM A ORDER BY x NULLS MIDDLE",
        "SELECT x FROM A ORDER BY x NULLS LAST DESC", "SELECT x FROM A LIMIT", "SELECT x FROM A LIMIT -1",
        "SELECT x FROM A LIMIT 1.5", "SELECT x FROM A LIMIT 5 LIMIT 6",
        "SELECT x FROM A OFFSET", "SELECT x FROM A OFFSET 5 LIMIT 5", "SELECT x FROM A LIMIT 5 WHERE y = 1",
        "SELECT x FROM A ORDER BY x WHERE y = 1",
        "SELECT x FROM A WHERE y = 1 WHERE z = 2", "SELECT x FROM A FOR", "SELECT x FROM A FOR SALE",
        "SELECT x FROM A FOR VIEW FOR VIEW", "SELECT x FROM A UPDATE",
        "SELECT x FROM A UPDATE THINGS", "SELECT x FROM A ALL", "SELECT x FROM A WITH", "SELECT x FROM A WITH LOVE",
        "SELECT x FROM A WITH DATA",
        "SELECT x FROM A WITH DATA CATEGORY", "SELECT x FROM A WITH DATA CATEGORY g AROUND c",
        "SELECT x FROM A WITH DATA CATEGORY g AT", "SELECT x FROM A WITH DATA CATEGORY g AT (c",
        "SELECT x FROM A AS", "SELECT x FROM A AS OF", "SELECT x FROM A AS OF 5", "SELECT x FROM A, B", "SELECT x FROM A.B",
        "SELECT x FROM A WHERE CHANGED()",
        "SELECT x FROM A WHERE CHANGED(y z)", "SELECT x FROM A WHERE CHANGED(y) DURING 5", "SELECT x /* FROM A",
        "SELECT x FROM A WHERE y = 'a\\u12'", "SELECT x FROM A && B",
        "FIND", "FIND acme", "FIND {acme", "FIND {acme} IN", "FIND {acme} IN SOME FIELDS", "FIND {acme} RETURNING",
        "FIND {acme} RETURNING Account(", "FIND {acme} RETURNING Account()",
        "EXPLAIN", "EXPLAIN FIND {x}", "EXPLAIN EXPLAIN SELECT x FROM A", "SELECT x FROM A\u{0}", "UPDATE A SET x = 1",
        "DELETE FROM A", "INSERT INTO A VALUES (1)",
    ]
}
