import Engine
import Testing
import Values

@Suite struct `A write of many occasions` {
    private func occasion(_ number: Int, _ text: String, by user: String? = nil) -> Occasion {
        Occasion(
            user: user.map { SessionUser(id: $0, fields: ["Id": .text($0)]) } ?? .administrator, now: Instant(text) ?? .earliest,
            ids: IDSeed("test").child(number))
    }

    private func attempt(
        _ world: World, _ requests: [(WriteRequest, Occasion)]
    ) async throws -> Result<[WriteOutcome.Done], Problem> {
        try await world.engine.transaction(as: world.session) { transaction in
            try await transaction.attempt(requests.map(\.0), on: requests.map(\.1))
        }
    }

    private func account(_ name: String) -> WriteRequest {
        .create(object: "Account", values: ["Name": .string(name), "Phone": "+1 555 0100"])
    }

    @Test func `gives each record its own moment, user and id`() async throws {
        try await World.run { world in
            let user = try await world.create("User", ["Name": "Ada", "Username": "ada", "Email": "ada@x.example"])
            let (first, second) = (occasion(1, "2020-02-29T08:00:00Z", by: user), occasion(2, "2021-07-01T09:30:00Z"))
            let done = try await attempt(world, [(account("A"), first), (account("B"), second)]).get()
            #expect(done.map(\.id) == [first, second].map { $0.ids.id(at: $0.now) })
            let (a, b) = (try await world.record("Account", done[0].id), try await world.record("Account", done[1].id))
            #expect(a["CreatedDate"] == "2020-02-29T08:00:00Z" && b["CreatedDate"] == "2021-07-01T09:30:00Z")
            #expect(a["CreatedById"]?.string == user && a["OwnerId"]?.string == user)
            #expect(b["CreatedById"]?.string == SessionUser.administrator.id)
            let deal = occasion(3, "2020-03-01T10:00:00Z", by: user)
            let request = WriteRequest.create(object: "Opportunity", values: ["Name": "D", "AccountId": .string(done[0].id)])
            let made = try await attempt(world, [(request, deal)]).get()
            #expect(try await world.record("Opportunity", made[0].id)["CloseDate"] == "2020-03-01")
            let entry = try await world.history("Account", done[0].id).array?.last
            #expect(entry?["at"] == "2020-02-29T08:00:00Z" && entry?["user"]?["Name"] == "Ada")
        }
    }

    /// The same deals, won in writes of that many requests.
    private func wonDeals(inWritesOf size: Int) async throws -> [JSON] {
        var contracts: [JSON] = []
        try await World.run { world in
            var requests: [(WriteRequest, Occasion)] = []
            for number in 0..<6 {
                let (made, dealt) = (occasion(number, "2024-01-01T00:00:00Z"), occasion(100 + number, "2024-02-01T00:00:00Z"))
                requests.append((account("\(number)"), made))
                let values: JSON.Members = ["Name": "D", "AccountId": .string(made.ids.id(at: made.now)), "Amount": 5]
                requests.append((.create(object: "Opportunity", values: values), dealt))
                let id = dealt.ids.id(at: dealt.now)
                requests.append(
                    (
                        .update(object: "Opportunity", id: id, values: ["Stage": "Closed Won"]),
                        occasion(200 + number, "2024-03-0\(number + 1)T00:00:00Z")
                    ))
            }
            for start in stride(from: 0, to: requests.count, by: size) {
                _ = try await attempt(world, Array(requests[start..<min(start + size, requests.count)])).get()
            }
            contracts = try await world.query([
                "object": "Contract", "fields": ["Id", "OpportunityId", "CreatedDate"], "orderBy": ["Id"],
            ])
        }
        return contracts
    }

    @Test func `gives what triggers make the same ids and times, however it is cut`() async throws {
        let whole = try await wonDeals(inWritesOf: 100)
        #expect(whole.count == 6)
        #expect(whole.map { $0["CreatedDate"]?.string?.prefix(10) } == (1...6).map { "2024-03-0\($0)" })
        #expect(try await wonDeals(inWritesOf: 1) == whole)
        #expect(try await wonDeals(inWritesOf: 4) == whole)
        #expect(
            whole[0]["Id"]?.string
                == IDSeed("test").child(200).child("Contract", 0).id(at: Instant("2024-03-01T00:00:00Z") ?? .earliest))
    }

    @Test func `is refused as a whole, and leaves what stands beside it`() async throws {
        try await World.run { world in
            let good = account("Good")
            let bad = WriteRequest.create(object: "Account", values: ["Name": "Unreachable"])
            let (one, two, three) = (
                occasion(1, "2024-01-01T00:00:00Z"), occasion(2, "2024-01-02T00:00:00Z"), occasion(3, "2024-01-03T00:00:00Z")
            )
            let problem = try await world.engine.transaction(as: world.session) { transaction in
                _ = try await transaction.attempt([good], on: [one]).get()
                guard case .failure(let problem) = try await transaction.attempt([good, bad], on: [two, three]) else { return "" }
                return problem.detail
            }
            #expect(problem == "An account needs a phone number or an e-mail address")
            try await world.expect(1, of: "Account")
        }
    }
}
