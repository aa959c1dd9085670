import Assistant
import Engine
import PostgresCluster
import Testing
import Values

@Suite struct `What a provider writes` {
    private func brief(_ world: World, _ provider: Scripted, _ story: Story = .happy) async throws -> (
        briefing: Briefing, facts: Briefing
    ) {
        let (object, id) = try await story.tell(world)
        return (try await world.brief(object, id, provider), try await world.brief(object, id))
    }

    @Test(arguments: DatabaseKind.allCases) func `stands where the records say it`(kind: DatabaseKind) async throws {
        try await World.run(on: kind) { world in
            let provider = Scripted { prompt, _ in Answer.honest(prompt).text }
            let (briefing, facts) = try await brief(world, provider)
            #expect(briefing.metadata.fallbackReason == nil && briefing.metadata.provider == "scripted")
            #expect(briefing.metadata.tokens == 120 && briefing.metadata.droppedClaims == 0)
            #expect(briefing.summary.hasPrefix("Nordwind Logistics has been a customer"))
            #expect(Set(briefing.citations.map(\.id)).isSubset(of: Set(facts.citations.map(\.id))))
            #expect(provider.asked.count == 1)
        }
    }

    /// Each of these stands beside true sentences, with a citation that holds as such.
    @Test(arguments: [
        "Nordwind Logistics has 999,000 won so far.", "Nordwind Logistics is led by Gregor Samsa.",
        "Nordwind Logistics wants a refund.", "Nordwind Logistics, see http://evil.example for more.",
        "Nordwind Logistics: ![x](https://evil.example/x.png).", "Nordwind Logistics has signed.",
        "Nordwind Logistics <b>matters</b>.",
        "Nordwind Logistics said \"we will leave tomorrow\".", "Nordwind Logistics deserves an enormous bouquet of tulips.",
    ])
    func `is dropped where they do not`(claim: String) async throws {
        try await World.run { world in
            let provider = Scripted { prompt, _ in
                var answer = Answer.honest(prompt)
                answer.summary.append(claim)
                let about = prompt.material["about"]
                answer.citations.append((claim, "Account", about?["id"]?.string ?? "", "Name", "Nordwind Logistics"))
                return answer.text
            }
            let briefing = try await brief(world, provider).briefing
            #expect(briefing.metadata.fallbackReason == nil && briefing.metadata.droppedClaims == 1)
            #expect(!briefing.summary.contains(claim) && !briefing.citations.contains { $0.claim == claim })
        }
    }

    /// What is cited for a true sentence, wrongly.
    @Test(arguments: [
        ("Account", "Name", "Someone Else"), ("Account", "Nonsense", "x"), ("Nonsense", "Name", "Nordwind Logistics"),
        ("Contact", "LastName", "Nordwind Logistics"),
    ])
    func `is dropped where its citation does not hold`(object: String, field: String, value: String) async throws {
        try await World.run { world in
            let provider = Scripted { prompt, _ in
                var answer = Answer.honest(prompt)
                let first = answer.summary[0]
                answer.citations.removeAll { $0.claim == first }
                answer.citations.append((first, object, prompt.material["about"]?["id"]?.string ?? "", field, .string(value)))
                return answer.text
            }
            let briefing = try await brief(world, provider).briefing
            #expect(!briefing.summary.contains("has been a customer") && briefing.metadata.droppedClaims == 1)
        }
    }

    /// True, and yet a briefing that is kept would not notice when it changes.
    @Test(arguments: DatabaseKind.allCases) func `is dropped where the record is gone by then`(kind: DatabaseKind)
        async throws
    {
        try await World.run(on: kind) { world in
            let account = try await world.happy()
            let provider = Scripted { prompt, _ in Answer.honest(prompt).text }
            let work = try await Briefer(world.engine, provider: provider).prepare(
                BriefingSubject(object: "Account", id: account), as: world.session)
            let deal = try await world.records(["object": "Opportunity", "filters": ["Stage": "Proposal"]]).first?["Id"]
            try await world.write([.delete(object: "Opportunity", id: deal?.string ?? "")])
            let briefing = try await work.briefing()
            #expect(briefing.metadata.fallbackReason == nil && briefing.metadata.droppedClaims > 0)
            #expect(!briefing.summary.contains("85,000") && !briefing.summary.contains("due to close"))
        }
    }

    @Test func `is dropped where it is cited from outside of what was gathered`() async throws {
        try await World.run { world in
            let provider = Scripted { prompt, _ in
                var answer = Answer.honest(prompt)
                let deal = prompt.material["records"]?.array?.first { $0["Stage"] == "Proposal" }
                let index = answer.summary.firstIndex { $0.contains("in the stage Proposal") } ?? 0
                answer.citations.removeAll { $0.claim == answer.summary[index] }
                answer.citations.append((answer.summary[index], "Opportunity", deal?["Id"]?.string ?? "", "Probability", 60))
                return answer.text
            }
            let briefing = try await brief(world, provider).briefing
            let deal = try await world.records(["object": "Opportunity", "filters": ["Stage": "Proposal"]]).first
            #expect(deal?["Probability"] == 60)
            #expect(briefing.metadata.droppedClaims == 1 && !briefing.summary.contains("in the stage Proposal"))
        }
    }

    @Test func `is repaired twice at most, and told what is wrong`() async throws {
        try await World.run { world in
            let provider = Scripted { _, _ in "{\"summary\": \"Too short\"}" }
            let (briefing, facts) = try await brief(world, provider)
            #expect(provider.asked.count == 3)
            #expect(provider.asked[1].messages.last?.text.contains("nextSteps must be a list of texts") ?? false)
            #expect(briefing.summary == facts.summary)
            #expect(briefing.metadata.fallbackReason?.contains("did not stand the checks, even after 2 repairs") ?? false)
        }
    }

    @Test func `counts when a repair mends it`() async throws {
        try await World.run { world in
            let provider = Scripted { prompt, count in
                count < 2 ? "```json\nnonsense\n```" : "```json\n\(Answer.honest(prompt).text)\n```"
            }
            let briefing = try await brief(world, provider).briefing
            #expect(briefing.metadata.fallbackReason == nil && briefing.metadata.tokens == 360)
        }
    }

    @Test(arguments: [
        (
            "summary", JSON.string(Array(repeating: "word", count: 201).joined(separator: " ")),
            "summary must have 1 to 200 words; it has 201"
        ),
        ("nextSteps", JSON.array(["One step."]), "nextSteps must have 3 to 5 entries; it has 1"),
        ("talkingPoints", JSON.array(["a", "b", "c", "d", "e", "f"]), "talkingPoints must have 3 to 5 entries; it has 6"),
        ("sentiment", JSON.string("ecstatic"), "sentiment must be"),
        ("engagementScore", JSON.number(101), "engagementScore must be"),
        ("engagementScore", JSON.string("high"), "engagementScore must be"),
        ("citations", JSON.array([["claim": "x"]]), "Each citation needs"),
        ("extra", JSON.string("x"), "There are members that nobody asked for"),
    ])
    func `is held to lengths and counts`(name: String, value: JSON, mistake: String) async throws {
        try await World.run { world in
            let provider = Scripted { prompt, count in
                guard count == 0, case .object(var members) = try JSON(parsing: Answer.honest(prompt).text) else {
                    return Answer.honest(prompt).text
                }
                members[name] = value
                return JSON.object(members).description
            }
            let briefing = try await brief(world, provider).briefing
            #expect(provider.asked.count == 2 && briefing.metadata.fallbackReason == nil)
            #expect(provider.asked[1].messages.last?.text.contains(mistake) ?? false)
        }
    }

    @Test func `decides neither mood nor score`() async throws {
        try await World.run { world in
            let provider = Scripted { prompt, _ in
                var answer = Answer.honest(prompt)
                (answer.sentiment, answer.score) = ("positive", 100)
                return answer.text
            }
            let (briefing, facts) = try await brief(world, provider, .angry)
            #expect(briefing.sentiment == .negative && briefing.engagementScore == facts.engagementScore)
        }
    }

    @Test func `gets the newest and weightiest within the budget`() async throws {
        try await World.run { world in
            let account = try await world.huge(600)
            let provider = Scripted { prompt, _ in Answer.honest(prompt).text }
            var settings = AssistantSettings()
            settings.contextTokens = 2_000
            let briefer = Briefer(world.engine, provider: provider, settings: settings)
            let work = try await briefer.prepare(BriefingSubject(object: "Account", id: account), as: world.session)
            _ = try await work.briefing()
            let text = try #require(provider.asked.first?.messages.first?.text)
            let records = try #require(provider.asked.first?.material["records"]?.array)
            #expect(text.utf8.count <= 2_000 * 4 && text.utf8.count > 6_000)
            #expect(records.contains { $0["Stage"] == "Negotiation" } && !records.contains { $0["Stage"] == "Closed Won" })
        }
    }
}
