import Metadata
import Testing
import Values

@Suite("Figures and dashboards")
struct FigureTests {
    private static let today = Instant.wallClock.day

    private static func deal(_ account: String, _ stage: String, _ amount: Int, _ day: Day = today) -> JSON {
        [
            "Name": "Deal", "AccountId": .string(account), "Stage": .string(stage), "Amount": .number(Number(amount)),
            "CloseDate": .string(day.description),
        ]
    }

    @Test func `revenue is what was won this quarter, growth compares it with the last`() async throws {
        try await Office.run { office in
            let before = DateWord.Unit.quarter.start(FigureTests.today, -1)
            let account = try await office.account()
            #expect(
                try await office.client.get("/api/kpi/revenue").json == ["revenue": 0, "growth": .null, "previousQuarter": 0])
            for deal in [
                FigureTests.deal(account, "Closed Won", 300), FigureTests.deal(account, "Closed Won", 200, before),
                FigureTests.deal(account, "Closed Lost", 1000), FigureTests.deal(account, "Proposal", 1000),
                FigureTests.deal(account, "Closed Won", 1000, before - 1),
            ] { _ = try await office.create("Opportunity", deal) }
            let reply = try await office.client.get("/api/kpi/revenue")
            #expect(reply.text == #"{"revenue":300.00,"growth":0.5,"previousQuarter":200.00}"#)
        }
    }

    @Test func `the win rate is the won part of the closed opportunities`() async throws {
        try await Office.run { office in
            #expect(try await office.client.get("/api/kpi/winrate").json == ["rate": .null, "won": 0, "total": 0])
            let account = try await office.account()
            for stage in ["Closed Won", "Closed Lost", "Closed Lost", "Proposal"] {
                _ = try await office.create("Opportunity", FigureTests.deal(account, stage, 1))
            }
            #expect(try await office.client.get("/api/kpi/winrate").text == #"{"rate":0.3333,"won":1,"total":3}"#)
        }
    }

    @Test func `leads are counted by what became of them`() async throws {
        try await Office.run { office in
            for status in ["New", "New", "Qualified", "Converted", "Unqualified"] {
                _ = try await office.create("Lead", ["Name": "Ada", "Status": .string(status)])
            }
            #expect(try await office.client.get("/api/kpi/leads").json == ["count": 5, "qualified": 2, "unqualified": 1])
        }
    }

    @Test func `the pipeline has every stage in its order`() async throws {
        try await Office.run { office in
            let account = try await office.account()
            for amount in [10, 20] { _ = try await office.create("Opportunity", FigureTests.deal(account, "Proposal", amount)) }
            let reply = try await office.client.get("/api/pipeline/stages")
            #expect(reply.text.contains("\"amount\":30.00"))
            let stages = reply.json["stages"]?.array ?? []
            #expect(stages.map { $0["stage"] } == ["Prospecting", "Proposal", "Closed Won", "Closed Lost"])
            #expect(stages.map { $0["amount"] } == [0, 30, 0, 0])
            #expect(stages.map { $0["count"] } == [0, 2, 0, 0])
            #expect(stages.map { $0["isWon"] } == [false, false, true, false])
            #expect(stages.map { $0["isClosed"] } == [false, false, true, true])
        }
    }

    @Test func `recent activities are those whose time has come, the newest first`() async throws {
        try await Office.run { office in
            let account = try await office.account()
            for (subject, days) in [("Old", -9), ("New", -1), ("Planned", 9)] {
                let date = Instant(FigureTests.today + days).description
                _ = try await office.create(
                    "Activity", ["Subject": .string(subject), "ActivityDate": .string(date), "AccountId": .string(account)])
            }
            let activities = try await office.client.get("/api/activities/recent").json["activities"]?.array ?? []
            #expect(activities.map { $0["Subject"] } == ["New", "Old"])
            #expect(activities.first?["Account"] == ["Name": "Acme"])
            #expect(try await office.client.get("/api/activities/recent?limit=1").json["activities"]?.array?.count == 1)
        }
    }

    @Test func `a figure about what the metadata does not have is not found`() async throws {
        let files = [
            SourceFile(
                "metadata/Lead.object.yml", "name: Lead\nlabel: Lead\nlabelPlural: Leads\nfields: [{ name: Name, type: text }]")
        ]
        try await Office.run(files) { office in
            for path in [
                "/api/kpi/revenue", "/api/kpi/leads", "/api/kpi/winrate", "/api/pipeline/stages", "/api/activities/recent",
            ] {
                let reply = try await office.client.get(path)
                #expect(reply.status == 404)
                #expect(reply.code == "no_figures")
            }
        }
    }

    @Test func `a dashboard comes with the data of its components`() async throws {
        try await Office.run { office in
            let account = try await office.account()
            _ = try await office.create("Opportunity", FigureTests.deal(account, "Proposal", 10))
            let reply = try await office.client.get("/api/ui/dashboard/sales")
            #expect(reply.json["label"] == "Sales")
            let components = reply.json["components"]?.array ?? []
            #expect(components.map { $0["name"] } == ["byStage", "newest"])
            #expect(components[0]["type"] == "funnel")
            #expect(components[0]["category"] == "Stage")
            #expect(components[0]["data"]?["records"] == [["Stage": "Proposal", "amount": 10]])
            #expect(components[1]["data"]?["records"] == [["Name": "Acme"]])
        }
    }

    @Test func `a component whose query is wrong says so, and the others are there`() async throws {
        let wrong = SourceFile(
            "metadata/odd.dashboard.yml",
            """
            name: odd
            label: Odd
            components:
              - { name: bad, label: Bad, type: table, query: { object: Account, fields: [Nmae] } }
              - { name: good, label: Good, type: table, query: { object: Account, fields: [Name] } }
            """)
        try await Office.run(Business.files + [wrong]) { office in
            let components = try await office.client.get("/api/ui/dashboard/odd").json["components"]?.array ?? []
            #expect(components.first?["error"]?["hint"] == "Did you mean Name?")
            #expect(components.first?["data"] == nil)
            #expect(components.last?["data"]?["records"] == [])
        }
    }
}
