import Engine
import PostgresCluster
import SQL
import Storage
import Testing
import Values

/// On PostgreSQL such changes share transactions; on SQLite they share commits. Neither is to be noticed.
@Suite(.timeLimit(.minutes(2))) struct `Changes that are asked for at the same time` {
    /// All at once, in the order of the requests: the id, or the code of the problem.
    private func outcomes(
        _ world: World, _ requests: [WriteRequest], as session: @escaping @Sendable (Int) -> Session
    ) async -> [Result<String, Problem>] {
        await withTaskGroup(of: (Int, Result<String, Problem>).self) { group in
            for (index, request) in requests.enumerated() {
                group.addTask {
                    do {
                        let outcome = try await world.engine.write([request], as: session(index))
                        return (index, .success(try outcome.results[0].get().id))
                    } catch let problem as Problem { return (index, .failure(problem)) } catch {
                        return (index, .failure(Problem(.failure, "unexpected", "\(error)")))
                    }
                }
            }
            let all = await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            return requests.indices.compactMap { all[$0] }
        }
    }

    private func outcomes(_ world: World, _ requests: [WriteRequest]) async -> [Result<String, Problem>] {
        let session = world.session
        return await outcomes(world, requests) { _ in session }
    }

    private func deal(_ name: String, _ account: String, _ more: JSON.Members = [:]) -> WriteRequest {
        var values: JSON.Members = ["Name": .string(name), "AccountId": .string(account), "Amount": 5]
        for (name, value) in more { values[name] = value }
        return .create(object: "Opportunity", values: values)
    }

    @Test func `are carried out each as if it were alone`() async throws {
        try await World.run { world in
            let account = try await world.account()
            let requests = (0..<60).map { number in
                switch number % 10 {
                case 3: deal("\(number)", account, ["Stage": "Closed Lost"])
                case 5: deal("\(number)", account, ["Amount": "much"])
                case 7: deal("\(number)", RecordID.make(at: world.session.now))
                default: deal("\(number)", account)
                }
            }
            let outcomes = await outcomes(world, requests)
            for (number, outcome) in outcomes.enumerated() {
                switch (number % 10, outcome) {
                case (3, .failure(let problem)): #expect(problem.code == "rule_violation" && problem.errors.count == 1)
                case (5, .failure(let problem)): #expect(problem.errors.map(\.field) == ["Amount"])
                case (7, .failure(let problem)): #expect(problem.errors.map(\.field) == ["AccountId"])
                case (3, _), (5, _), (7, _), (_, .failure): Issue.record("\(number): \(outcome)")
                case (_, .success(let id)): #expect(try await world.record("Opportunity", id)["Name"] == .string("\(number)"))
                }
            }
            try await world.expect(42, of: "Opportunity")
            #expect(try await world.record("Account", account)["OpenAmount"] == 210)
        }
    }

    @Test func `go into PostgreSQL together`() async throws {
        try await World.run(on: [.postgres]) { world in
            let account = try await world.account()
            _ = await outcomes(world, (0..<60).map { deal("\($0)", account) })
            let transactions = try await world.texts("SELECT DISTINCT xmin::text FROM \"Opportunity\"")
            #expect(transactions.count < 30)
        }
    }

    @Test func `keep their moments, users and transactions in the change log`() async throws {
        try await World.run { world in
            let account = try await world.account()
            var users: [String] = []
            for name in ["ada", "bo", "cy"] {
                users.append(
                    try await world.create(
                        "User", ["Name": .string(name), "Username": .string(name), "Email": .string("\(name)@x.example")]))
            }
            let all = users
            let moment = { @Sendable (index: Int) in
                Instant(microseconds: world.session.now.microseconds + Int64(index) * 1_000_000)
            }
            let outcomes = await outcomes(world, (0..<30).map { deal("\($0)", account) }) { index in
                Session(
                    user: SessionUser(id: all[index % 3], fields: ["Id": .text(all[index % 3])]), access: world.session.access,
                    now: moment(index))
            }
            for (index, outcome) in outcomes.enumerated() {
                let id = try outcome.get()
                let record = try await world.record("Opportunity", id)
                #expect(record["CreatedById"]?.string == all[index % 3])
                #expect(record["CreatedDate"]?.string == moment(index).description)
                let entry = try #require(try await world.history("Opportunity", id).array?.first)
                #expect(entry["user"]?["Id"]?.string == all[index % 3] && entry["at"]?.string == moment(index).description)
            }
            let sql = "SELECT \"TransactionId\" FROM martlet_change WHERE \"Object\" = 'Opportunity'"
            #expect(try await world.texts(sql).count == 30)
        }
    }

    @Test func `of one record hold its version, and none is lost`() async throws {
        try await World.run { world in
            let account = try await world.account()
            let deal = try await world.create("Opportunity", ["Name": "D", "AccountId": .string(account)])
            let conditional = await outcomes(
                world,
                (1...20).map { .update(object: "Opportunity", id: deal, values: ["Amount": .number(Number($0))], version: 1) })
            #expect(conditional.count { (try? $0.get()) != nil } == 1)
            for case .failure(let problem) in conditional { #expect(problem.code == "version_mismatch") }
            let unconditional = await outcomes(
                world, (1...20).map { .update(object: "Opportunity", id: deal, values: ["Name": .string("D\($0)")]) })
            #expect(unconditional.allSatisfy { (try? $0.get()) != nil })
            #expect(try await world.record("Opportunity", deal)["Version"] == 22)
        }
    }

    @Test func `of which one waits for a locked record do not keep the others`() async throws {
        try await World.run(on: [.postgres]) { world in
            let (locked, free) = (try await world.account("A"), try await world.account("B"))
            let (taken, released) = (AsyncStream.makeStream(of: Void.self), AsyncStream.makeStream(of: Void.self))
            let neighbour = try #require(await world.another())
            let lock = Task {
                try await neighbour.transaction(deadline: .after(.seconds(60))) { connection in
                    let sql = "UPDATE \"Account\" SET \"Name\" = 'C' WHERE \"Id\" = $1"
                    _ = try await connection.run(Statement(sql: sql, binds: [.id(locked)]))
                    taken.continuation.yield()
                    for await _ in released.stream { return }
                }
            }
            for await _ in taken.stream { break }
            await withTaskGroup(of: Result<String, Problem>.self) { group in
                for number in 0..<20 {
                    let id = number == 10 ? locked : free
                    let request = WriteRequest.update(object: "Account", id: id, values: ["Name": .string("N\(number)")])
                    group.addTask { await outcomes(world, [request])[0] }
                }
                var count = 0
                for await outcome in group {
                    #expect((try? outcome.get()) != nil, "\(outcome)")
                    count += 1
                    if count == 19 { released.continuation.yield() }
                }
            }
            try await lock.value
            await neighbour.close()
        }
    }
}

extension World {
    /// The different texts in the first column.
    fileprivate func texts(_ sql: String) async throws -> Set<String> {
        try await engine.database.read(Statement(sql: sql), lane: .short, deadline: .after(.seconds(10))) { rows in
            var texts: Set<String> = []
            while try rows.next() { texts.insert(rows.cell(0).string ?? "") }
            return texts
        }
    }
}
