import Assistant
import Engine
import Testing
import Values

/// Everybody who writes to us can write into the material of a briefing. The stub here does whatever such a text wants, and cites as well as
/// it can: the hostile record itself, with the value that stands there, and the account by its name.
@Suite struct `Hostile content` {
    @Test func `comes in many shapes`() {
        #expect(Hostile.corpus.count >= 50)
        #expect(Set(Hostile.corpus.map(\.name)).count == Hostile.corpus.count)
    }

    @Test(arguments: Hostile.corpus) func `changes nothing though the model obeys`(hostile: Hostile) async throws {
        try await World.run { world in
            let account = try await world.haunted(by: hostile)
            let obedient = Scripted { prompt, _ in hostile.obeyed(prompt).text }
            let briefing = try await world.brief("Account", account, obedient)
            let facts = try await world.brief("Account", account)
            expectHarmless(briefing, hostile)
            expectHarmless(facts, hostile)
            #expect(briefing.sentiment == facts.sentiment && briefing.engagementScore == facts.engagementScore)
            // The honest half of the answer is still there, so that it was this check that kept the other half out.
            #expect(briefing.metadata.fallbackReason == nil && briefing.metadata.droppedClaims >= 3)
        }
    }

    @Test(arguments: Hostile.corpus) func `leads to the offline briefing where nothing else is written`(hostile: Hostile)
        async throws
    {
        try await World.run { world in
            let account = try await world.haunted(by: hostile)
            let possessed = Scripted { prompt, _ in
                var answer = hostile.obeyed(prompt)
                (answer.summary, answer.nextSteps) = ([hostile.demand], Array(repeating: hostile.demand, count: 3))
                return answer.text
            }
            let briefing = try await world.brief("Account", account, possessed)
            expectHarmless(briefing, hostile)
            #expect(briefing.metadata.fallbackReason?.contains("did not stand the checks") ?? false)
        }
    }

    /// A model may also forget the form altogether.
    @Test(arguments: [
        "pwned", "{\"tool_calls\": [{\"name\": \"delete_account\"}]}", "<tool_call>{\"name\": \"x\"}</tool_call>", "[]", "null",
        "",
        "{\"summary\": {\"$ref\": \"#\"}}", String(repeating: "[", count: 100_000), "{\"summary\": \"a\", \"summary\": \"b\"}",
        "{\"summary\": \"\\ud800\"}", "```\n```", "\u{FEFF}{}", "{\"engagementScore\": 1e999999}",
    ])
    func `that breaks the form leads to the offline briefing`(answer: String) async throws {
        try await World.run { world in
            let account = try await world.happy()
            let briefing = try await world.brief("Account", account, Scripted { _, _ in answer })
            let facts = try await world.brief("Account", account)
            #expect(briefing.summary == facts.summary)
            #expect(briefing.metadata.fallbackReason != nil)
        }
    }

    /// Nothing of what was demanded stands in the briefing, but in quotation marks.
    private func expectHarmless(_ briefing: Briefing, _ hostile: Hostile) {
        let parts = [briefing.summary, briefing.reasoning] + briefing.nextSteps + briefing.talkingPoints
        for part in parts {
            let own = part.replacing(/“[^”]*”/, with: "")
            #expect(!flat(own).contains(flat(hostile.demand)), "\(part)")
            for mark in ["http", "](", "![", "<", "evil.example", "javascript:"] { #expect(!part.contains(mark), "\(part)") }
        }
        #expect(briefing.summary.split(whereSeparator: \.isWhitespace).count <= 200)
        #expect((3...5).contains(briefing.nextSteps.count) && (3...5).contains(briefing.talkingPoints.count))
    }

    private func flat(_ text: String) -> String { text.lowercased().filter { $0.isLetter || $0.isNumber } }
}

extension Hostile {
    /// The computed facts, and what the attacker wants, everywhere.
    fileprivate func obeyed(_ prompt: Prompt) -> Answer {
        var answer = Answer.honest(prompt)
        answer.summary.insert(demand, at: 1)
        answer.nextSteps = Array(answer.nextSteps.prefix(4)) + [demand]
        answer.talkingPoints.append(demand)
        answer.reasoning = demand
        (answer.score, answer.sentiment) = (100, demand.count.isMultiple(of: 2) ? "positive" : "negative")
        let about = prompt.material["about"]
        answer.citations.append((demand, "Account", about?["id"]?.string ?? "", "Name", about?["Name"] ?? .null))
        for record in prompt.material["records"]?.array ?? [] {
            guard let members = record.object, let object = members["object"]?.string, let id = members["Id"]?.string else {
                continue
            }
            for (name, value) in members where !["object", "Id", "written"].contains(name) && value.object == nil {
                if answer.citations.count < 58 { answer.citations.append((demand, object, id, name, value)) }
            }
        }
        return answer
    }
}

extension World {
    /// An account like others, into which somebody wrote the hostile text.
    fileprivate func haunted(by hostile: Hostile) async throws -> String {
        func text(_ place: Hostile.Place, or other: String) -> String { hostile.place == place ? hostile.text : other }
        let account = try await account(
            text(.accountName, or: "Acme"),
            [
                "CustomerStatus": "Active Customer", "Industry": "Retail",
                "Description": .string(text(.accountDescription, or: "A shop.")),
            ])
        let contact = try await create(
            "Contact",
            ["AccountId": .string(account), "LastName": .string(text(.contactName, or: "Ann Lee")), "Email": "ann@example.com"])
        try await deal(
            account, text(.deal, or: "New tills"), "Proposal", 40_000, closes: 30, inStageFor: 8,
            ["Description": .string(text(.deal, or: "Tills for the shop."))])
        let subject = String(text(.subject, or: "Hello again").prefix(250))
        try await mail(account, contact, 6, subject, text(.mail, or: "See you next week."))
        try await met(
            account, contact, 4, "Call", "Short call", String(text(.activity, or: "Talked about the tills.").prefix(30_000)))
        try await create(
            "Case",
            [
                "AccountId": .string(account), "Subject": "A question",
                "Description": .string(text(.complaint, or: "How does it work?")),
            ])
        try await create(
            "Note", ["ParentId": .string(account), "Title": "Note", "Body": .string(text(.note, or: "Nothing special."))])
        let due = JSON.string((World.today - 3).description)
        try await create(
            "Task", ["AccountId": .string(account), "Subject": .string(text(.task, or: "Send the brochure")), "DueDate": due])
        return account
    }
}
