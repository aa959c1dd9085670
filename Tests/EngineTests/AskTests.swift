import Engine
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
}
