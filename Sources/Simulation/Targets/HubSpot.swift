package import Curl
package import Jobs
import Synchronization
import Values

/// HubSpot over its CRM API (version 3 for records, 4 for associations), with the token of a private app.
///
/// A record is known again by a property of ours with unique values, so that the same record sent twice is one. The folder beside has
/// what goes into which property, what an answer means, and how many requests HubSpot bears.
package final class HubSpot: Target {
    package static let url = "https://api.hubapi.com"

    package let form = TargetForm.hubSpot
    private let exchange: Exchange
    private let clock: any JobClock
    private let state = Mutex(State())

    private struct State {
        /// Kinds of records for which everything is there.
        var ready: Set<String> = []
        var pace = Pace()
    }

    /// Inputs of one request, by HubSpot's limits.
    private static let mostInputs = 100

    package init(
        url: String = HubSpot.url, token: Key, client: Client, clock: any JobClock = SystemClock(),
        deadlines: Outgoing.Deadlines = Outgoing.Deadlines(silence: .seconds(60), total: .seconds(60))
    ) {
        exchange = Exchange(url: url, token: token, client: client, deadlines: deadlines)
        self.clock = clock
    }

    package func write(_ entries: [TargetEntry]) async throws -> [TargetEntry.ID: Verdict] {
        guard let kind = entries.first?.kind else { return [:] }
        var verdicts: [TargetEntry.ID: Verdict] = [:]
        for entries in entries.cut(into: Self.mostInputs) {
            let inputs = entries.map { entry -> JSON in
                [
                    "id": .string(entry.id), "idProperty": .string(Self.key), "objectWriteTraceId": .string(entry.id),
                    "properties": .object(entry.properties),
                ]
            }
            let answer = try await ask("POST", "/crm/v3/objects/\(kind)/batch/upsert", ["inputs": .array(inputs)])
            verdicts.merge(answer.written(entries)) { _, last in last }
        }
        return verdicts
    }

    package func link(_ links: [TargetLink]) async throws -> [TargetLink.ID: Verdict] {
        guard let first = links.first else { return [:] }
        let path = "/crm/v4/associations/\(first.from.kind)/\(first.to.kind)/batch/associate/default"
        var verdicts: [TargetLink.ID: Verdict] = [:]
        for links in links.cut(into: Self.mostInputs) {
            let inputs = links.map { link -> JSON in
                ["from": ["id": .string(link.from.remoteID)], "to": ["id": .string(link.to.remoteID)]]
            }
            verdicts.merge(try await ask("POST", path, ["inputs": .array(inputs)]).linked(links)) { _, last in last }
        }
        return verdicts
    }

    package func prepare() async throws {
        let missing = state.withLock { state in Self.kinds.filter { !state.ready.contains($0) } }
        if missing.count == Self.kinds.count { await learnZone() }
        for kind in missing {
            try await makeProperties(of: kind)
            _ = state.withLock { $0.ready.insert(kind) }
        }
    }
}

// MARK: Readiness

extension HubSpot {
    /// By which HubSpot knows a record again, when it was created in the simulation's time, and of which simulation it is.
    static let (key, createdAt, simulation) = ("martlet_id", "martlet_created_at", "martlet_simulation")

    /// The account's days end at its own midnight. A token that may not ask for that makes do without.
    private func learnZone() async {
        guard let answer = try? await ask("GET", "/account-info/v3/details", nil) else { return }
        let zone = answer.body["timeZone"]?.string.flatMap(Zone.init)
        state.withLock { $0.pace.zone = zone }
    }

    private func makeProperties(of kind: String) async throws {
        try await make("/crm/v3/properties/\(kind)/groups", ["name": "martlet", "label": "Martlet", "displayOrder": -1])
        let properties: [JSON] = [
            [
                "name": .string(Self.key), "label": "Martlet ID", "type": "string", "fieldType": "text", "groupName": "martlet",
                "hasUniqueValue": true,
            ],
            [
                "name": .string(Self.createdAt), "label": "Created in the simulation", "type": "datetime", "fieldType": "date",
                "groupName": "martlet",
            ],
            [
                "name": .string(Self.simulation), "label": "Martlet simulation", "type": "string", "fieldType": "text",
                "groupName": "martlet",
            ],
        ]
        for property in properties { try await make("/crm/v3/properties/\(kind)", property) }
    }

    /// Makes something of the account's set-up; it may be there already.
    private func make(_ path: String, _ body: JSON) async throws {
        do { _ = try await ask("POST", path, body) } catch let failure as TargetFailure {
            if failure.kind == .conflict { return }
            // There is nothing in it that could be left out.
            throw failure.kind == .refused ? TargetFailure(.closed, failure.description) : failure
        }
    }
}

// MARK: Asking

extension HubSpot {
    /// Sends a request when HubSpot bears one, and notes what it says about how many it bears.
    private func ask(_ method: String, _ path: String, _ body: JSON?) async throws -> Answer {
        while let wait = try state.withLock({ try $0.pace.wait(clock) }) { try await clock.sleep(for: wait) }
        let incoming = try await exchange.send(method, path, body)
        let (now, uptime) = (clock.now, clock.uptime)
        return try state.withLock { state in
            state.pace.note(incoming, at: now, uptime)
            return try incoming.answer(untilMidnight: state.pace.untilMidnight(now))
        }
    }
}

extension Array {
    fileprivate func cut(into size: Int) -> [[Element]] {
        stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}
