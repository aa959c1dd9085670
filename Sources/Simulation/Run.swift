import Engine
import SQL
import Storage
package import Values

/// A simulation as it stands: its state, its clock, how far its plan is made.
package struct Run: Sendable {
    package enum State: String, Sendable, CaseIterable {
        case queued = "Queued"
        case running = "Running"
        case paused = "Paused"
        case completed = "Completed"
        case failed = "Failed"
        case cancelled = "Cancelled"

        package var isOver: Bool { [.completed, .failed, .cancelled].contains(self) }
    }

    package let id: String
    package let state: State
    let version: Int
    package let clock: RunClock
    let chunks: Int
    package let planned: Int
    package let planHash: String
    /// The hash of the words it is told from.
    package private(set) var pack: String
    /// The key of the pack that it wants of a model.
    let packKey: String?
    package let order: Order
    package let startedAt: Instant?
    package let endedAt: Instant?
    package let error: String?
    /// The database's clock when this was read.
    package let wall: Instant
    /// The figures it was made with.
    let industry: Industry?

    func told(from pack: String) -> Run {
        var run = self
        run.pack = pack
        return run
    }

    /// The simulated moment.
    package var now: Instant { clock.now(in: state, at: wall) }
}

/// A simulation's state and clock, and nothing else of it: whoever writes for it looks at them in every transaction.
struct Pulse: Sendable {
    let state: Run.State
    let clock: RunClock
    let wall: Instant

    var now: Instant { clock.now(in: state, at: wall) }

    /// Reads a row of `SimulationStatements.state`.
    ///
    /// - Parameters:
    ///   - end: the last moment of the window.
    ///   - wall: from the database's clock to the one to go by.
    init?(_ rows: any Rows, end: Instant, wall: (Instant) -> Instant) {
        func instant(_ column: Int) -> Instant? { rows.cell(column).integer.map(Instant.init(microseconds:)) }
        guard let state = rows.cell(1).string.flatMap(Run.State.init), let anchorWall = instant(3),
            let anchorLogical = instant(4), let high = instant(6), let now = instant(15)
        else { return nil }
        let speed = Speed(ColumnType.real.value(rows.cell(5)).number?.double ?? 0)
        clock = RunClock(anchorWall: anchorWall, anchorLogical: anchorLogical, speed: speed, highWater: high, end: end)
        (self.state, self.wall) = (state, wall(now))
    }
}

/// From the clock on the wall to the simulated one. A pause and a change of speed leave it where it was; where the wall clock is set
/// back, it waits for that one, and what is done stays done.
package struct RunClock: Sendable, Hashable {
    package let anchorWall: Instant
    package let anchorLogical: Instant
    package let speed: Speed
    package let highWater: Instant
    /// The last moment of the window: for as fast as possible it is always that late.
    package let end: Instant

    package func logical(at wall: Instant) -> Instant {
        switch speed {
        case .max: return end
        case .times(let speed):
            let passed = speed * Double(wall - anchorWall)
            let logical = passed < Double(end - anchorLogical) ? anchorLogical + Int64(passed) : end
            return max(highWater, min(logical, end))
        }
    }

    func now(in state: Run.State, at wall: Instant) -> Instant { state == .running ? logical(at: wall) : highWater }

    /// How long until a simulated moment, by the wall; nil for as fast as possible.
    package func delay(until moment: Instant, at wall: Instant) -> Duration? {
        guard case .times(let speed) = speed else { return nil }
        let left = Double(moment - logical(at: wall)) / speed
        return .microseconds(Int64(min(max(left, 0), 3.6e9)))
    }
}

extension Run {
    /// Reads a row of `SimulationStatements.state`.
    ///
    /// - Parameter wall: from the database's clock to the one to go by.
    init?(_ rows: any Rows, wall: (Instant) -> Instant) throws(Problem) {
        func instant(_ column: Int) -> Instant? { rows.cell(column).integer.map(Instant.init(microseconds:)) }
        func whole(_ column: Int) -> Int { Int(rows.cell(column).integer ?? 0) }
        guard let id = rows.cell(0).string, let logicalThen = instant(4),
            var kept = rows.cell(11).string.flatMap({ try? JSON(parsing: $0) })?.object
        else { return nil }
        let (figures, packKey) = (kept["figures"], kept["pack"]?.string)
        kept = kept.reduce(into: [:]) { rest, member in
            if !["figures", "pack"].contains(member.name) { rest[member.name] = member.value }
        }
        let order = try Order(json: .object(kept), now: logicalThen, seed: 0)
        guard let pulse = Pulse(rows, end: order.end, wall: wall) else { return nil }
        self.init(
            id: id, state: pulse.state, version: whole(2), clock: pulse.clock, chunks: whole(7), planned: whole(8),
            planHash: rows.cell(9).string ?? "", pack: rows.cell(10).string ?? "",
            packKey: packKey, order: order, startedAt: instant(12), endedAt: instant(13), error: rows.cell(14).string,
            wall: pulse.wall, industry: figures.flatMap(Industry.init))
    }
}

/// How far a simulation is.
package struct Progress: Sendable, Hashable {
    /// Primary records that are there (confirmed, where an outside tool gets them), and those that were refused.
    package let records: Int
    package let lost: Int
    /// Primary records whose moment has come, refused or not.
    let arrived: Int
    /// All steps that are done, the refused ones not among them.
    package let steps: Int
    package let dead: Int
    /// Steps of the chunks that were begun, as far as they are told.
    let known: Int
    /// Stories that are listed as standing still.
    let halted: Int
    /// What an outside tool has of the records; nil where none gets them.
    package let delivery: Delivery?
    let chunks: Int
    let doneChunks: Int
    let lastDue: Instant?
    package let nextDue: Instant?

    init(_ rows: any Rows) {
        func whole(_ column: Int) -> Int { Int(rows.cell(column).integer ?? 0) }
        func instant(_ column: Int) -> Instant? { rows.cell(column).integer.map(Instant.init(microseconds:)) }
        (chunks, doneChunks, arrived, lost) = (whole(0), whole(1), whole(2), whole(3))
        (dead, known, halted) = (whole(5), whole(6), whole(14))
        delivery = rows.cell(9).string.map {
            Delivery(target: $0, open: whole(10), confirmed: whole(11), dead: whole(12), primary: whole(13))
        }
        (records, steps) = (delivery?.primary ?? arrived - lost, whole(4) - dead)
        (lastDue, nextDue) = (instant(7), instant(8))
    }
}

extension Progress {
    /// Whether nothing is left to be done: every chunk is at its end, and the outside tool has taken or refused every record.
    var isSettled: Bool { doneChunks == chunks && delivery?.open ?? 0 == 0 }

    /// Whether done and dead are together the whole, counted from the chunks and the list of the dead and taken from no total that
    /// somebody has kept: all chunks of the plan are there, every primary record has come, every step is done or refused, and
    /// where some are refused, their stories are listed.
    func addsUp(to run: Run) -> Bool {
        chunks == run.chunks && arrived == run.order.total && steps + dead == known && (dead > 0) == (halted > 0)
    }

    /// Steps, and records that were sent, with those that were refused.
    var all: Int { steps + dead + (delivery.map { $0.confirmed + $0.dead } ?? 0) }
    var refused: Int { dead + (delivery?.dead ?? 0) }

    func isWithin(_ tolerance: Double) -> Bool { Double(refused) <= tolerance * Double(all) }
}
