package import Engine
import Jobs
import SQL
import Storage
package import Values

/// What an outside tool is to get of a simulation, noted in the transactions that write the records.
extension Simulations {
    var effects: EffectStatements { EffectStatements(engine.database.dialect) }

    /// Notes what a transaction has changed, and has it sent.
    func note(_ transaction: WriteTransaction, of run: String, for form: TargetForm?) async throws {
        guard let form else { return }
        let names = form.objects.map(\.name)
        // Each record once, at its last moment.
        let changed = transaction.changes.reduce(into: [String: (rank: Int, change: LoggedChange)]()) { changed, change in
            guard let rank = names.firstIndex(of: change.object), change.at >= changed[change.id]?.change.at ?? change.at else {
                return
            }
            changed[change.id] = (rank, change)
        }
        if changed.isEmpty { return }
        let rows = changed.values.sorted { $0.change.id < $1.change.id }.map { rank, change in
            EffectStatements.noted(change.id, of: run, change.object, rank: rank, at: change.at)
        }
        try await transaction.connection.run(effects.note, each: rows)
        try await transaction.enqueue(.sending(run, to: form))
    }

    /// Has the sender go on where something is left to be sent. While a sender is at work, or waits for a better time, nothing
    /// happens.
    func send(_ run: Run) async throws {
        guard let form = run.order.form, try await isOpen(run.id) else { return }
        try await engine.jobs.enqueue(.sending(run.id, to: form))
    }

    private func isOpen(_ run: String) async throws -> Bool {
        try await problems {
            try await engine.database.read(effects.isOpen(run), lane: .short, deadline: .after(engine.settings.readDeadline)) {
                try $0.next()
            }
        }
    }

    /// Records that the tool refuses.
    package func undelivered(_ id: String) async throws -> [Undelivered] {
        let run = try await known(id)
        return try await problems {
            try await engine.database.read(
                effects.dead(of: run.id), lane: .short, deadline: .after(engine.settings.readDeadline)
            ) { rows in
                var all: [Undelivered] = []
                while try rows.next() { if let one = Undelivered(rows) { all.append(one) } }
                return all
            }
        }
    }

    /// Has everything sent again that the tool refused; gives how many records that are.
    package func redeliver(_ id: String, as session: Session) async throws -> Int {
        let run = try await changeable(id, as: session)
        guard let form = run.order.form else { return 0 }
        let statements = effects.revive(run.id)
        let job = NewJob.sending(run.id, to: form)
        return try await engine.transaction(as: .administrator(now: run.now)) { transaction in
            let revived = try await transaction.connection.run(statements[0])
            for statement in statements.dropFirst() { try await transaction.connection.run(statement) }
            if revived > 0 { try await transaction.enqueue(job) }
            return revived
        }
    }

    /// What keeps the sender from its work at present, and until when.
    func trouble(_ run: Run) async throws -> (error: String, until: Instant)? {
        guard let form = run.order.form else { return nil }
        let jobs = try await engine.jobs.jobs(JobFilter(state: .waiting, kind: form.jobKind.rules.kind))
        return jobs.first { $0.key == NewJob.sending(run.id, to: form).key }.flatMap { job in job.error.map { ($0, job.runAt) } }
    }
}

/// A record that an outside tool refused, and why.
package struct Undelivered: Sendable, Hashable {
    package let id: String
    package let object: String
    package let error: String
    package let tries: Int
    package let at: Instant

    init?(_ rows: any Rows) {
        guard let id = rows.cell(0).string, let at = rows.cell(4).integer else { return nil }
        (self.id, object, error) = (id, rows.cell(1).string ?? "", rows.cell(2).string ?? "")
        (tries, self.at) = (Int(rows.cell(3).integer ?? 0), Instant(microseconds: at))
    }

    package var json: JSON {
        ["id": .string(id), "object": .string(object), "error": .string(error), "tries": .whole(tries), "at": .moment(at)]
    }
}

/// What an outside tool has of a simulation's records.
package struct Delivery: Sendable, Hashable {
    package let target: String
    /// Still to be sent or linked.
    package let open: Int
    package let confirmed: Int
    package let dead: Int
    /// Primary records among the confirmed.
    let primary: Int
}

extension Order {
    /// How the tool wants records that gets them, too; nil where Martlet keeps them to itself.
    var form: TargetForm? { TargetForm.named(target) }
}
