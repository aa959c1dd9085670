import Engine
import Formula
import Metadata
import ObjectQL
import PostgresCluster
import Simulation
import Testing
import Values

@Suite struct `The rights to simulations` {
    /// Somebody who may read everything, or nothing of simulations, and change nothing.
    private struct Visitor: RecordAccess {
        var sees = true

        var identity: String { sees ? "visitor" : "stranger" }
        func mayRead(_ object: ObjectDefinition) -> Bool { sees || object.name != "Simulation" }
        func mayRead(_ field: FieldDefinition, of object: ObjectDefinition) -> Bool { mayRead(object) }
        func rowRule(_ object: ObjectDefinition) -> CompiledFormula? { nil }
        func mayCreate(_ object: ObjectDefinition) -> Bool { false }
        func mayEdit(_ object: ObjectDefinition) -> Bool { false }
        func mayDelete(_ object: ObjectDefinition) -> Bool { false }
        func mayEdit(_ field: FieldDefinition, of object: ObjectDefinition) -> Bool { false }
    }

    private static let orders: [(String, @Sendable (Simulations, String, Session) async throws -> Void)] = [
        ("start", { try await $0.start($1, as: $2) }), ("pause", { try await $0.pause($1, as: $2) }),
        ("resume", { try await $0.resume($1, as: $2) }), ("cancel", { try await $0.cancel($1, as: $2) }),
        ("speed", { try await $0.setSpeed($1, to: .max, as: $2) }), ("replay", { _ = try await $0.replay($1, as: $2) }),
        ("redeliver", { _ = try await $0.redeliver($1, as: $2) }),
    ]

    @Test func `who may only read looks at them and changes nothing`() async throws {
        try await Theatre.run(on: [.sqlite]) { theatre in
            let simulations = theatre.simulations
            let visitor = Session(user: .administrator, access: Visitor())
            let made = await #expect(throws: Problem.self) { try await simulations.create(Theatre.play, as: visitor) }
            #expect(made?.kind == .forbidden)
            let id = try await simulations.create(Theatre.play, as: theatre.session)
            // As far as a transition goes at all.
            let running = try await simulations.create(Theatre.play(["seed": 2]), as: theatre.session)
            try await simulations.start(running, as: theatre.session)
            for (name, order) in Self.orders {
                let problem = await #expect(throws: Problem.self, "\(name)") {
                    try await order(simulations, ["pause", "cancel"].contains(name) ? running : id, visitor)
                }
                #expect(problem?.kind == (name == "resume" ? .conflict : .forbidden), "\(name)")
            }
            #expect(try await simulations.describe(id, as: visitor)["status"] == "Queued")
            #expect(try await simulations.watch(running, as: visitor).progress["status"] == "Running")
            _ = try await simulations.plan(id, parts: 4, as: visitor)
            #expect(try await simulations.list(as: visitor)["simulations"]?.array?.count == 2)
        }
    }

    @Test func `for who may not read them there are none`() async throws {
        try await Theatre.run(on: [.sqlite]) { theatre in
            let simulations = theatre.simulations
            let stranger = Session(user: .administrator, access: Visitor(sees: false))
            let id = try await theatre.begin()
            let looks: [@Sendable () async throws -> Void] = [
                { _ = try await simulations.known(id, as: stranger) }, { _ = try await simulations.describe(id, as: stranger) },
                { _ = try await simulations.watch(id, as: stranger) },
                { _ = try await simulations.plan(id, parts: 4, as: stranger) },
                { _ = try await simulations.replay(id, as: stranger) },
            ]
            for look in looks {
                let problem = await #expect(throws: Problem.self) { try await look() }
                #expect(problem?.kind == .notFound)
            }
            await #expect(throws: Problem.self) { try await simulations.list(as: stranger) }
        }
    }
}
