import Engine
import HTTPTypes
import Hummingbird
import Jobs
import NIOCore
import ServiceLifecycle
import Simulation
import Values

extension Route {
    static let listSimulations = Route(
        .get, "/api/simulations", "listSimulations", "Lists simulations, the newest first", gives: .ok(.object)
    ) { call in .json(try await call.simulations.list(as: call.session)) }

    static let createSimulation = Route(
        .post, "/api/simulations", "makeSimulation", "Makes a simulation; it waits to be started", takes: .object,
        gives: .created(.object), problems: [422]
    ) { call in
        let simulations = try call.simulations
        let id = try await simulations.create(call.body().json, as: call.session)
        let headers: HTTPFields = [.location: "/api/simulations/\(id)"]
        return .json(try await simulations.describe(id, as: call.session), status: .created, headers: headers)
    }

    static let previewSimulation = Route(
        .post, "/api/simulations/plan", "previewSimulation", "Shows the arrival curve of a simulation that is not made yet",
        parameters: [.parts], takes: .object, gives: .ok(.object), problems: [422]
    ) { call in
        let parts = try call.count("parts", standard: 48, most: 1000)
        return .json(try call.simulations.preview(try await call.body().json, parts: parts, now: call.session.now))
    }

    static let readSimulation = Route(
        .get, "/api/simulations/{id}", "simulationProgress", "Tells how far a simulation is", gives: .ok(.object), problems: [404]
    ) { call in .json(try await call.simulations.describe(call.id, as: call.session)) }

    static let startSimulation = transition("start", "Starts a simulation") { try await $0.start($1, as: $2) }
    static let pauseSimulation = transition(
        "pause", "Stops a running simulation for a while: from the answer on, nothing is created"
    ) {
        try await $0.pause($1, as: $2)
    }
    static let resumeSimulation = transition("resume", "Lets a paused simulation go on") { try await $0.resume($1, as: $2) }
    static let cancelSimulation = transition("cancel", "Ends a simulation for good; its records stay") {
        try await $0.cancel($1, as: $2)
    }

    private static func transition(
        _ name: String, _ summary: String, _ body: @escaping @Sendable (Simulations, String, Session) async throws -> Void
    ) -> Route {
        Route(
            .post, "/api/simulations/{id}/\(name)", name + "Simulation", summary, gives: .ok(.object), problems: [404, 409]
        ) { call in
            let simulations = try call.simulations
            try await body(simulations, call.id, call.session)
            return .json(try await simulations.describe(call.id, as: call.session))
        }
    }

    static let setSimulationSpeed = Route(
        .patch, "/api/simulations/{id}/speed", "setSimulationSpeed", "Changes how fast a simulation's clock goes", takes: .object,
        gives: .ok(.object), problems: [404, 409, 422]
    ) { call in
        let (simulations, members) = (try call.simulations, try await call.members().members)
        try await simulations.setSpeed(call.id, to: try Speed(body: members), as: call.session)
        return .json(try await simulations.describe(call.id, as: call.session))
    }

    static let simulationPlan = Route(
        .get, "/api/simulations/{id}/plan", "simulationPlan", "Shows the arrival curve of a simulation", parameters: [.parts],
        gives: .ok(.object), problems: [404]
    ) { call in
        let parts = try call.count("parts", standard: 48, most: 1000)
        return .json(try await call.simulations.plan(call.id, parts: parts, as: call.session))
    }

    static let simulationDead = Route(
        .get, "/api/simulations/{id}/dead", "simulationDead",
        "Lists the stories that stand still since a step was refused, and the records that an outside tool refused",
        gives: .ok(.object), problems: [404]
    ) { call in
        let simulations = try call.simulations
        let id = try await simulations.known(call.id, as: call.session).id
        return .json(try await call.dead(of: id))
    }

    static let replaySimulation = Route(
        .post, "/api/simulations/{id}/dead/replay", "replaySimulation",
        "Tries again what was refused, at its own moments", gives: .ok(.object), problems: [404, 409]
    ) { call in
        let simulations = try call.simulations
        let id = try await simulations.known(call.id, as: call.session).id
        let revived = try await simulations.replay(id, as: call.session)
        let sentAgain = try await simulations.redeliver(id, as: call.session)
        var members = try await call.dead(of: id).object ?? [:]
        (members["revived"], members["sentAgain"]) = (.number(Number(revived)), .number(Number(sentAgain)))
        return .json(.object(members))
    }

    /// Server-sent events: one now, one at each change, and the last when the simulation is over. Now and then a word while nothing
    /// happens: who has gone away is found out by it.
    static let simulationEvents = Route(
        .get, "/api/simulations/{id}/events", "simulationEvents", "Streams a simulation's progress as server-sent events",
        gives: .ok(.object), problems: [404]
    ) { call in
        let (simulations, id) = (try call.simulations, call.id)
        let first = try await simulations.watch(id, as: call.session)
        return Response(
            status: .ok, headers: [.contentType: "text/event-stream", .cacheControl: "no-cache"],
            body: ResponseBody { writer in
                var (isOver, progress) = first
                try await writer.write(ByteBuffer(event: progress))
                var silence = 0
                while !isOver, await simulations.clock.passes(.milliseconds(500)) {
                    let last = progress
                    (isOver, progress) = try await simulations.watch(id, as: call.session)
                    silence = progress == last ? silence + 1 : 0
                    if progress != last {
                        try await writer.write(ByteBuffer(event: progress))
                    } else if silence % 20 == 0 {
                        try await writer.write(ByteBuffer(string: ": nothing new\n\n"))
                    }
                }
                try await writer.finish(nil)
            })
    }
}

extension JobClock {
    /// Waits that long; false where the server is told to stop meanwhile.
    fileprivate func passes(_ duration: Duration) async -> Bool {
        do {
            try await cancelWhenGracefulShutdown { try await sleep(for: duration) }
            return true
        } catch { return false }
    }
}

extension Route.Parameter {
    fileprivate static let parts = Route.Parameter(
        "parts", "Into how many equal parts the window is cut", ["type": "integer", "minimum": 1, "maximum": 1000, "default": 48])
}

extension ByteBuffer {
    fileprivate init(event: JSON) { self.init(string: "event: progress\ndata: \(event)\n\n") }
}

extension Call {
    fileprivate func dead(of id: String) async throws -> JSON {
        let simulations = try simulations
        let (dead, undelivered) = (try await simulations.dead(id), try await simulations.undelivered(id))
        return ["dead": .array(dead.map(\.json)), "undelivered": .array(undelivered.map(\.json))]
    }

    fileprivate var simulations: Simulations {
        get throws(Problem) {
            if let simulations = shared.simulations { return simulations }
            throw Problem(
                .unavailable, "no_simulations", "This server has no simulations",
                hint: "Put \(Industries.fileName) into the metadata folder and start the server again")
        }
    }
}
