import Engine
import Metadata
import ObjectQL
import PostgresCluster
import SQL
import Storage
import Testing
import Values

/// Engines of several servers, each with connections of its own, on one database.
@Suite(.timeLimit(.minutes(2))) struct `Servers that share a database` {
    /// Runs `body` with so many engines, opened at once.
    private func withServers(_ count: Int, _ body: ([Engine]) async throws -> Void) async throws {
        let opened = try await DatabaseKind.postgres.open(statements: Engine.postgresFunctions)
        var databases: [any Database] = []
        for _ in 0..<count { databases.append(try #require(await opened.another())) }
        let settings = EngineSettings()
        let engines = try await withThrowingTaskGroup(of: Engine.self) { group in
            for database in databases {
                group.addTask { try await Engine.open(Shop.registry(), on: database, settings: settings) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        try await body(engines)
        for database in databases { await database.close() }
        await opened.close()
    }

    @Test func `ten that start together migrate once`() async throws {
        try await withServers(10) { engines async throws in
            for engine in engines { #expect(await engine.readiness() == nil) }
            #expect(try await engines[0].texts("SELECT count(*) FROM martlet_migration") == ["1"])
            #expect(try await engines[0].texts("SELECT count(*) FROM \"User\"") == ["1"])
        }
    }

    @Test func `numbers are given out once and without gaps, whoever writes`() async throws {
        try await withServers(3) { engines async throws in
            try await engines.together(20) { engine, number in _ = try await engine.order("Order \(number)") }
            let numbers = try await engines[0].texts("SELECT \"Number\" FROM \"Order\" ORDER BY 1")
            #expect(numbers == (1...60).map { "O-" + "00\($0)".suffix(3) })
        }
    }

    @Test func `who creates a record waits for nobody else who creates one, and a number that was refused is not lost`()
        async throws
    {
        try await withServers(2) { engines async throws in
            await #expect(throws: CancellationError.self) {
                try await engines[0].transaction(as: .administrator()) { transaction in
                    try await transaction.write([.create(object: "Order", values: ["Name": "Given up"])])
                    // Under way, with O-001 in hand.
                    _ = try await engines[1].order("Second")
                    throw CancellationError()
                }
            }
            _ = try await engines[0].order("First")
            _ = try await engines[1].order("Third")
            let orders = try await engines[0].texts(#"SELECT "Number" || ' ' || "Name" FROM "Order" ORDER BY 1"#)
            #expect(orders == ["O-001 First", "O-002 Second", "O-003 Third"])
        }
    }

    @Test func `of two that take the same unique value at once, one gets it and the other is told`() async throws {
        try await withServers(2) { engines async throws in
            for round in 0..<10 {
                let outcomes = await withTaskGroup(of: String.self) { group in
                    for engine in engines {
                        group.addTask {
                            do { return try await engine.order("Twin", ["Code": .string("code \(round)")]) } catch {
                                return (error as? Problem)?.errors.first?.code ?? "\(error)"
                            }
                        }
                    }
                    return await group.reduce(into: []) { $0.append($1) }
                }
                #expect(outcomes.count { $0 == "duplicate" } == 1, "\(outcomes)")
            }
            #expect(try await engines[0].texts("SELECT count(*) FROM \"Order\"") == ["10"])
        }
    }

    @Test func `roll-ups follow children whoever writes them`() async throws {
        try await withServers(3) { engines async throws in
            let order = try await engines[0].order("Big")
            try await engines.together(15) { engine, number in try await engine.line(of: order, quantity: number) }
            let record = try await engines[1].record("Order", id: order, as: .administrator()).json
            #expect(record["Quantity"]?.description == "360")
        }
    }

    @Test func `the same request to two servers at once is carried out once`() async throws {
        try await withServers(2) { engines async throws in
            for round in 0..<10 {
                let options = WriteOptions(idempotency: IdempotencyKey(key: "key \(round)", request: "order"))
                let ids = try await withThrowingTaskGroup(of: String.self) { group in
                    // The one that comes second would else be told that the code is taken.
                    let code: JSON.Members = ["Code": .string("code \(round)")]
                    for engine in engines { group.addTask { try await engine.order("Once", code, options) } }
                    return try await group.reduce(into: Set()) { $0.insert($1) }
                }
                #expect(ids.count == 1)
            }
            #expect(try await engines[0].texts("SELECT count(*) FROM \"Order\"") == ["10"])
        }
    }

    @Test func `a page of one server is followed by the next of another`() async throws {
        try await withServers(2) { engines async throws in
            for number in 1...6 { _ = try await engines[0].order("Order \(number)") }
            let query: JSON = ["object": "Order", "fields": ["Name"], "orderBy": [["field": "Name"]], "limit": 4]
            let first = try await engines[0].read(Query(json: query), as: .administrator())
            let cursor = try #require(first.json["nextCursor"]?.string)
            guard case .object(var members) = query else { return }
            members["cursor"] = .string(cursor)
            let second = try await engines[1].read(Query(json: .object(members)), as: .administrator())
            #expect((first.records + second.records).compactMap { $0["Name"]?.string } == (1...6).map { "Order \($0)" })
        }
    }
}

// MARK: Metadata

extension `Servers that share a database` {
    @Test func `metadata that one puts in force hold for the next write of every other`() async throws {
        try await withServers(3) { engines async throws in
            try await engines[0].install(Shop.registry(rule: "Name = \"Forbidden\""))
            for engine in engines {
                let problem = await #expect(throws: Problem.self) { try await engine.order("Forbidden") }
                #expect(problem?.code == "rule_violation")
                #expect(engine.registry.version == engines[0].registry.version)
            }
        }
    }

    @Test func `whoever only reads follows when it asks`() async throws {
        try await withServers(2) { engines async throws in
            #expect(try await !engines[1].follow())
            try await engines[0].install(Shop.registry(name: "Title", was: "Name"))
            #expect(try await engines[1].follow())
            #expect(try await !engines[1].follow())
            #expect(engines[1].registry.object("Order")?.field("Title") != nil)
        }
    }

    @Test func `whoever did not notice that a field was renamed reads and writes all the same`() async throws {
        try await withServers(2) { engines async throws in
            let order = try await engines[1].order("Any")
            for (name, was) in [("Title", "Name"), ("Name", "Title"), ("Title", "Name")] {
                try await engines[0].install(Shop.registry(name: name, was: was))
                // All at once: only one of them can be the first to notice.
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<20 {
                        group.addTask {
                            let record = try await engines[1].record("Order", id: order, as: .administrator()).json
                            #expect(record[name] == "Any")
                        }
                        group.addTask { try await engines[1].line(of: order, quantity: 1) }
                    }
                    try await group.waitForAll()
                }
            }
            #expect(try await engines[0].texts("SELECT \"Quantity\" FROM \"Order\"") == ["60"])
        }
    }

    @Test func `a long read and a transaction of machinery follow, too`() async throws {
        try await withServers(2) { engines async throws in
            let order = try await engines[1].order("Any")
            try await engines[0].install(Shop.registry(name: "Title", was: "Name"))
            let all = try Query(json: ["object": "Order", "filters": ["Id": .string(order)]])
            #expect(try await engines[1].stream(all, as: .administrator()) { _ in } == 1)
            try await engines[0].install(Shop.registry(name: "Name", was: "Title", rule: "Name = \"Forbidden\""))
            let forbidden = WriteRequest.create(object: "Order", values: ["Name": "Forbidden"])
            let problem = await #expect(throws: Problem.self) {
                try await engines[1].transaction(as: .administrator()) { try await $0.write([forbidden]) }
            }
            #expect(problem?.code == "rule_violation")
        }
    }

    @Test func `a field is renamed while others read and write, and nobody sees an error`() async throws {
        try await withServers(3) { engines async throws in
            let order = try await engines[0].order("Rename me")
            let names = ["Name", "Title"]
            try await withThrowingTaskGroup(of: Void.self) { group in
                for engine in engines[1...] {
                    group.addTask {
                        for number in 0..<60 {
                            try await engine.line(of: order, quantity: 1)
                            let record = try await engine.record("Order", id: order, as: .administrator()).json
                            #expect(names.contains { record[$0] == "Rename me" }, "\(number): \(record)")
                        }
                    }
                }
                group.addTask {
                    for (name, was) in [("Title", "Name"), ("Name", "Title"), ("Title", "Name")] {
                        try await engines[0].install(Shop.registry(name: name, was: was))
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await engines[0].texts("SELECT \"Quantity\" FROM \"Order\"") == ["120"])
        }
    }

    @Test func `a roll-up that is new counts what others write while it is introduced`() async throws {
        try await withServers(3) { engines async throws in
            let order = try await engines[0].order("Big")
            try await withThrowingTaskGroup(of: Void.self) { group in
                for engine in engines[1...] {
                    group.addTask { for _ in 0..<40 { try await engine.line(of: order, quantity: 1) } }
                }
                group.addTask { try await engines[0].install(Shop.registry(extra: Shop.lineCount)) }
                try await group.waitForAll()
            }
            #expect(try await engines[0].texts("SELECT \"LineCount\" FROM \"Order\"") == ["80"])
        }
    }

    @Test func `a required field is new, and a server that does not know of it yet writes on`() async throws {
        try await withServers(2) { engines async throws in
            try await engines[0].install(Shop.registry(extra: "  - { name: IsUrgent, type: checkbox }\n"))
            _ = try await engines[1].order("Any")
            #expect(try await engines[0].texts("SELECT \"IsUrgent\" FROM \"Order\"") == ["0"])
        }
    }

    @Test func `files that were superseded are not put in force by a start, but are on purpose`() async throws {
        try await withServers(2) { engines async throws in
            let (old, new) = (try Shop.registry(), try Shop.registry(rule: "Name = \"Forbidden\""))
            let database = engines[0].database
            #expect(try await Engine.chosen(new, .newest, on: database).version == new.version)
            #expect(try await Engine.chosen(new, .inForce, on: database).version == old.version)
            try await engines[0].install(new)
            #expect(try await Engine.chosen(old, .newest, on: database).version == new.version)
            #expect(try await Engine.chosen(old, .given, on: database).version == old.version)
            #expect(try await Engine.chosen(new, .newest, on: database).version == new.version)
            try await engines[1].install(old)
            try await engines[0].follow()
            #expect(engines[0].registry.version == old.version)
            #expect(try await Engine.chosen(new, .newest, on: database).version == old.version)
        }
    }
}

/// Orders with lines; what is in force changes with the arguments.
private enum Shop {
    static let lineCount = "  - { name: LineCount, type: summary, relationship: Lines, function: count }\n"

    static func registry(name: String = "Name", was: String? = nil, rule: String = "FALSE", extra: String = "") throws -> Registry
    {
        let former = was.map { ", renamedFrom: \($0)" } ?? ""
        let order = """
            name: Order
            fields:
              - { name: \(name), type: text, required: true\(former) }
              - { name: Number, type: autoNumber, format: 'O-{000}' }
              - { name: Code, type: text, unique: true }
              - { name: Quantity, type: summary, relationship: Lines, function: sum, field: Quantity }
            \(extra)relationships:
              - { name: Lines, type: hasMany, object: OrderLine, foreignKey: OrderId }
            validationRules:
              - { name: Rule, errorMessage: Not this one, formula: '\(rule.replacing("Name", with: name))' }

            """
        let line = """
            name: OrderLine
            fields:
              - { name: OrderId, type: masterDetail, referenceTo: Order }
              - { name: Quantity, type: number, precision: 9, scale: 0 }

            """
        return try World.registry([
            SourceFile("metadata/Order.object.yml", order), SourceFile("metadata/OrderLine.object.yml", line),
        ])
    }
}

extension Engine {
    /// Creates an order and gives its id.
    fileprivate func order(_ name: String, _ more: JSON.Members = [:], _ options: WriteOptions = WriteOptions()) async throws
        -> String
    {
        var values: JSON.Members = ["Name": .string(name)]
        for (name, value) in more { values[name] = value }
        let request = WriteRequest.create(object: "Order", values: values)
        return try await write([request], as: .administrator(), options: options).results[0].get().id
    }

    fileprivate func line(of order: String, quantity: Int) async throws {
        let values: JSON.Members = ["OrderId": .string(order), "Quantity": .number(Number(quantity))]
        _ = try await write([.create(object: "OrderLine", values: values)], as: .administrator())
    }

    /// The first column of every row.
    fileprivate func texts(_ sql: String) async throws -> [String] {
        try await database.read(Statement(sql: sql), lane: .short, deadline: .after(.seconds(60))) { rows in
            var texts: [String] = []
            while try rows.next() { texts.append(rows.cell(0).string ?? rows.cell(0).integer.map(String.init) ?? "null") }
            return texts
        }
    }
}

extension [Engine] {
    /// So many times on each engine, all at once; `body` is told the time, from 1.
    fileprivate func together(_ times: Int, _ body: @escaping @Sendable (Engine, Int) async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for engine in self { for time in 1...times { group.addTask { try await body(engine, time) } } }
            try await group.waitForAll()
        }
    }
}
