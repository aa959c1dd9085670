import Engine
import Metadata
import Testing
import Values

@Suite struct `Triggers` {
    @Test func `a won deal makes a contract, an active customer and a notification, in one transaction`() async throws {
        try await World.run { world in
            let account = try await world.account()
            let deal = try await world.create("Opportunity", ["Name": "Deal", "AccountId": .string(account), "Amount": 250])
            try await world.update("Opportunity", deal, ["Stage": "Closed Won"])
            let contracts = try await world.query(["object": "Contract", "fields": ["Value", "Status", "OpportunityId"]])
            #expect(contracts.first?["Value"]?.description == "250")
            #expect(contracts.first?["OpportunityId"]?.string == deal)
            #expect(try await world.record("Account", account)["Status"] == "Active Customer")
            let notes = try await world.query(["object": "Notification", "fields": ["Recipient", "Subject", "RelatedId"]])
            #expect(notes.first?["Subject"] == "Won: Deal")
            #expect(notes.first?["RelatedId"]?.string == deal)
        }
    }

    @Test func `where a trigger's action is refused, everything is undone and the trigger named`() async throws {
        try await World.run { world in
            let account = try await world.account()
            let deal = try await world.create(
                "Opportunity", ["Name": "Deal", "AccountId": .string(account), "Amount": 2_000_000])
            let problem = await world.problem { try await world.update("Opportunity", deal, ["Stage": "Closed Won"]) }
            #expect(problem?.kind == .unprocessable)
            #expect(problem?.detail.contains("ClosedWon") == true)
            #expect(try await world.record("Opportunity", deal)["Stage"] == "Prospecting")
            try await world.expect(0, of: "Contract")
        }
    }

    @Test func `a before trigger sets fields that callers may only read`() async throws {
        try await World.run { world in
            let account = try await world.account()
            let deal = try await world.create("Opportunity", ["Name": "Deal", "AccountId": .string(account), "Amount": 600])
            #expect(try await world.record("Opportunity", deal)["Score"] == 10)
            let problem = await world.problem { try await world.update("Opportunity", deal, ["Score": 99]) }
            #expect(problem?.errors.first?.code == "read_only")
        }
    }

    @Test func `triggers run at the events their object names, for all records at once`() async throws {
        try await World.run { world in
            let account = try await world.account()
            let ids = try await world.write(
                ["A", "B"].map {
                    .create(object: "Opportunity", values: ["Name": .string($0), "AccountId": .string(account)])
                })
            try await world.update("Opportunity", ids[0], ["Amount": 1])
            try await world.delete("Opportunity", ids[1])
            #expect(world.recorder.log == ["beforeInsert A,B", "afterInsert A,B", "afterUpdate A", "afterDelete B"])
        }
    }

    @Test func `conditions decide which changes a trigger sees`() async throws {
        try await World.run { world in
            let account = try await world.account()
            let values: JSON.Members = ["Name": "Forbidden", "AccountId": .string(account), "Amount": 50]
            let id = try await world.create("Opportunity", values)
            // The stage changes, but the amount is not above 100.
            try await world.update("Opportunity", id, ["Stage": "Proposal"])
            // The amount is, but the stage does not change.
            try await world.update("Opportunity", id, ["Amount": 500])
            let problem = await world.problem { try await world.update("Opportunity", id, ["Stage": "Closed Won"]) }
            #expect(problem?.errors == [.init(field: "Stage", code: "trigger", message: "Not this one")])
        }
    }

    @Test func `triggers that set off one another end at the depth limit with a clear problem`() async throws {
        let files = [
            SourceFile(
                "metadata/Loop.object.yml",
                "name: Loop\nlabel: Loop\nlabelPlural: Loops\nfields:\n  - { name: Name, type: text }\n"),
            SourceFile(
                "triggers/Again.trigger.yml",
                "name: Again\nobject: Loop\nevents: [afterInsert]\nactions:\n  - create: { object: Loop, set: { Name: again } }\n"
            ),
        ]
        try await World.run(files) { world in
            let problem = await world.problem { try await world.create("Loop", ["Name": "first"]) }
            #expect(problem?.code == "too_deep")
            #expect(problem?.detail.contains("Again") == true)
            try await world.expect(0, of: "Loop")
        }
    }

    @Test func `an explained write tells what ran`() async throws {
        try await World.run { world in
            let account = try await world.account()
            let deal = try await world.create("Opportunity", ["Name": "Deal", "AccountId": .string(account), "Amount": 250])
            let outcome = try await world.engine.write(
                [.update(object: "Opportunity", id: deal, values: ["Stage": "Closed Won"])], as: world.session,
                options: WriteOptions(explain: true))
            let trace = try #require(outcome.trace?.json)
            let names = trace["steps"]?.array?.compactMap { $0["name"]?.string } ?? []
            for name in ["LossReasonRequired", "ClosedWon", "Scoring", "Recorder", "OpenAmount", "change log"] {
                #expect(names.contains(name), "\(name) is missing in \(names)")
            }
            #expect((trace["statements"]?.number?.integer ?? 0) > 5)
        }
    }
}
