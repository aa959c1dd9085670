import Engine
package import Jobs
import SQL
import Storage
import Values

/// Sending is a job, one at a time for each simulation: whoever works on jobs and has the target set up does it, and another goes on
/// where one was lost.
extension Simulations {
    /// What does the sending to the targets that are set up, and has packs written where a writer is.
    package var handlers: [JobHandler] { targets.map(sending) + (writer.map { [making(by: $0)] } ?? []) }

    private func sending(to target: any Target) -> JobHandler {
        JobHandler(target.form.jobKind) { sending, run in try await self.send(sending.simulation, to: target, run) }
    }

    private func making(by writer: any PackWriter) -> JobHandler {
        JobHandler(PackErrand.kind) { errand, run in
            try await PackMaking(simulations: self, writer: writer, budget: self.packTokens, job: run).make(errand.key)
        }
    }

    /// How long a job goes on before it makes room for others.
    private static let stint = Duration.seconds(60)

    private func send(_ id: String, to target: any Target, _ job: JobRun) async throws {
        let sender = Sender(self, target, of: id, clock: clock)
        do {
            try await sender.send(atMost: Self.stint) { delivery in
                job.report(done: delivery.confirmed, of: delivery.confirmed + delivery.open, nil)
            }
        } catch let failure as TargetFailure { throw JobFailure(failure) }
        try await end(job, id, target.form)
    }

    /// Ends the job, and begins another where something is left: in one transaction, so that neither is lost.
    private func end(_ job: JobRun, _ id: String, _ form: TargetForm) async throws {
        guard let run = try await run(id) else { return }
        let (isOpen, jobs) = (effects.isOpen(id), engine.jobs)
        try await engine.database.transaction(deadline: .after(engine.settings.writeDeadline)) { connection in
            try await job.finish(on: connection)
            guard run.maySend, try await connection.rows(isOpen, { try $0.next() }) else { return }
            try await jobs.enqueue(.sending(id, to: form), on: connection)
        }
        engine.jobs.nudge()
        if run.state.isOver { try await reconsider(run) }
    }
}

extension Run {
    /// Nothing is sent for a simulation that is paused or cancelled. What was refused may be sent again after its end.
    var maySend: Bool { [.running, .completed, .failed].contains(state) }
}

/// What a sending job carries.
struct Sending: JobPayload {
    let simulation: String

    init(simulation: String) { self.simulation = simulation }

    init(json: JSON) throws {
        guard let simulation = json["simulation"]?.string else {
            throw JobFailure("It names no simulation", .never)
        }
        self.simulation = simulation
    }

    var json: JSON { ["simulation": .string(simulation)] }
}

extension TargetForm {
    /// Tried for as long as it takes: limits of a day, and set-ups that somebody has to mend, are nobody's defect.
    var jobKind: JobKind<Sending> {
        JobKind(
            "simulation.send." + name.lowercased(), queue: "targets", attempts: 1_000_000, timeout: .seconds(900),
            backoff: Backoff(first: .seconds(15), longest: .seconds(900)))
    }
}

extension NewJob {
    static func sending(_ simulation: String, to form: TargetForm) -> NewJob {
        NewJob(form.jobKind, Sending(simulation: simulation), key: "simulation:\(simulation):\(form.name)")
    }
}

extension JobFailure {
    fileprivate init(_ failure: TargetFailure) {
        switch failure.kind {
        case .passing(let wait?): self.init(failure.description, .after(wait))
        case .closed: self.init(failure.description, .after(.seconds(300)))
        case .passing(nil), .refused, .conflict: self.init(failure.description)
        }
    }
}
