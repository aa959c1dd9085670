import Engine
package import Jobs
import Metadata
import ObjectQL
import SQL
import Storage
import Values

/// Hands a simulation's records over to an outside tool: first all records, those before that others are linked with, then the links.
///
/// It keeps nothing in memory that it could not do without: what the tool has confirmed is noted at once, and whoever goes on after
/// it begins with what is left. What was sent but not noted is sent again, which changes nothing.
package struct Sender: Sendable {
    private let simulations: Simulations
    private let target: any Target
    private let id: String
    private let clock: any JobClock

    /// Records, or records with their links, in one go.
    private static let batch = 100
    /// A wait that is not worth giving the job back for.
    private static let nap = Duration.seconds(15)
    /// How often a request is sent again at once for one reason or the other.
    private static let tries = 4

    package init(_ simulations: Simulations, _ target: any Target, of id: String, clock: any JobClock) {
        (self.simulations, self.target, self.id, self.clock) = (simulations, target, id, clock)
    }

    /// Sends until nothing is left, the simulation is paused, or that much time is over.
    ///
    /// - Throws: `TargetFailure`, where there is no use in going on for now.
    package func send(
        atMost stint: Duration, tell: @Sendable (Delivery) -> Void = { _ in }
    ) async throws {
        let start = clock.uptime
        do {
            try await patiently { try await target.prepare() }
            while clock.uptime - start < stint {
                guard try await sendBatch() else { break }
                if let delivery = try await simulations.progress(id).delivery { tell(delivery) }
            }
        } catch is Halted {}
    }

    /// False where nothing is left.
    private func sendBatch() async throws -> Bool {
        let waiting = try await open("waiting")
        if let object = waiting.first?.object {
            try await write(waiting.prefix { $0.object == object })
            return true
        }
        let linking = try await open("linking")
        try await link(linking)
        return !linking.isEmpty
    }

    // MARK: Records

    private func write(_ effects: ArraySlice<Effect>) async throws {
        let entries = try await entries(of: Array(effects))
        let revisions = Dictionary(effects.map { ($0.id, $0.revision) }) { first, _ in first }
        let gone = effects.filter { effect in !entries.contains { $0.id == effect.id } }
        if !gone.isEmpty { try await change(gone.map { statements.drop($0.id) }) }
        for (_, group) in entries.grouped(by: \.kind) {
            try await settle(group) {
                try await target.write($0)
            } note: { verdicts in
                try await change(
                    group.compactMap { entry in
                        verdicts[entry.id].map { statement($0, entry.id, entry.kind, revisions[entry.id] ?? 0) }
                    })
            }
        }
    }

    private func statement(_ verdict: Verdict, _ id: String, _ kind: String, _ revision: Int) -> Statement {
        switch verdict {
        case .taken(let remoteID): statements.taken(id, revision: revision, kind: kind, as: remoteID)
        case .refused(let error): statements.refused(id, revision: revision, error: error)
        }
    }

    /// The records as they are now, in the tool's form; without those that are not there any more.
    private func entries(of effects: [Effect]) async throws -> [TargetEntry] {
        guard let object = effects.first?.object, let definition = simulations.engine.registry.object(object),
            let fields = target.form.objects.first(where: { $0.name == object })?.fields
        else { return [] }
        let known = ["Id", "CreatedDate"] + fields.filter { definition.field($0) != nil }
        let query: JSON = [
            "object": .string(object), "fields": .array(known.map(JSON.string)),
            "filters": ["Id": ["$in": .array(effects.map { .string($0.id) })]], "limit": .whole(effects.count),
        ]
        let records = try await simulations.engine.read(Query(json: query), as: .administrator()).records
        let found = Dictionary(records.map { ($0["Id"]?.string ?? "", $0.object ?? [:]) }) { first, _ in first }
        return effects.compactMap { effect in
            found[effect.id].map {
                target.form.entry(TargetRecord(id: effect.id, object: effect.object, simulation: id, values: $0))
            }
        }
    }

    // MARK: Links

    private func link(_ effects: [Effect]) async throws {
        var entries: [TargetEntry] = []
        for (_, group) in effects.grouped(by: \.object) { entries += try await self.entries(of: group) }
        let others = try await remotes(Set(entries.flatMap(\.links) + entries.map(\.id)))
        let plans = entries.map { Linking($0, others) }
        var verdicts: [TargetLink.ID: Verdict] = [:]
        for (_, group) in plans.flatMap(\.links).grouped(by: { $0.from.kind + " " + $0.to.kind }) {
            try await settle(group) {
                try await target.link($0)
            } note: {
                verdicts.merge($0) { _, last in last }
            }
        }
        let left = Dictionary(plans.map { ($0.id, $0) }) { first, _ in first }
        try await change(
            effects.compactMap { effect in
                guard let plan = left[effect.id] else { return statements.drop(effect.id) }
                for link in plan.links {
                    if case .refused(let error)? = verdicts[link.id] {
                        return statements.refused(effect.id, revision: effect.revision, error: error)
                    }
                }
                if plan.waits { return nil }
                return statements.linked(effect.id, revision: effect.revision, isPartial: plan.isPartial)
            })
    }

    private func remotes(_ ids: Set<String>) async throws -> [String: Remote] {
        let statement = simulations.rowStatements.select(
            ["Id", "State", "RemoteKind", "RemoteId"], from: "martlet_effect", where: "Id", in: ids.sorted())
        return try await read(statement) { rows in
            rows.cell(0).string.map { id in
                let end = rows.cell(2).string.flatMap { kind in
                    rows.cell(3).string.map { TargetLink.End(kind: kind, remoteID: $0) }
                }
                return (id, Remote(isDead: rows.cell(1).string == "dead", end: end))
            }
        }.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }

    // MARK: Patience

    /// Has all items sent, in halves where something among them is at fault, down to the single one that is refused.
    ///
    /// - Parameter note: told of verdicts as they come, so that what follows cannot lose them.
    private func settle<Item: Identifiable & Sendable>(
        _ items: [Item], _ attempt: ([Item]) async throws -> [String: Verdict],
        note: ([String: Verdict]) async throws -> Void
    ) async throws where Item.ID == String {
        guard let first = items.first else { return }
        var verdicts: [String: Verdict] = [:]
        do { verdicts = try await patiently { try await attempt(items) } } catch let failure as TargetFailure
            where failure.kind == .refused || failure.kind == .conflict
        {
            if items.count == 1 { return try await note([first.id: .refused(failure.description)]) }
        }
        if !verdicts.isEmpty { try await note(verdicts) }
        let rest = items.filter { verdicts[$0.id] == nil }
        if rest.isEmpty { return }
        if items.count == 1 {
            return try await note([first.id: .refused("\(target.form.name) does not say what became of it")])
        }
        let middle = rest.count < items.count ? rest.count : rest.count / 2
        try await settle(Array(rest[..<middle]), attempt, note: note)
        try await settle(Array(rest[middle...]), attempt, note: note)
    }

    /// Sends a request again after a while where that may help and the while is short.
    private func patiently<Result>(_ attempt: () async throws -> Result) async throws -> Result {
        var failures = 0
        while true {
            guard try await simulations.known(id).maySend else { throw Halted() }
            do { return try await attempt() } catch let failure as TargetFailure {
                failures += 1
                guard failures < Self.tries, let wait = failure.wait(after: failures), wait <= Self.nap else { throw failure }
                try await clock.sleep(for: wait)
            }
        }
    }

    /// The simulation was paused or cancelled.
    private struct Halted: Error {}

    // MARK: The outbox

    private var statements: EffectStatements { simulations.effects }

    private func open(_ state: String) async throws -> [Effect] {
        try await read(statements.open(id, state: state, limit: Self.batch)) { Effect($0) }
    }

    private func change(_ changes: [Statement]) async throws {
        try await simulations.problems {
            try await simulations.engine.database.transaction(deadline: .after(simulations.engine.settings.writeDeadline)) {
                connection in
                for change in changes { try await connection.run(change) }
            }
        }
    }

    private func read<Item: Sendable>(_ statement: Statement, _ item: @escaping @Sendable (any Rows) -> Item?) async throws
        -> [Item]
    {
        try await simulations.problems {
            try await simulations.engine.database.read(
                statement, lane: .short, deadline: .after(simulations.engine.settings.readDeadline)
            ) { rows in
                var items: [Item] = []
                while try rows.next() { if let item = item(rows) { items.append(item) } }
                return items
            }
        }
    }
}

/// A record that waits to be sent or linked, as the outbox knew it then.
private struct Effect: Sendable {
    let id: String
    let object: String
    let revision: Int

    init?(_ rows: any Rows) {
        guard let id = rows.cell(0).string, let object = rows.cell(1).string else { return nil }
        (self.id, self.object, revision) = (id, object, Int(rows.cell(2).integer ?? 0))
    }
}

/// What the outbox knows of a record at the other end of a link.
private struct Remote: Sendable {
    let isDead: Bool
    let end: TargetLink.End?
}

/// What an entry can be linked with now.
private struct Linking {
    let id: String
    private(set) var links: [TargetLink] = []
    /// Something it is to be linked with is not sent yet, or was refused.
    private(set) var waits = false
    private(set) var isPartial = false

    init(_ entry: TargetEntry, _ remotes: [String: Remote]) {
        id = entry.id
        guard let from = remotes[entry.id]?.end else { return }
        for other in entry.links {
            guard let remote = remotes[other] else { continue }
            if let end = remote.end {
                links.append(TargetLink(from: from, to: end))
            } else if remote.isDead {
                isPartial = true
            } else {
                waits = true
            }
        }
    }
}

extension TargetFailure {
    /// How long to wait before the next try; nil where trying again at once is of no use.
    fileprivate func wait(after failures: Int) -> Duration? {
        switch kind {
        case .passing(let wait): wait ?? .seconds(1 << failures)
        case .conflict: .seconds(1)
        case .refused, .closed: nil
        }
    }
}

extension Sequence {
    /// Those that are alike together, in the order of the first of each.
    fileprivate func grouped<Key: Hashable>(by key: (Element) -> Key) -> [(Key, [Element])] {
        var groups: [(Key, [Element])] = []
        var places: [Key: Int] = [:]
        for element in self {
            let key = key(element)
            if let place = places[key] {
                groups[place].1.append(element)
            } else {
                places[key] = groups.count
                groups.append((key, [element]))
            }
        }
        return groups
    }
}
