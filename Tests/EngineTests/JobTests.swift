import Engine
import Jobs
import Metadata
import SQL
import Storage
import Synchronization
import Testing
import Values

@Suite struct `Work for later` {
    private static let files = [
        SourceFile(
            "metadata/Order.object.yml",
            """
            name: Order
            fields: [{ name: Name, type: text }]
            validationRules: [{ name: NotEmpty, errorMessage: No name, formula: ISBLANK(Name) }]
            triggers: [{ name: Ship, event: afterInsert, file: triggers/Ship.swift }]
            """)
    ]

    @Test func `what a trigger enqueues exists exactly when the write does`() async throws {
        try await World.run(Self.files, triggers: [Ship()]) { world in
            try await world.create("Order", ["Name": "Boots"])
            #expect(try await world.engine.jobs.jobs().map(\.payload) == ["Boots"])
            let problem = await world.problem { try await world.create("Order", ["Name": "Forbidden"]) }
            #expect(problem?.errors.first?.message == "Not this one")
            #expect(try await world.engine.jobs.jobs().count == 1)
        }
    }

    @Test func `a worker of the same process begins it right after the commit`() async throws {
        try await World.run(Self.files, triggers: [Ship()]) { world in
            let shipped = AsyncStream.makeStream(of: String.self)
            var settings = WorkerSettings()
            // Only the nudge can wake it.
            settings.idle = .seconds(3600)...Duration.seconds(3600)
            let handler = JobHandler(Ship.kind) { text, _ in shipped.continuation.yield(text.string ?? "") }
            let worker = JobWorker(world.engine.jobs, handlers: [handler], settings: settings)
            async let running: Void = worker.run()
            var found = shipped.stream.makeAsyncIterator()
            for name in ["Boots", "Hats"] {
                try await world.create("Order", ["Name": .string(name)])
                #expect(await found.next() == name)
            }
            worker.stop()
            await running
            #expect(try await world.engine.jobs.jobs().isEmpty)
        }
    }

    @Test func `idempotency keys are forgotten after a day`() async throws {
        try await World.run(Self.files, triggers: [Ship()]) { world in
            func ordersUnderKey(_ age: Duration) async throws -> Bool {
                let key = IdempotencyKey(key: "key \(age)", request: "r")
                let session = Session.administrator(now: Instant.wallClock + -Int64(age / .microseconds(1)))
                let outcome = try await world.engine.write(
                    [.create(object: "Order", values: ["Name": "Boots"])], as: session, options: WriteOptions(idempotency: key))
                return outcome.isReplay
            }
            let ages = [Duration.seconds(86_000), .seconds(86_500), .seconds(9 * 86_400)]
            for age in ages { #expect(try await ordersUnderKey(age) == false) }
            let schedule = try #require(try Engine.maintenanceSchedules().first { $0.name == "forget-idempotency-keys" })
            _ = try await world.engine.jobs.enqueue(schedule.job)
            let worker = JobWorker(world.engine.jobs, handlers: world.engine.maintenanceHandlers)
            try await worker.turn()
            await worker.performTaken()
            var remembered: [Bool] = []
            for age in ages { remembered.append(try await ordersUnderKey(age)) }
            #expect(remembered == [true, false, false])
        }
    }
}

private struct Ship: Trigger {
    static let kind = JobKind<JSON>("ship")
    let name = "Ship"

    func run(_ work: TriggerWork) async throws {
        try await work.enqueue(work.changes.map { NewJob(Ship.kind, $0.new["Name"].json) })
        for change in work.changes where change.new["Name"].text == "Forbidden" { throw work.refuse(change, "Not this one") }
    }
}
