package import Engine
import ObjectQL
package import Values

extension Simulations {
    /// A simulation as the API tells it: what was asked for, how far it is.
    package func describe(_ id: String, as session: Session) async throws -> JSON {
        let run = try await known(id)
        let record = try await engine.record(Self.object, id: run.id, as: session).json
        let progress = try await progress(run.id)
        let order = run.order
        return [
            "id": .string(run.id), "user": record["UserId"] ?? .null, "status": .string(run.state.rawValue),
            "theme": .string(order.theme), "industry": .string(order.industry), "scenario": .string(order.scenario.rawValue),
            "saasTool": .string(order.saasTool), "distributionMethod": order.distribution.json,
            "recordFrequency": .text(order.frequency?.description), "totalRecords": .whole(order.total),
            "recordsProcessed": .whole(progress.records), "startTime": .moment(order.start), "endTime": .moment(order.end),
            "timeZone": .string(order.zone.identifier), "speed": run.clock.speed.json, "seed": .string(String(order.seed)),
            "personas": .string(order.personas.rawValue), "packSeed": .whole(order.packSeed),
            "pack": try await describePack(of: run),
            "target": try await describeTarget(of: run, progress.delivery), "error": .text(run.error),
            "createdAt": record["CreatedDate"] ?? .null,
            "updatedAt": record["LastModifiedDate"] ?? .null, "progress": progress.json(of: run),
        ]
    }

    /// What the outside tool has, and what keeps it from having more.
    private func describeTarget(of run: Run, _ delivery: Delivery?) async throws -> JSON {
        guard let delivery else { return .null }
        let trouble = delivery.open > 0 ? try await trouble(run) : nil
        return [
            "name": .string(delivery.target), "open": .whole(delivery.open), "confirmed": .whole(delivery.confirmed),
            "dead": .whole(delivery.dead), "trouble": .text(trouble?.error),
            "triedAgainAt": (trouble?.until).map(JSON.moment) ?? .null,
        ]
    }

    /// How far a simulation is, for those who watch it.
    package func watch(_ id: String, as session: Session) async throws -> (isOver: Bool, progress: JSON) {
        let run = try await known(id, as: session)
        let progress = try await progress(run.id)
        var members = progress.json(of: run).object ?? [:]
        members["status"] = .string(run.state.rawValue)
        members["totalRecords"] = .whole(run.order.total)
        return (run.state.isOver, .object(members))
    }

    package func list(as session: Session) async throws -> JSON {
        let query: JSON = [
            "object": .string(Self.object), "fields": ["Id"], "orderBy": [["field": "CreatedDate", "direction": "desc"]],
            "limit": 200,
        ]
        var simulations: [JSON] = []
        for record in try await engine.read(Query(json: query), as: session).records {
            guard let id = record["Id"]?.string else { continue }
            // One that was made by hand, as a record, has nothing to tell.
            if try await run(id) != nil { simulations.append(try await describe(id, as: session)) }
        }
        return ["simulations": .array(simulations)]
    }

    /// The curve of arrivals of a simulation that is there.
    package func plan(_ id: String, parts: Int, as session: Session) async throws -> JSON {
        let run = try await known(id, as: session)
        var members = try await scene(of: run).plan.preview(run.order, parts: parts).object ?? [:]
        members["planned"] = .bool(run.planned == run.chunks)
        members["hash"] = run.planned == run.chunks ? .string(run.planHash) : .null
        return .object(members)
    }
}

extension Progress {
    fileprivate func json(of run: Run) -> JSON {
        [
            "recordsProcessed": .whole(records), "recordsLost": .whole(lost), "steps": .whole(steps), "dead": .whole(dead),
            "simulatedTime": .moment(max(run.now, lastDue ?? run.now)), "nextDue": nextDue.map(JSON.moment) ?? .null,
        ]
    }
}

extension Halt {
    package var json: JSON {
        [
            "id": .string(id), "story": .whole(story), "step": .whole(step), "error": error, "tries": .whole(tries),
            "at": .moment(at),
        ]
    }
}
