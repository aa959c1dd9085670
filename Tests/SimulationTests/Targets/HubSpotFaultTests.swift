import Engine
import PostgresCluster
import Simulation
import Synchronization
import Testing
import Values

@Suite struct `Whatever HubSpot does` {
    typealias Fault = FakeHubSpot.Fault

    /// A fault, and how long the next request has to wait for.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let fault: Fault
        var wait = Duration.zero
        var patience: Duration { if case .neverAnswer = fault { .seconds(3) } else { .seconds(20) } }

        init(_ name: String, _ fault: Fault, wait: Duration = .zero) {
            (testDescription, self.fault, self.wait) = (name, fault, wait)
        }
    }

    static let passing: [Case] = [
        Case("ten seconds' limit", .limit("TEN_SECONDLY_ROLLING"), wait: .seconds(10)),
        Case("a second's limit", .limit("SECONDLY"), wait: .seconds(1)),
        Case("a limit that says when", .limit("TEN_SECONDLY_ROLLING", headers: ["Retry-After: 7"]), wait: .seconds(7)),
        // It is noon in UTC and eight in the morning there.
        Case("the day's limit", .limit("DAILY"), wait: .seconds(16 * 3600)),
        Case("locked", .refuse(423), wait: .seconds(2)),
        Case("the account moves", .refuse(477, headers: ["Retry-After: 40000"]), wait: .seconds(40_000)),
        Case("a conflict", .error(409, "CONFLICT", "martlet_id already has that value")),
        Case("500", .refuse(500)), Case("502", .refuse(502)),
        Case("503", .refuse(503, headers: ["Retry-After: 30"]), wait: .seconds(30)),
        Case("504", .refuse(504)), Case("521", .refuse(521)),
        Case("hangs up", .hangUp), Case("loses the answer", .loseAnswer), Case("never answers", .neverAnswer),
        Case("mumbles", .mumble), Case("says nothing about anything", .saySilently),
        Case("refuses all at once", .error(400, "VALIDATION_ERROR", "Something in there is wrong")),
    ]

    @Test(arguments: passing) func `it has each record once in the end`(one: Case) async throws {
        try await Errand.run { errand in
            let clean = try await errand.clean().content
            for part in ["/companies/batch", "/deals/batch", "/contacts/companies/batch"] {
                let hubSpot = try FakeHubSpot(errand.clock)
                let target = hubSpot.target(silence: one.patience)
                try await target.prepare()
                hubSpot.change { $0.fault = Self.once(one.fault, at: part) }
                let start = errand.clock.now
                try await errand.deliver(target)
                #expect(hubSpot.account.content == clean, "\(part)")
                #expect(try await errand.delivery.dead == 0)
                #expect(errand.clock.now - start >= Int64(one.wait / .microseconds(1)))
                // Waiting for long is not done by whoever could work meanwhile.
                #expect(errand.clock.longest <= .seconds(15))
                try await errand.reset()
            }
        }
    }

    private static func once(_ fault: Fault, at part: String) -> @Sendable (Int, String) -> Fault? {
        let happened = Flag()
        return { _, path in path.contains(part) && happened.raise() ? fault : nil }
    }

    private final class Flag: Sendable {
        private let isUp = Mutex(false)
        /// True the first time.
        func raise() -> Bool {
            isUp.withLock { isUp in
                defer { isUp = true }
                return !isUp
            }
        }
    }

    @Test func `its limits are kept to as soon as it has told them`() async throws {
        try await Errand.run { errand in
            let hubSpot = try FakeHubSpot(errand.clock) { $0.perTenSeconds = 5 }
            try await errand.send(hubSpot.target())
            #expect(hubSpot.counted.requests > 20 && hubSpot.counted.refused == 0)
        }
    }

    @Test func `limits that it does not tell are found out`() async throws {
        try await Errand.run { errand in
            let clean = try await errand.clean().content
            let hubSpot = try FakeHubSpot(errand.clock) {
                $0.perTenSeconds = 5
                $0.tellsLimits = false
            }
            try await errand.deliver(hubSpot.target())
            #expect(hubSpot.account.content == clean && hubSpot.counted.refused > 3)
        }
    }

    @Test(arguments: [true, false]) func `a record that it will not have is listed, and the others go on`(isMultiStatus: Bool)
        async throws
    {
        try await Errand.run { errand in
            let clean = try await errand.clean().content
            var account = FakeAccount()
            account.isMultiStatus = isMultiStatus
            // One company, and one thing that is linked with others.
            let poison = try await errand.theatre.records([
                "object": "Account", "fields": ["Id"], "orderBy": ["Id"], "limit": 1,
            ])[0]["Id"]?.string
            account.objection = { kind, values in
                values["martlet_id"] == poison ? "Property values were not valid: \(kind) \(FakeHubSpot.token)" : nil
            }
            let hubSpot = try FakeHubSpot(errand.clock, account: account)
            try await errand.send(hubSpot.target())
            let refused = try await errand.theatre.simulations.undelivered(errand.id)
            #expect(refused.map(\.id) == [poison] && refused.first?.object == "Account")
            #expect(refused.first?.error.contains("Property values were not valid: companies ***") == true)
            #expect(hubSpot.account.count("companies") == 3)
            #expect(hubSpot.account.count("contacts") == (try await errand.theatre.count("Contact")))
            let progress = try await errand.theatre.simulations.progress(errand.id)
            #expect(progress.records == 3 && progress.delivery?.dead == 1 && progress.delivery?.open == 0)

            hubSpot.changeAccount { $0.objection = { _, _ in nil } }
            #expect(try await errand.theatre.simulations.redeliver(errand.id, as: errand.theatre.session) == 1)
            try await errand.send(hubSpot.target())
            #expect(hubSpot.account.content == clean)
            #expect(try await errand.theatre.simulations.progress(errand.id).records == 4)
        }
    }

    @Test func `a few halves find the one record that is refused`() async throws {
        try await Errand.run(on: [.sqlite], Errand.play) { errand in
            var account = FakeAccount()
            account.isMultiStatus = false
            let tasks = try await errand.theatre.records(["object": "Task", "fields": ["Id"], "orderBy": ["Id"], "limit": 50])
            let poison = tasks[tasks.count / 2]["Id"]?.string
            account.objection = { _, values in values["martlet_id"] == poison ? "Not this one" : nil }
            let hubSpot = try FakeHubSpot(errand.clock, account: account)
            try await errand.send(hubSpot.target())
            #expect(try await errand.theatre.simulations.undelivered(errand.id).map(\.id) == [poison])
            #expect(hubSpot.counted.paths.count { $0.contains("/tasks/batch/upsert") } < 24)
        }
    }

    @Test(arguments: [
        (401, "HubSpot does not accept the token (401)"), (403, "HubSpot's token lacks rights (403)"),
        (404, "There is no HubSpot at that address (404)"), (302, "HubSpot answers with the status 302"),
    ]) func `a set-up that is wrong harms no record, and nobody sees the token`(status: Int, words: String) async throws {
        try await Errand.run { errand in
            let hubSpot = try FakeHubSpot(errand.clock) { settings in
                settings.fault = { _, path in
                    path.contains("/companies") ? .error(status, "X", "You sent \(FakeHubSpot.token)") : nil
                }
            }
            let failure = try #require(try await errand.deliver(hubSpot.target()).last)
            #expect(failure.kind == .closed && failure.description.hasPrefix(words))
            #expect(!failure.description.contains(FakeHubSpot.token))
            let delivery = try await errand.delivery
            #expect(delivery.dead == 0 && delivery.confirmed == 0 && delivery.open > 0)
        }
    }

    @Test func `a token that it does not know is told without it`() async throws {
        try await Errand.run { errand in
            let hubSpot = try FakeHubSpot(errand.clock)
            let failure = try #require(try await errand.deliver(hubSpot.target(token: "wrong-but-secret")).last)
            #expect(hubSpot.account.count("companies") == 0)
            #expect(failure.kind == .closed && !"\(failure)".contains("wrong-but-secret"))
        }
    }

    @Test func `nobody there is no reason to give up`() async throws {
        try await Errand.run { errand in
            let target = try FakeHubSpot(errand.clock).target(url: "http://127.0.0.1:1")
            let failures = try await errand.deliver(target, most: 3)
            #expect(failures.count == 3 && failures.allSatisfy { $0.kind == .passing(nil) })
            #expect(try await errand.delivery.dead == 0)
        }
    }

    @Test(arguments: [1, 2, 3, 5, 8, 13, 21]) func `a process that dies loses nothing and doubles nothing`(moment: Int)
        async throws
    {
        try await Errand.run { errand in
            let clean = try await errand.clean().content
            let hubSpot = try FakeHubSpot(errand.clock)
            let mortal = Mortal(hubSpot.target()) { $0 % moment == 0 && $0 <= 24 * moment }
            var deaths = 0
            while true {
                do { try await errand.send(mortal) } catch is Mortal.Death {
                    deaths += 1
                    continue
                }
                break
            }
            #expect(hubSpot.account.content == clean && deaths > 0)
        }
    }

    /// Faults of all kinds at random, and deaths.
    @Test(arguments: DatabaseKind.allCases) func `at random, it ends as without faults`(kind: DatabaseKind) async throws {
        try await Errand.run(on: [kind]) { errand in
            let clean = try await errand.clean().content
            for seed in 1...4 as ClosedRange<UInt64> {
                let hubSpot = try FakeHubSpot(errand.clock) { settings in
                    settings.fault = { number, path in
                        let stream = Stream(seed: seed, Purpose("faults"), number)
                        guard stream.unit(at: 0) < 0.35, path.contains("/batch/") else { return nil }
                        return Self.passing[Int(stream.bits(at: 1) % UInt64(Self.passing.count))].fault
                    }
                }
                let mortal = Mortal(hubSpot.target(silence: .milliseconds(150))) {
                    Stream(seed: seed, Purpose("deaths"), $0).unit(at: 0) < 0.1
                }
                var turns = 0
                while try await errand.delivery.open > 0, turns < 200 {
                    turns += 1
                    do { try await errand.deliver(mortal) } catch is Mortal.Death { continue }
                    if try await errand.delivery.dead > 0 {
                        _ = try await errand.theatre.simulations.redeliver(errand.id, as: errand.theatre.session)
                    }
                }
                #expect(hubSpot.account.content == clean, "seed \(seed)")
                #expect(try await errand.delivery.dead == 0, "seed \(seed)")
                try await errand.reset()
            }
        }
    }
}
