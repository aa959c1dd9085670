package import Engine
import Jobs
import SQL
import Storage
import Values

/// From one state to another: one guarded change of one row, whatever there is still to be done, and the record with it.
extension Simulations {
    package func start(_ id: String, as session: Session) async throws {
        let chosen = try await withPack(try await known(id))
        let scene = try await scene(of: chosen)
        try await change(
            id, from: [.queued], to: .running, "started", as: session, record: ["Pack": .string(chosen.pack)]
        ) { run, _, transaction in
            // In real time, what lies in the past is caught up with.
            let isLive = run.clock.speed == .times(1)
            let logical = isLive ? max(run.order.start, min(run.wall, run.order.end)) : run.order.start
            let late = isLive && run.wall < run.order.start
            let opening = scene.setting.opening
            _ = try await transaction.attempt(opening.map(\.request), on: opening.map(scene.occasion(of:))).get()
            return [
                ("AnchorWall", .datetime(late ? run.order.start : run.wall)), ("AnchorLogical", .datetime(logical)),
                ("StartedAt", .datetime(run.wall)), ("Pack", .text(chosen.pack)),
            ]
        }
    }

    /// Nothing is created from the moment on at which this is over.
    package func pause(_ id: String, as session: Session) async throws {
        try await change(id, from: [.running], to: .paused, "paused", as: session) { run, progress, _ in
            [("HighWater", .datetime(run.reached(progress)))]
        }
    }

    package func resume(_ id: String, as session: Session) async throws {
        try await change(id, from: [.paused], to: .running, "resumed", as: session) { run, _, _ in
            [("AnchorWall", .datetime(run.wall)), ("AnchorLogical", .datetime(run.clock.highWater))]
        }
    }

    package func cancel(_ id: String, as session: Session) async throws {
        try await change(id, from: [.queued, .running, .paused], to: .cancelled, "cancelled", as: session) { run, progress, _ in
            [("HighWater", .datetime(run.reached(progress))), ("EndedAt", .datetime(run.wall))]
        }
    }

    package func setSpeed(_ id: String, to speed: Speed, as session: Session) async throws {
        let values: JSON.Members = ["Speed": .string(speed.json.string ?? speed.json.description)]
        try await change(
            id, from: [.queued, .running, .paused], to: nil, "given another speed", as: session, record: values
        ) { run, progress, _ in
            let reached = run.reached(progress)
            return [
                ("Speed", .real(speed.number)), ("HighWater", .datetime(reached)), ("AnchorWall", .datetime(run.wall)),
                ("AnchorLogical", .datetime(reached)),
            ]
        }
    }

    /// Ends a simulation all of whose steps are done or listed as dead; says whether it has.
    @discardableResult
    func finish(_ run: Run) async throws -> Bool {
        let progress = try await progress(run.id)
        guard run.planned == run.chunks, progress.isSettled else { return false }
        guard progress.addsUp(to: run) else {
            throw Problem(
                .failure, "simulation_damaged",
                "The simulation does not add up: \(progress.chunks) of \(run.chunks) chunks are there, \(progress.arrived) of "
                    + "\(run.order.total) primary records have come, and of \(progress.known) steps \(progress.steps) are done and "
                    + "\(progress.dead) dead, with \(progress.halted) stories listed")
        }
        let isFine = progress.isWithin(run.order.tolerance)
        let error = "\(progress.refused) of \(progress.all) steps were refused, more than the tolerance allows"
        do {
            try await change(
                run.id, from: [.running], to: isFine ? .completed : .failed, "ended", as: .administrator(now: run.wall)
            ) { run, _, _ in
                [
                    ("HighWater", .datetime(run.order.end)), ("EndedAt", .datetime(run.wall)),
                    ("Error", isFine ? .null : .text(error)),
                ]
            }
        } catch let problem as Problem where problem.code == "simulation_state" { return true }
        return true
    }

    /// Ends a simulation that cannot go on.
    func fail(_ run: Run, _ problem: Problem) async throws {
        try await change(run.id, from: [.running], to: .failed, "ended", as: .administrator(now: run.wall)) { run, progress, _ in
            [
                ("HighWater", .datetime(run.reached(progress))), ("EndedAt", .datetime(run.wall)),
                ("Error", .text(problem.detail)),
            ]
        }
    }

    /// After a replay a failed simulation may be within its tolerance.
    func reconsider(_ run: Run) async throws {
        let progress = try await progress(run.id)
        guard run.state == .failed, progress.isSettled, progress.addsUp(to: run), progress.isWithin(run.order.tolerance) else {
            return try await refreshRecord(run.id)
        }
        try await change(run.id, from: [.failed], to: .completed, "completed", as: .administrator(now: run.wall)) { _, _, _ in
            [("Error", .null)]
        }
    }

    /// Brings what the record shows up to date.
    func refreshRecord(_ id: String) async throws {
        let progress = try await progress(id)
        let values: JSON.Members = ["RecordsProcessed": .whole(progress.records)]
        _ = try await engine.write([.update(object: Self.object, id: id, values: values)], as: .administrator())
    }

    private func change(
        _ id: String, from allowed: [Run.State], to state: Run.State?, _ verb: String, as session: Session,
        record: JSON.Members = [:],
        _ values: @escaping @Sendable (Run, Progress, WriteTransaction) async throws -> [(column: String, Bind)]
    ) async throws {
        guard let id = RecordID.canonical(id) else { throw Problem.notFound(Self.object, id) }
        let (statements, wall) = (statements, wall)
        for _ in 0..<20 {
            let isDone = try await engine.transaction(as: session) { transaction in
                let connection = transaction.connection
                let run = try await connection.rows(statements.state(of: id)) { try $0.next() ? try Run($0, wall: wall) : nil }
                guard let run else { throw Problem.notFound(Self.object, id) }
                guard allowed.contains(run.state) else { throw Problem.state(run.state, verb, allowed) }
                // First the state: whoever works shares it, so that what they do is over now or not begun.
                let claimed = try await connection.run(
                    statements.change(id, at: run.version, to: [("State", .text((state ?? run.state).rawValue))]))
                guard claimed == 1 else { return false }
                let progress = try await connection.rows(statements.totals(of: id)) { rows in
                    _ = try rows.next()
                    return Progress(rows)
                }
                let settings = try await values(run, progress, transaction)
                if !settings.isEmpty { try await connection.run(statements.change(id, at: run.version + 1, to: settings)) }
                var shown = record
                shown["RecordsProcessed"] = .whole(progress.records)
                if let state { shown["Status"] = .string(state.rawValue) }
                try await transaction.write([.update(object: Self.object, id: id, values: shown)])
                return true
            }
            if isDone { return bells.ring() }
        }
        throw Problem(
            .unavailable, "busy", "Too many change this simulation at the same time", hint: "Try again in a moment")
    }
}

extension Run {
    /// How far the clock has come: for as fast as possible, the last step that is done.
    fileprivate func reached(_ progress: Progress) -> Instant {
        guard state == .running else { return clock.highWater }
        if clock.speed == .max { return max(clock.highWater, progress.lastDue ?? clock.highWater) }
        return max(clock.logical(at: wall), progress.lastDue ?? clock.highWater)
    }
}

extension Problem {
    fileprivate static func state(_ state: Run.State, _ verb: String, _ allowed: [Run.State]) -> Problem {
        let states = allowed.map { $0.rawValue.lowercased() }.joined(separator: " or ")
        return Problem(
            .conflict, "simulation_state", "A simulation that is \(state.rawValue.lowercased()) cannot be \(verb)",
            hint: "Only one that is \(states) can")
    }
}
