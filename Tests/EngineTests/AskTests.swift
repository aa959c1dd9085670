import Engine
import Metadata
import Testing
import Values

@Suite("A query's text is answered") struct AskTests {
    @Test func `records, as in JSON`() async throws {
        try await World.run { world in
            _ = try await world.account("Acme")
            let text = "SELECT Name FROM Account WHERE Name = :name"
            let answer = try await world.engine.ask(text, binds: ["name": "Acme"], as: world.session)
            #expect(answer.records == [["Name": "Acme"]])
        }
    }

    @Test func `a value given with the text finds what it finds when written into it`() async throws {
        try await World.run { world in
            let id = try await world.account("Acme")
            for (name, credit) in [("Bolts", JSON.number(5)), ("Corn", 7), ("Dust", .null)] {
                try await world.create("Account", ["Name": .string(name), "Phone": "+41 44 123 45 67", "Credit": credit])
            }
            try await world.create("Opportunity", ["Name": "Big", "AccountId": .string(id), "Amount": 5000])
            func names(_ condition: String, _ binds: JSON.Members = [:]) async throws -> [JSON] {
                let text = "SELECT Name FROM Account WHERE \(condition) ORDER BY Name"
                return try await world.engine.ask(text, binds: binds, as: world.session).records
            }
            // Twice each: the second time there may be a plan that serves several values.
            for (condition, value, written) in AskTests.given + AskTests.given + [("Id IN :x", [.string(id)], "Id IN ('\(id)')")]
            {
                let found = try await names(condition, ["x": value])
                #expect(try await found == names(written), "\(condition) with \(value)")
            }
            #expect(try await names("Credit = :x", ["x": 5]) == [["Name": "Bolts"]])
        }
    }

    private static let given: [(String, JSON, String)] = [
        ("Name = :x", "Acme", "Name = 'Acme'"), ("Name = :x", "Bolts", "Name = 'Bolts'"), ("Name = :x", .null, "Name = null"),
        ("Name != :x", "Acme", "Name != 'Acme'"), ("Name != :x", "", "Name != ''"), ("Credit > :x", 5, "Credit > 5"),
        ("Credit > :x", .number(Number("5.001") ?? 0), "Credit > 5.001"), ("Credit = :x", .null, "Credit = null"),
        ("Credit != :x", 7, "Credit != 7"),
        ("CreatedDate >= :x", "2026-03-31T00:00:00Z", "CreatedDate >= 2026-03-31T00:00:00Z"),
        ("CreatedDate >= :x", "TOMORROW", "CreatedDate >= TOMORROW"), ("CreatedDate = :x", "2026-03-31", "CreatedDate = TODAY"),
        ("IsBig = :x", true, "IsBig = true"), ("IsBig = :x", false, "IsBig = false"),
        ("Status IN :x", ["Prospect"], "Status IN ('Prospect')"),
        ("Status IN :x", ["Churned", .null], "Status IN ('Churned', null)"),
        ("Status NOT IN :x", [], "Status != null"), ("Credit IN :x", [5, 7], "Credit IN (5, 7)"),
        ("OwnerId = :x", "$currentUser", "OwnerId = $currentUser"), ("Name LIKE :x", "a%", "Name LIKE 'a%'"),
        ("Credit = :x OR Deals >= :x", 1, "Credit = 1 OR Deals >= 1"),
        ("Id IN (SELECT AccountId FROM Opportunity WHERE Amount > :x)", 10, "Deals = 1"),
        ("Id NOT IN (SELECT AccountId FROM Opportunity WHERE Amount > :x)", 10, "Deals = 0"),
    ]

    @Test func `a saved query is asked by its name`() async throws {
        let rich = SourceFile(
            "metadata/Rich.query.yml",
            """
            name: Rich
            query: SELECT Name FROM Account WHERE Credit >= :least AND Status IN :kinds ORDER BY Credit DESC LIMIT 10
            binds: { least: 5, kinds: [Prospect] }
            """)
        try await World.run(Business.files + [rich]) { world in
            for (name, credit) in [("A", 3), ("B", 5), ("C", 7)] {
                try await world.create(
                    "Account", ["Name": .string(name), "Phone": "+41 44 123 45 67", "Credit": .number(Number(credit))])
            }
            func names(_ binds: JSON.Members = [:], limit: Int? = nil, cursor: String? = nil) async throws -> ([JSON?], String?) {
                let answer = try await world.engine.ask(
                    saved: "rich", binds: binds, limit: limit, cursor: cursor, as: world.session)
                return (answer.records.map { $0["Name"] }, answer.json["nextCursor"]?.string)
            }
            #expect(try await names().0 == ["C", "B"])
            #expect(try await names(["least": 1]).0 == ["C", "B", "A"])
            #expect(try await names(["kinds": []]).0 == [])
            let page = try await names(limit: 1)
            #expect(page.0 == ["C"])
            #expect(try await names(limit: 1, cursor: page.1).0 == ["B"])
            let view = try await world.query(["object": "Account", "view": "Rich"])
            #expect(view == [["Name": "C"], ["Name": "B"]])
            let text = "SELECT Name FROM Account USING LISTVIEW = Rich WHERE Name != 'C'"
            #expect(try await world.engine.ask(text, as: world.session).records == [["Name": "B"]])
            #expect(world.engine.savedQueries(for: world.session).map(\.name) == ["Rich"])
            for (name, binds, code) in [("Rihc", [:], "unknown_query"), ("Rich", ["laest": 5] as JSON.Members, "unknown_bind")] {
                let problem = await world.problem {
                    _ = try await world.engine.ask(saved: name, binds: binds, as: world.session)
                }
                #expect(problem?.code == code)
                #expect(problem?.hint == (code == "unknown_bind" ? "Did you mean least?" : "Did you mean Rich?"))
            }
        }
    }

    @Test func `a text goes on from page to page with its values, also past those that are missing`() async throws {
        try await World.run { world in
            for (name, credit) in [("A", 3), ("B", nil), ("C", 1), ("D", nil), ("E", 2), ("F", 1)] as [(String, Int?)] {
                try await world.create(
                    "Account",
                    ["Name": .string(name), "Phone": "+41 44 123 45 67", "Credit": credit.map { .number(Number($0)) } ?? .null])
            }
            let text = "SELECT Name FROM Account WHERE Name != :without ORDER BY Credit DESC NULLS LAST, Name LIMIT 1"
            for without in ["E", "A"] as [JSON] {
                var (names, cursor): ([JSON?], String?) = ([], nil)
                repeat {
                    let page = try await world.engine.ask(
                        text + (cursor.map { " CURSOR '\($0)'" } ?? ""), binds: ["without": without], as: world.session)
                    names += page.records.map { $0["Name"] }
                    cursor = page.json["nextCursor"]?.string
                } while cursor != nil
                #expect(names == ["A", "E", "C", "F", "B", "D"].filter { $0 != without })
            }
        }
    }

    @Test func `a problem has its place in the text`() async throws {
        try await World.run { world in
            let problem = try #require(
                await world.problem {
                    _ = try await world.engine.ask("SELECT Nmae FROM Account", as: world.session)
                })
            #expect(problem.detail == "Account has no field Nmae\nSELECT Nmae FROM Account\n       ^")
            #expect(problem.errors.first?.field == "line 1, column 8")
        }
    }

    @Test func `finds of several objects`() async throws {
        try await World.run { world in
            _ = try await world.account("Acme Bolts")
            _ = try await world.account("Other")
            let text = "FIND {acme} RETURNING Account(Name)"
            #expect(
                try await world.engine.ask(text, as: world.session).json == [
                    "found": [["object": "Account", "records": [["Name": "Acme Bolts"]]]]
                ])
            let all = try await world.engine.ask("FIND {acme} IN NAME FIELDS LIMIT 1", as: world.session)
            #expect(all.count == 1)
        }
    }

    @Test func `a plan, with its indexes and what is read as a whole`() async throws {
        try await World.run { world in
            let plan = try await world.engine.ask(
                "EXPLAIN SELECT Name FROM Account WHERE ExternalKey = 'x'", as: world.session
            ).json
            #expect(plan["indexes"]?.array?.isEmpty == false)
            #expect(plan["scans"] == [])
            #expect(plan["cost"] == ["records": 50, "tables": 1])
            let scan = try await world.engine.ask(
                "EXPLAIN SELECT Name FROM Account WHERE Credit > 5", as: world.session
            ).json
            #expect(scan["scans"]?.array?.count == 1)
        }
    }

    @Test func `the past, from the change log`() async throws {
        try await World.run { world in
            var world = world
            let id = try await world.account("Before")
            try await world.update("Account", id, ["Credit": 5])
            let start = world.session.now
            world.session = Session.administrator(now: start + 86_400_000_000 * 10)
            try await world.update(
                "Account", id, ["Name": "After", "Credit": 7, "Status": "Active Customer"])
            _ = try await world.account("Later")
            func names(_ text: String) async throws -> [JSON] {
                try await world.engine.ask(text, as: world.session).records
            }
            let fields = "SELECT Name, Credit, Status FROM Account"
            #expect(
                try await names(fields + " AS OF '2026-04-01'") == [
                    ["Name": "Before", "Credit": 5, "Status": "Prospect"]
                ])
            #expect(try await names(fields + " AS OF TODAY WHERE Name = 'After'").count == 1)
            #expect(try await names(fields + " AS OF '2026-03-01'") == [])
            #expect(
                try await names(
                    "SELECT Id FROM Account AS OF '2026-04-01' WHERE Credit = 5 AND Name = 'Before'"
                ).count == 1)
            #expect(
                try await names(
                    "SELECT Name FROM Account WHERE CHANGED(Status TO 'Active Customer') DURING TODAY") == [
                        ["Name": "After"]
                    ])
            #expect(
                try await names(
                    "SELECT Name FROM Account WHERE CHANGED(Credit FROM 5 TO 7) DURING THIS_MONTH"
                ).count == 1)
            #expect(
                try await names(
                    "SELECT Name FROM Account WHERE CHANGED(Credit FROM NULL TO 5) DURING '2026-03-31'"
                ).count == 1)
            #expect(
                try await names("SELECT Name FROM Account WHERE CHANGED(Status) DURING YESTERDAY") == [])
            #expect(try await names("SELECT Name FROM Account WHERE CHANGED(Name TO 'Later')") == [])
        }
    }

    @Test func `the past of what was deleted and undeleted since, and of roll-ups`() async throws {
        try await World.run { world in
            var world = world
            let start = world.session.now
            func day(_ number: Int64) { world.session = Session.administrator(now: start + 86_400_000_000 * number) }
            func answers(_ text: String) async throws -> [JSON] { try await world.engine.ask(text, as: world.session).records }
            let id = try await world.account("Acme")
            let deal = try await world.create("Opportunity", ["Name": "Deal", "AccountId": .string(id), "Amount": 300])
            day(2)
            try await world.update("Opportunity", deal, ["Amount": 500])
            day(4)
            try await world.delete("Opportunity", deal)
            day(6)
            try await world.delete("Account", id)
            day(8)

            // 31 March, 2, 4 and 6 April were the days of change.
            let sums = "SELECT OpenAmount, Deals, (SELECT Amount FROM Opportunities) FROM Account AS OF "
            #expect(
                try await answers(sums + "'2026-04-01'") == [
                    [
                        "OpenAmount": .number(Number("300.00") ?? 0), "Deals": 1,
                        "Opportunities": [["Amount": .number(Number("300.00") ?? 0)]],
                    ]
                ])
            #expect(
                try await answers(sums + "'2026-04-03'") == [
                    [
                        "OpenAmount": .number(Number("500.00") ?? 0), "Deals": 1,
                        "Opportunities": [["Amount": .number(Number("500.00") ?? 0)]],
                    ]
                ])
            #expect(try await answers(sums + "'2026-04-05'").first?["Deals"] == 0)
            #expect(try await answers(sums + "'2026-04-05'").first?["Opportunities"] == [])
            #expect(try await answers(sums + "'2026-04-07'") == [])
            #expect(try await answers("SELECT Name FROM Account AS OF '2026-04-07' ALL ROWS") == [["Name": "Acme"]])
            #expect(
                try await answers("SELECT Name FROM Account AS OF '2026-04-05' WHERE IsDeleted = FALSE") == [["Name": "Acme"]])
            #expect(
                try await answers("SELECT Account.Name FROM Opportunity AS OF '2026-04-03'") == [["Account": ["Name": "Acme"]]])

            #expect(try await answers("SELECT Name FROM Account WHERE CHANGED(IsDeleted TO TRUE)") == [])
            #expect(
                try await answers("SELECT Name FROM Account WHERE CHANGED(IsDeleted TO TRUE) DURING LAST_N_DAYS:3 ALL ROWS") == [
                    ["Name": "Acme"]
                ])
            #expect(
                try await answers("SELECT Name FROM Account WHERE CHANGED(OpenAmount FROM 300 TO 500) DELETED ROWS").count == 1)
            #expect(
                try await answers("SELECT Name FROM Opportunity WHERE CHANGED(Amount TO 500) AND CHANGED(IsDeleted) ALL ROWS")
                    .count == 1)
        }
    }
}
