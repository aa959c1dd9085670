import Engine
import Testing
import Values

@Suite struct `Batches` {
    @Test func `all or nothing: one refused record undoes the others`() async throws {
        try await World.run { world in
            await #expect(throws: BatchProblem.self) {
                _ = try await world.write([
                    .create(object: "Account", values: ["Name": "Good", "Phone": "+1 555 0100"]),
                    .create(object: "Account", values: ["Name": "Bad"]),
                ])
            }
            try await world.expect(0, of: "Account")
        }
    }

    @Test func `each alone: the good ones stay, the refused ones say why`() async throws {
        try await World.run { world in
            let requests = (0..<20).map { index -> WriteRequest in
                .create(object: "Account", values: index % 7 == 3 ? ["Name": "Bad"] : ["Name": "Good", "Phone": "+1 555 0100"])
            }
            let outcome = try await world.engine.write(requests, as: world.session, options: WriteOptions(allOrNone: false))
            let refused = outcome.results.enumerated().filter { if case .failure = $1 { true } else { false } }.map(\.offset)
            #expect(refused == [3, 10, 17])
            try await world.expect(17, of: "Account")
            let numbers = try await world.query([
                "object": "Account", "fields": ["AccountNumber"], "orderBy": [["field": "AccountNumber", "direction": "desc"]],
                "limit": 1,
            ])
            #expect(numbers.first?["AccountNumber"] == "AC-0017")
        }
    }

    @Test func `later requests use the ids of earlier ones by name`() async throws {
        try await World.run { world in
            let ids = try await world.write([
                .create(object: "Account", values: ["Name": "New", "Phone": "+1 555 0100"], reference: "acme"),
                .create(object: "Contact", values: ["Name": "Ann", "AccountId": "@acme"], reference: "ann"),
                .create(object: "Opportunity", values: ["Name": "D", "AccountId": "@acme", "ContactId": "@ann"]),
            ])
            let deal = try await world.record("Opportunity", ids[2])
            #expect(deal["AccountId"]?.string == ids[0])
            #expect(deal["ContactId"]?.string == ids[1])
        }
    }

    @Test func `the parents of all are asked for at once`() async throws {
        try await World.run { world in
            var accounts: [String] = []
            for number in 0..<4 { accounts.append(try await world.account("Account \(number)")) }
            func statements(_ accounts: [String]) async throws -> Int? {
                // Neighbours are not alike: each is written by itself.
                let requests = accounts.flatMap { account -> [WriteRequest] in
                    [
                        .create(object: "Contact", values: ["Name": "N", "AccountId": .string(account)]),
                        .create(object: "Account", values: ["Name": "N", "Phone": "+1 555 0100"]),
                    ]
                }
                let options = WriteOptions(explain: true)
                let outcome = try await world.engine.write(requests, as: world.session, options: options)
                return outcome.trace?.json["statements"]?.number?.integer
            }
            let ofOne = try await statements([accounts[0], accounts[0], accounts[0], accounts[0]])
            // Roll-ups of more parents are no more statements, either.
            #expect(try await statements(accounts) == ofOne)
        }
    }

    @Test func `what was deleted before is no parent any more`() async throws {
        try await World.run { world in
            let account = try await world.account()
            await #expect(throws: BatchProblem.self) {
                _ = try await world.write([
                    .delete(object: "Account", id: account),
                    .create(object: "Contact", values: ["Name": "Ann", "AccountId": .string(account)]),
                ])
            }
            try await world.expect(1, of: "Account")
        }
    }

    @Test func `a transaction tells what it has changed, without what was undone`() async throws {
        try await World.run { world in
            let account = try await world.account()
            let changes = try await world.engine.transaction(as: world.session) { transaction in
                try await transaction.write([.update(object: "Account", id: account, values: ["Name": "New"])])
                let refused: [WriteRequest] = [
                    .create(object: "Contact", values: ["Name": "Ann", "AccountId": .string(account)]),
                    .create(object: "Account", values: ["Name": "Without a phone"]),
                ]
                guard case .failure = try await transaction.attempt(refused, on: []) else { throw CancellationError() }
                return transaction.changes
            }
            #expect(changes.map(\.object) == ["Account"])
            #expect(changes.map(\.id) == [account])
        }
    }

    @Test func `the same idempotency key gives the same answer, once`() async throws {
        try await World.run { world in
            let key = IdempotencyKey(key: "k1", request: "hash")
            let request = WriteRequest.create(object: "Account", values: ["Name": "Once", "Phone": "+1 555 0100"])
            let first = try await world.engine.write([request], as: world.session, options: WriteOptions(idempotency: key))
            let second = try await world.engine.write([request], as: world.session, options: WriteOptions(idempotency: key))
            #expect(try first.results[0].get() == second.results[0].get())
            #expect(second.isReplay)
            try await world.expect(1, of: "Account")
            let problem = await world.problem {
                _ = try await world.engine.write(
                    [request], as: world.session, options: WriteOptions(idempotency: IdempotencyKey(key: "k1", request: "other")))
            }
            #expect(problem?.code == "idempotency_key_reused")
        }
    }

    @Test func `a record may point at one of the same object that stands before it`() async throws {
        try await World.run { world in
            let values: (String) -> JSON.Members = { ["Name": .string($0), "Phone": "+1 555 0100"] }
            var child = values("Child")
            child["ParentId"] = "@parent"
            let ids = try await world.write([
                .create(object: "Account", values: values("Parent"), reference: "parent"),
                .create(object: "Account", values: child),
            ])
            #expect(try await world.record("Account", ids[1])["ParentId"]?.string == ids[0])
        }
    }
}
