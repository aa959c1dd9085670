import Assistant
import Engine
import Formula
import Metadata
import ObjectQL
import Testing
import Values

@Suite struct `Asking for a briefing` {
    @Test(arguments: ["0198c0de-0000-7000-8000-000000000001", "nonsense"]) func `of a record that is not there is a problem`(
        id: String
    ) async throws {
        try await World.run { world in
            await #expect { _ = try await world.brief("Account", id) } throws: { ($0 as? Problem)?.kind == .notFound }
        }
    }

    @Test func `of an object that is not there is a problem with a suggestion`() async throws {
        try await World.run { world in
            await #expect { _ = try await world.brief("Acount", "x") } throws: {
                ($0 as? Problem)?.hint?.contains("Account") ?? false
            }
        }
    }

    @Test func `of a record on which nothing hangs is a problem that names others`() async throws {
        try await World.run { world in
            let id = try await world.create(
                "AssistantCall",
                ["Provider": "stub", "Model": "stub", "Outcome": "done", "CalledAt": .string(World.now.description)])
            await #expect { _ = try await world.brief("AssistantCall", id) } throws: {
                let problem = $0 as? Problem
                return problem?.code == "not_briefable" && problem?.hint?.contains("Account") ?? false
            }
        }
    }

    @Test(arguments: [0, -1, 1_001]) func `with a limit out of bounds is a problem`(limit: Int) async throws {
        try await World.run { world in
            let account = try await world.account("Acme")
            await #expect {
                _ = try await Briefer(world.engine).prepare(
                    BriefingSubject(object: "Account", id: account), activityLimit: limit, as: world.session)
            } throws: { ($0 as? Problem)?.errors.first?.field == "activityLimit" }
        }
    }

    @Test func `reads as many activities as it may`() async throws {
        try await World.run { world in
            let account = try await world.huge(300)
            let work = try await Briefer(world.engine).prepare(
                BriefingSubject(object: "Account", id: account), activityLimit: 120, as: world.session)
            let about = try await work.briefing().metadata
            #expect(
                about.activitiesAnalyzed == 120 && about.lastActivityDate == World.moment(1) && about.generatedAt == World.now)
        }
    }

    @Test func `again gives what was written before, until something changes`() async throws {
        try await World.run { world in
            let account = try await world.happy()
            let provider = Scripted { prompt, _ in Answer.honest(prompt).text }
            let briefer = Briefer(world.engine, provider: provider)
            func brief(_ session: Session? = nil) async throws -> Briefing {
                try await briefer.prepare(BriefingSubject(object: "Account", id: account), as: session ?? world.session)
                    .briefing()
            }
            let first = try await brief()
            var again = try await brief()
            #expect(!first.metadata.cached && again.metadata.cached)
            again.metadata.cached = false
            #expect(again == first && provider.asked.count == 1)
            try await world.mail(account, nil, 0, "News")
            #expect(try await brief().metadata.cached == false && provider.asked.count == 2)
            #expect(
                try await brief(.administrator(now: World.now + 86_400_000_000)).metadata.cached == false
                    && provider.asked.count == 3)
        }
    }

    @Test func `that failed is not kept`() async throws {
        try await World.run { world in
            let account = try await world.happy()
            let provider = Scripted { prompt, count in
                if count == 0 { throw ProviderFailure(.refused, "not now") }
                return Answer.honest(prompt).text
            }
            let briefer = Briefer(world.engine, provider: provider)
            let subject = BriefingSubject(object: "Account", id: account)
            #expect(try await briefer.prepare(subject, as: world.session).briefing().metadata.fallbackReason != nil)
            #expect(try await briefer.prepare(subject, as: world.session).briefing().metadata.fallbackReason == nil)
        }
    }
}

/// Somebody who may not see everything.
private struct Narrow: RecordAccess {
    let hidden: Set<String>
    var identity: String { "narrow " + hidden.sorted().joined(separator: " ") }

    func mayRead(_ object: ObjectDefinition) -> Bool { !hidden.contains(object.name) }
    func mayRead(_ field: FieldDefinition, of object: ObjectDefinition) -> Bool {
        !hidden.contains("\(object.name).\(field.name)")
    }
    func rowRule(_ object: ObjectDefinition) -> CompiledFormula? { nil }
    func mayCreate(_ object: ObjectDefinition) -> Bool { false }
    func mayEdit(_ object: ObjectDefinition) -> Bool { false }
    func mayDelete(_ object: ObjectDefinition) -> Bool { false }
    func mayEdit(_ field: FieldDefinition, of object: ObjectDefinition) -> Bool { false }
}

@Suite struct `A briefing for somebody who may not see everything` {
    private func brief(_ world: World, hiding hidden: Set<String>, _ provider: (any Provider)? = nil) async throws -> Briefing {
        let account = try await world.angry()
        let session = Session(user: .administrator, access: Narrow(hidden: hidden), now: World.now)
        return try await Briefer(world.engine, provider: provider).prepare(
            BriefingSubject(object: "Account", id: account), as: session
        ).briefing()
    }

    @Test func `says nothing of objects that are hidden, and says so`() async throws {
        try await World.run { world in
            let briefing = try await brief(world, hiding: ["Case", "Opportunity", "Task"])
            #expect(briefing.metadata.omitted == ["Opportunity", "Case", "Task"])
            #expect(!"\(briefing.json)".contains("Checkout down") && !"\(briefing.json)".contains("150,000"))
        }
    }

    @Test func `says nothing of fields that are hidden`() async throws {
        try await World.run { world in
            let briefing = try await brief(world, hiding: ["Opportunity.Amount", "Email.Subject", "Account.Industry"])
            #expect(
                !"\(briefing.json)".contains("150") && !"\(briefing.json)".contains("unacceptable")
                    && !briefing.summary.contains("retail"))
        }
    }

    @Test func `does not let a provider cite what is hidden`() async throws {
        try await World.run { world in
            let provider = Scripted { prompt, _ in
                var answer = Answer.honest(prompt)
                let id = prompt.material["records"]?.array?.first { $0["object"] == "Opportunity" }?["Id"]?.string ?? ""
                answer.summary.append("Second store rollout is worth 150,000.")
                answer.citations.append(("Second store rollout is worth 150,000.", "Opportunity", id, "Amount", 150_000))
                return answer.text
            }
            let briefing = try await brief(world, hiding: ["Opportunity.Amount", "Account.OpenOpportunityAmount"], provider)
            #expect(briefing.metadata.droppedClaims > 0 && !"\(briefing.json)".contains("150,000"))
            #expect(provider.asked.allSatisfy { !$0.messages[0].text.contains("150000") })
        }
    }

    @Test func `does not give one what was written for another`() async throws {
        try await World.run { world in
            let account = try await world.angry()
            let briefer = Briefer(world.engine)
            let subject = BriefingSubject(object: "Account", id: account)
            _ = try await briefer.prepare(subject, as: world.session).briefing()
            let session = Session(user: .administrator, access: Narrow(hidden: ["Case", "Task"]), now: World.now)
            let briefing = try await briefer.prepare(subject, as: session).briefing()
            #expect(!briefing.metadata.cached && !"\(briefing.json)".contains("Checkout down"))
        }
    }
}

@Suite struct `A briefing in another business` {
    @Test func `uses the objects there are`() async throws {
        let registry = try #require(
            Registry.load([
                SourceFile("Client.object.yml", "name: Client\nfields:\n  - { name: Name, type: text, required: true }\n"),
                SourceFile(
                    "Todo.object.yml",
                    "name: Todo\nfields:\n  - { name: Subject, type: text }\n  - { name: DueDate, type: date }\n  - { name: ClientId, type: lookup, referenceTo: Client }\n"
                ),
            ]).registry)
        try await World.run(registry) { world in
            let client = try await world.create("Client", ["Name": "Corner Shop"])
            try await world.create("Todo", ["Subject": "Paint the door", "DueDate": "2026-03-01", "ClientId": .string(client)])
            let briefing = try await world.brief("Client", client)
            #expect(
                briefing.summary.contains("Corner Shop is a client.")
                    && briefing.summary.contains("Our task “Paint the door” has been overdue since 1 March."))
            #expect(briefing.metadata.omitted == ["Activity", "Email", "Opportunity", "Case", "Contract", "Note", "Contact"])
            #expect((3...5).contains(briefing.nextSteps.count) && (3...5).contains(briefing.talkingPoints.count))
        }
    }
}
