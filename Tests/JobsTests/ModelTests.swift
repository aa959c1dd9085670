import Jobs
import PostgresCluster
import SQL
import Storage
import Synchronization
import Testing
import Values

/// Random things happen to the queue and to a model of it; after each, both hold the same jobs.
@Suite struct `The queue against a model` {
    @Test(arguments: DatabaseKind.allCases, 1...6)
    func `holds what the model holds, whatever happens`(_ kind: DatabaseKind, seed: UInt64) async throws {
        try await World.run(kind) { world in
            var story = Story(world, seed)
            for step in 0..<120 {
                let name = try await story.next()
                let jobs = try await world.queue.jobs(limit: 1000)
                let held = Dictionary(uniqueKeysWithValues: jobs.map { ($0.payload.string ?? "", Model.Entry($0)) })
                try #require(held == story.model.entries, "after step \(step), \(name)")
            }
            #expect(story.done == story.model.done)
        }
    }
}

/// What the queue should hold, as plainly as it can be said.
private struct Model {
    struct Entry: Hashable {
        var state: Job.State
        var attempt: Int
        var key: String?
        var isHigh: Bool

        init(state: Job.State = .waiting, attempt: Int = 0, key: String?, isHigh: Bool) {
            (self.state, self.attempt, self.key, self.isHigh) = (state, attempt, key, isHigh)
        }

        init(_ job: Job) { self.init(state: job.state, attempt: job.attempt, key: job.key, isHigh: job.priority == .high) }
    }

    var entries: [String: Entry] = [:]
    /// In which order the waiting jobs fell due; those that are not due are not in it.
    var order: [String: Int] = [:]
    var isPaused = false
    var done = 0

    func isKeyTaken(_ key: String?) -> Bool { key != nil && entries.values.contains { $0.key == key && $0.state != .dead } }

    /// What a worker takes, at most `limit`: the high first, then what has been due for longest.
    func due(_ limit: Int) -> [String] {
        if isPaused { return [] }
        let names = entries.filter { $0.value.state == .waiting && order[$0.key] != nil }.keys
        return Array(
            names.sorted { a, b in
                let (highA, highB) = (entries[a]?.isHigh ?? false, entries[b]?.isHigh ?? false)
                return highA == highB ? order[a] ?? 0 < order[b] ?? 0 : highA
            }.prefix(limit))
    }
}

/// Does one thing after the other, to both.
private struct Story {
    let world: World
    let verdicts = Verdicts()
    let workers: [JobWorker]
    var model = Model()
    var held: [[String]] = [[], []]
    var count = 0
    var random: SplitMix
    var done: Int { verdicts.done }

    init(_ world: World, _ seed: UInt64) {
        (self.world, random) = (world, SplitMix(state: seed))
        let handler = JobHandler(JobKind.note) { [verdicts] text, _ in try verdicts.pass(text.string ?? "") }
        workers = (0..<2).map { _ in world.worker([handler], slots: 3) { $0.batch = 3 } }
    }

    mutating func next() async throws -> String {
        switch Int.random(in: 0..<12, using: &random) {
        case 0...3: try await enqueue()
        case 4...6: try await take(Int.random(in: 0...1, using: &random))
        case 7...8: try await perform(Int.random(in: 0...1, using: &random))
        case 9: try await steer()
        case 10: try await cancel()
        default: try await pause()
        }
    }

    private mutating func enqueue() async throws -> String {
        let order = tick()
        let name = "job \(order)"
        let key = Bool.random(using: &random) ? "k\(Int.random(in: 0..<4, using: &random))" : nil
        let isHigh = Int.random(in: 0..<4, using: &random) == 0
        let id = try await world.queue.enqueue(
            NewJob(JobKind.note, .string(name), key: key, priority: isHigh ? .high : .normal))
        if !model.isKeyTaken(key) { (model.entries[name], model.order[name]) = (Model.Entry(key: key, isHigh: isHigh), order) }
        #expect((id != nil) == (model.entries[name] != nil))
        return "enqueue \(name)"
    }

    private mutating func take(_ worker: Int) async throws -> String {
        try await workers[worker].turn()
        let names = model.due(3 - held[worker].count)
        for name in names {
            model.entries[name]?.state = .running
            model.entries[name]?.attempt += 1
        }
        held[worker] += names
        return "take \(names) by \(worker)"
    }

    /// All that one worker holds, with a verdict each.
    private mutating func perform(_ worker: Int) async throws -> String {
        for name in held[worker] {
            let verdict = Verdict.allCases.randomElement(using: &random) ?? .done
            verdicts.set(name, verdict)
            switch verdict {
            case .done: (model.entries[name], model.done) = (nil, model.done + 1)
            case .failed where (model.entries[name]?.attempt ?? 0) < 3:
                model.entries[name]?.state = .waiting
                model.order[name] = nil
            case .failed, .hopeless: model.entries[name]?.state = .dead
            }
        }
        let names = held[worker]
        held[worker] = []
        // So that writing down what became of them takes no others.
        try await world.queue.pause(.queue("default"))
        await workers[worker].performTaken()
        try await workers[worker].turn()
        if !model.isPaused { try await world.queue.resume(.queue("default")) }
        return "perform \(names) by \(worker)"
    }

    private mutating func steer() async throws -> String {
        guard let name = model.entries.keys.sorted().randomElement(using: &random), let entry = model.entries[name]
        else { return "" }
        let order = tick()
        do {
            try await world.queue.retry(try await id(name))
            #expect(entry.state == .waiting || entry.state == .dead && !model.isKeyTaken(entry.key))
            if entry.state == .dead { model.entries[name]?.attempt = 0 }
            model.entries[name]?.state = .waiting
            model.order[name] = order
        } catch JobProblem.running { #expect(entry.state == .running) } catch JobProblem.keyTaken {
            #expect(entry.state == .dead && model.isKeyTaken(entry.key))
        }
        return "retry \(name)"
    }

    private mutating func cancel() async throws -> String {
        let free = model.entries.filter { $0.value.state != .running }.keys.sorted()
        guard let name = free.randomElement(using: &random) else { return "" }
        #expect(try await world.queue.cancel(try await id(name)))
        model.entries[name] = nil
        return "cancel \(name)"
    }

    private mutating func pause() async throws -> String {
        model.isPaused.toggle()
        if model.isPaused {
            try await world.queue.pause(.queue("default"))
        } else {
            try await world.queue.resume(.queue("default"))
        }
        return "pause \(model.isPaused)"
    }

    /// No two jobs fall due at the same moment.
    private mutating func tick() -> Int {
        world.clock.advance(by: .microseconds(1))
        count += 1
        return count
    }

    private func id(_ name: String) async throws -> String {
        try #require(try await world.queue.jobs(limit: 1000).first { $0.payload.string == name }).id
    }
}

private enum Verdict: CaseIterable { case done, failed, hopeless }

/// What is to become of each job that is performed next.
private final class Verdicts: Sendable {
    private let state = Mutex<(verdicts: [String: Verdict], done: Int)>(([:], 0))

    var done: Int { state.withLock { $0.done } }
    func set(_ name: String, _ verdict: Verdict) { state.withLock { $0.verdicts[name] = verdict } }

    func pass(_ name: String) throws {
        let verdict = state.withLock { state in
            let verdict = state.verdicts[name] ?? .done
            if verdict == .done { state.done += 1 }
            return verdict
        }
        switch verdict {
        case .done: return
        case .failed: throw JobFailure("not yet", .after(.seconds(86_400 * 365)))
        case .hopeless: throw JobFailure("never", .never)
        }
    }
}

struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }
}
