import Engine
import ObjectQL
import SQL
import Storage
import Values

/// A chunk in a worker's hands.
struct Work: Sendable {
    let run: String
    let scene: Scene
    var timeline: Timeline
    var hold: Hold
    /// Where stories stand still, by their place in the chunk.
    var halted: [Int: Int]
    /// The simulated moment at which the chunk was taken.
    let takenAt: Instant
}

/// What became of a batch.
enum Outcome: Sendable {
    /// So many steps were done; the chunk goes on from there.
    case went(Hold, halted: [Int: Int], steps: Int)
    /// Nothing more is due; the chunk was let go.
    case waits
    /// Every step of the chunk is done.
    case ended(steps: Int)
    /// Somebody else holds the chunk, or the simulation does not run any more.
    case overtaken
}

extension Simulations {
    /// Carries out what is due of a chunk, at most so many steps, in one transaction with the cursor that moves over them.
    ///
    /// As a rule nothing is refused, and nothing is kept to undo a part of it; where something is, all begins anew with care.
    func carryOut(_ work: Work, atMost limit: Int) async throws -> Outcome {
        do { return try await carryOut(work, atMost: limit, withCare: false) } catch let problem as Problem
            where problem.isRefusal
        {
            return try await carryOut(work, atMost: limit, withCare: true)
        }
    }

    private func carryOut(_ work: Work, atMost limit: Int, withCare: Bool) async throws -> Outcome {
        let (statements, wall) = (statements, wall)
        // What the session's time is matters to nobody but the log of roll-ups.
        let last = work.timeline.due(from: work.hold.cursor, by: .latest, atMost: limit).last
        let now = last.map { work.timeline.entries[$0].due } ?? work.scene.order.start
        let session = Session(user: .administrator, access: FullAccess(), now: now, zone: work.scene.order.zone)
        return try await engine.transaction(as: session) { transaction in
            let connection = transaction.connection
            let run = try await connection.rows(statements.state(of: work.run, isShared: true)) { rows in
                try rows.next() ? Pulse(rows, end: work.scene.order.end, wall: wall) : nil
            }
            let hold = try await connection.rows(statements.chunk(work.hold.id)) { try $0.next() ? Hold($0) : nil }
            guard let run, run.state == .running, let hold, hold.epoch == work.hold.epoch, hold.cursor == work.hold.cursor else {
                return .overtaken
            }
            let places = work.timeline.due(from: hold.cursor, by: run.now, atMost: limit)
            var batch = Batch(work, places)
            try await batch.carryOut(in: transaction, at: run.wall, withCare: withCare)
            let changes = batch.changes(hold)
            guard try await connection.run(statements.advance(hold.id, epoch: hold.epoch, from: hold.cursor, to: changes)) == 1
            else { return .overtaken }
            try await self.note(transaction, of: work.run, for: work.scene.order.form)
            for halt in batch.halts { try await connection.run(self.insert("martlet_simulation_dead", halt)) }
            if work.timeline.next(at: places.upperBound) == nil { return .ended(steps: places.count) }
            return places.isEmpty ? .waits : .went(batch.next(hold), halted: batch.halted, steps: places.count)
        }
    }
}

extension Problem {
    /// Whether it is about what was to be written, not about the database or the time it took.
    fileprivate var isRefusal: Bool { ![.failure, .unavailable, .full, .timeout].contains(kind) }
}

/// Steps of a chunk that are carried out together.
struct Batch {
    private let work: Work
    private let places: Range<Int>
    private(set) var halted: [Int: Int]
    /// Rows for the list of the dead.
    private(set) var halts: [[(String, Bind)]] = []

    static let tries = 3

    init(_ work: Work, _ places: Range<Int>) { (self.work, self.places, halted) = (work, places, work.halted) }

    private var entries: ArraySlice<Timeline.Entry> { work.timeline.entries[places] }

    private func isHalted(_ entry: Timeline.Entry) -> Bool { halted[Int(entry.story)].map { entry.step >= $0 } ?? false }

    mutating func carryOut(in transaction: WriteTransaction, at wall: Instant, withCare: Bool) async throws {
        var byStory: [Int: [Timeline.Entry]] = [:]
        for entry in entries where !isHalted(entry) { byStory[Int(entry.story), default: []].append(entry) }
        let stories = byStory.sorted { $0.key < $1.key }.map(\.value)
        if stories.isEmpty { return }
        if withCare { return try await carryOut(stories[...], in: transaction, at: wall) }
        let steps = waves(stories.map { $0.map(work.timeline.step) })
        try await transaction.write(steps.map(\.request), on: steps.map(work.scene.occasion))
    }

    /// All at once; where that is refused, the halves, down to the story and its step that is refused.
    private mutating func carryOut(
        _ stories: ArraySlice<[Timeline.Entry]>, in transaction: WriteTransaction, at wall: Instant
    ) async throws {
        let steps = waves(stories.map { $0.map(work.timeline.step) })
        guard try await problem(of: steps, in: transaction) != nil else { return }
        if stories.count == 1 { return try await stepByStep(stories[stories.startIndex], in: transaction, at: wall) }
        let middle = (stories.startIndex + stories.endIndex) / 2
        try await carryOut(stories[..<middle], in: transaction, at: wall)
        try await carryOut(stories[middle...], in: transaction, at: wall)
    }

    private mutating func stepByStep(
        _ entries: [Timeline.Entry], in transaction: WriteTransaction, at wall: Instant
    ) async throws {
        for entry in entries {
            var refused: Problem?
            for _ in 0..<Self.tries {
                refused = try await problem(of: [work.timeline.step(entry)], in: transaction)
                if refused == nil { break }
            }
            guard let refused else { continue }
            halted[Int(entry.story)] = Int(entry.step)
            halts.append(row(entry, refused, wall))
            return
        }
    }

    private func problem(of steps: [Story.Step], in transaction: WriteTransaction) async throws -> Problem? {
        let result = try await transaction.attempt(steps.map(\.request), on: steps.map(work.scene.occasion))
        if case .failure(let problem) = result { return problem }
        return nil
    }

    private func row(_ entry: Timeline.Entry, _ problem: Problem, _ wall: Instant) -> [(String, Bind)] {
        let story = work.timeline.stories[Int(entry.story)].index
        let error: JSON = [
            "code": .string(problem.code), "detail": .string(problem.detail),
            "object": .string(work.timeline.step(entry).request.object),
        ]
        return [
            ("Id", .id(IDSeed(work.run).child("dead", story).child(Int(entry.step)).id(at: wall))),
            ("SimulationId", .id(work.run)),
            ("Chunk", .integer(Int64(work.hold.number))), ("Story", .integer(Int64(story))),
            ("Step", .integer(Int64(entry.step))),
            ("Error", .json(error.description)), ("Tries", .integer(Int64(Self.tries))), ("At", .datetime(wall)),
        ]
    }

    /// How far the chunk is after the batch.
    func next(_ hold: Hold) -> Hold {
        let arrivals = entries.filter { $0.step == 0 }
        // Stories that tell nothing come with the last batch.
        let silent = work.timeline.next(at: places.upperBound) == nil ? work.timeline.stories.count(where: \.steps.isEmpty) : 0
        return hold.moved(
            to: places.upperBound, arrived: hold.arrived + arrivals.count + silent,
            lost: hold.lost + arrivals.count(where: isHalted),
            dead: hold.dead + entries.count(where: isHalted))
    }

    func changes(_ hold: Hold) -> [(column: String, Bind)] {
        let (next, nextDue) = (next(hold), work.timeline.next(at: places.upperBound))
        var changes: [(column: String, Bind)] = [
            ("Cursor", .integer(Int64(next.cursor))), ("Arrived", .integer(Int64(next.arrived))),
            ("Lost", .integer(Int64(next.lost))),
            ("Dead", .integer(Int64(next.dead))), ("Steps", .integer(Int64(work.timeline.entries.count))),
            ("IsDone", .bool(nextDue == nil)),
        ]
        if let last = entries.last { changes.append(("LastDue", .datetime(last.due))) }
        if let nextDue { changes.append(("NextDue", .datetime(nextDue))) }
        // Let go of what is done and of what waits.
        if nextDue == nil || places.isEmpty { changes += [("Owner", .null), ("LeaseUntil", .null)] }
        return changes
    }
}
