import Assistant
import Engine
import Formula
import Metadata
import ObjectQL
import PostgresCluster
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

    @Test(arguments: DatabaseKind.allCases) func `tells of promises that are overdue, however many came after them`(
        kind: DatabaseKind
    ) async throws {
        try await World.run(on: kind) { world in
            let account = try await world.account("Acme")
            func task(_ subject: String, _ due: Int, _ status: String) -> WriteRequest {
                .create(
                    object: "Task",
                    values: [
                        "AccountId": .string(account), "Subject": .string(subject), "Status": .string(status),
                        "DueDate": .string((World.today + due).description),
                    ])
            }
            var tasks = (0..<120).map { task("Done \($0)", -$0, "Completed") }
            tasks += (0..<120).map { task("Later \($0)", $0 + 1, "Not Started") }
            _ = try await world.create(tasks + [task("Send the report", -90, "In Progress")])
            let briefing = try await world.brief("Account", account)
            #expect(briefing.summary.contains("Our task “Send the report” has been overdue since 31 December 2025."))
        }
    }

    /// More than may be read of one kind, and all of another.
    @Test func `compares only times of which everything was read`() async throws {
        try await World.run { world in
            let account = try await world.huge(600)
            for day in [250, 280] { try await world.mail(account, nil, day, "Long ago") }
            let work = try await Briefer(world.engine).prepare(
                BriefingSubject(object: "Account", id: account), activityLimit: 60, as: world.session)
            let summary = try await work.briefing().summary
            #expect(summary.contains("Contact is steady, with 18 touchpoints in the last 7 days"), "\(summary)")
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

    /// Everything that a briefing is made of, changed one after the other.
    @Test(arguments: DatabaseKind.allCases) func `again is made anew after any change`(kind: DatabaseKind) async throws {
        try await World.run(on: kind) { world in
            let account = try await world.angry()
            let note = try await world.create(
                "Note", ["ParentId": .string(account), "Title": "Plan", "Body": "Visit in May."])
            let contract = try await world.contract(account, 10_000, ends: 200)
            let briefer = Briefer(world.engine)
            func isKept(_ session: Session? = nil) async throws -> Bool {
                try await briefer.prepare(BriefingSubject(object: "Account", id: account), as: session ?? world.session)
                    .briefing().metadata.cached
            }
            func newest(_ object: String) async throws -> String {
                try await world.records(["object": .string(object), "filters": ["AccountId": .string(account)]])
                    .first?["Id"]?.string ?? ""
            }
            func change(_ object: String, _ id: String, _ values: JSON.Members) async throws {
                try await world.write([.update(object: object, id: id, values: values)])
            }
            let changes: [(String, () async throws -> Void)] = [
                ("an activity", { try await change("Activity", try await newest("Activity"), ["Description": "All is well."]) }),
                ("a mail", { try await change("Email", try await newest("Email"), ["Body": "Never mind."]) }),
                ("a deal", { try await change("Opportunity", try await newest("Opportunity"), ["Amount": 150_001]) }),
                ("a case", { try await change("Case", try await newest("Case"), ["Priority": "Low"]) }),
                ("a contract", { try await change("Contract", contract, ["ContractValue": 10_001]) }),
                ("a task", { try await change("Task", try await newest("Task"), ["Subject": "Call back"]) }),
                ("a note", { try await change("Note", note, ["Body": "Visit in June."]) }),
                ("a person", { try await change("Contact", try await newest("Contact"), ["Title": "Owner"]) }),
                ("the record itself", { try await change("Account", account, ["Rating": "Hot"]) }),
                (
                    "another note",
                    { try await world.create("Note", ["ParentId": .string(account), "Title": "New", "Body": "x"]) }
                ),
                ("a note less", { try await world.write([.delete(object: "Note", id: note)]) }),
            ]
            _ = try await isKept()
            for (name, change) in changes {
                #expect(try await isKept(), "before \(name)")
                try await change()
                #expect(try await !isKept(), "after \(name)")
            }
            #expect(try await isKept())
            #expect(try await !isKept(.administrator(now: World.now + 86_400_000_000)), "on another day")
            #expect(try await !isKept(Session(user: .administrator, access: Narrow(hidden: ["Note"]), now: World.now)))
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
    /// The condition for rows, by object.
    var rules: [String: CompiledFormula] = [:]
    var identity: String { "narrow " + (hidden.sorted() + rules.map { "\($0): \($1.source)" }.sorted()).joined(separator: " ") }

    func mayRead(_ object: ObjectDefinition) -> Bool { !hidden.contains(object.name) }
    func mayRead(_ field: FieldDefinition, of object: ObjectDefinition) -> Bool {
        !hidden.contains("\(object.name).\(field.name)")
    }
    func rowRule(_ object: ObjectDefinition) -> CompiledFormula? { rules[object.name] }
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

    @Test func `does not say that there is none of what is hidden`() async throws {
        try await World.run { world in
            let account = try await world.account("Solace Clinics", ["CustomerStatus": "Prospect"])
            let hidden: Set = ["Activity", "Email", "Opportunity", "Contact"]
            let session = Session(user: .administrator, access: Narrow(hidden: hidden), now: World.now)
            let subject = BriefingSubject(object: "Account", id: account)
            let briefing = try await Briefer(world.engine).prepare(subject, as: session).briefing()
            #expect(briefing.summary == "Solace Clinics is a prospect.")
            #expect(briefing.nextSteps.count == 3)
            for claim in ["nobody", "no deal", "none is", "no contact", "nothing is"] {
                #expect(!briefing.nextSteps.joined().lowercased().contains(claim))
            }
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

    @Test(arguments: DatabaseKind.allCases) func `is a problem where they may not see the record, though others may`(
        kind: DatabaseKind
    ) async throws {
        try await World.run(on: kind) { world in
            let subject = BriefingSubject(object: "Account", id: try await world.angry())
            let briefer = Briefer(world.engine)
            _ = try await briefer.prepare(subject, as: world.session).briefing()
            let account = try #require(world.engine.registry.object("Account"))
            let rule = try CompiledFormula.compile(
                "Name = \"Another\"", returning: .boolean, scope: RecordScope(account, in: world.engine.registry))
            for access in [Narrow(hidden: [], rules: ["Account": rule]), Narrow(hidden: ["Account"])] {
                let session = Session(user: .administrator, access: access, now: World.now)
                await #expect {
                    _ = try await briefer.prepare(subject, as: session).briefing()
                } throws: {
                    ($0 as? Problem)?.kind == .notFound
                }
            }
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
