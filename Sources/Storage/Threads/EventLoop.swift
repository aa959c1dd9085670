import Dispatch
import Foundation
import Synchronization

/// Runs actors on one thread, which also waits for their sockets.
///
/// Each actor has a place in the loop, at which it waits for one thing at a time: its socket, a moment, or somebody who
/// nudges it. Its task is to prefer the loop: a task that prefers none is resumed by a thread of the pool, which only hands it
/// over, and that costs more than what there is to do.
final class EventLoop: SerialExecutor, TaskExecutor {
    struct Wakeup: OptionSet, Sendable {
        let rawValue: Int
        static let readable = Wakeup(rawValue: 1)
        static let writable = Wakeup(rawValue: 2)
        static let nudged = Wakeup(rawValue: 4)
        /// The moment has come until which was to be waited.
        static let late = Wakeup(rawValue: 8)
    }

    /// What is waited for; a socket of -1 is none.
    struct Wish: Sendable {
        var socket: Int32 = -1
        var events: Wakeup = []
        var until: ContinuousClock.Instant?

        fileprivate var poll: pollfd {
            let read = events.contains(.readable) ? Int16(POLLIN) : 0
            return pollfd(fd: socket, events: events.contains(.writable) ? read | Int16(POLLOUT) : read, revents: 0)
        }
    }

    private struct Waiting {
        let wish: Wish
        let continuation: CheckedContinuation<Wakeup, Never>
    }

    private struct State {
        var jobs: [UnownedJob] = []
        var waiting: [Int: Waiting] = [:]
        var nudged: Set<Int> = []
        var places = 0
        var lastPlace = 0
        var isAsleep = false
        /// Whether the thread has ended.
        var isOver = false

        /// Whether the thread must be woken; only the first to ask is told so.
        mutating func wake() -> Bool {
            defer { isAsleep = false }
            return isAsleep
        }
    }

    private let state = Mutex(State())
    private let bell: Bell
    private let aftermath = DispatchQueue(label: "aftermath")

    init(name: String) throws {
        bell = try Bell()
        let thread = Thread { [self] in work() }
        thread.name = name
        thread.start()
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let (isAsleep, isOver) = state.withLock { state in
            if state.isOver { return (false, true) }
            state.jobs.append(job)
            return (state.wake(), false)
        }
        if isAsleep { bell.ring() }
        // Who comes after everybody has left is told so, by whatever thread.
        if isOver { aftermath.async { [self] in run(job) } }
    }

    /// A place to wait at. The loop runs until every place has been left.
    func join() -> Int {
        state.withLock { state in
            (state.places, state.lastPlace) = (state.places + 1, state.lastPlace + 1)
            return state.lastPlace
        }
    }

    func leave(_ place: Int) {
        let isAsleep = state.withLock { state in
            state.places -= 1
            state.nudged.remove(place)
            return state.wake()
        }
        if isAsleep { bell.ring() }
    }

    /// Waits without keeping the thread.
    func wait(at place: Int, for wish: Wish) async -> Wakeup {
        await withCheckedContinuation { continuation in
            let (isNudged, isAsleep) = state.withLock { state in
                if state.nudged.remove(place) != nil { return (true, false) }
                state.waiting[place] = Waiting(wish: wish, continuation: continuation)
                // Somebody else's closure may run on another thread.
                return (false, state.wake())
            }
            if isAsleep { bell.ring() }
            if isNudged { continuation.resume(returning: .nudged) }
        }
    }

    /// Waits and keeps the thread, so that nothing else runs on it meanwhile.
    func block(at place: Int, for wish: Wish) -> Wakeup {
        let isNudged = state.withLock { state in
            let isNudged = state.nudged.remove(place) != nil
            state.isAsleep = !isNudged
            return isNudged
        }
        if isNudged { return .nudged }
        var polls = [bell.poll, wish.poll]
        poll(&polls, 2, EventLoop.timeout(until: wish.until))
        if polls[0].revents != 0 { bell.quiet() }
        let wasNudged = state.withLock { state in
            state.isAsleep = false
            return state.nudged.remove(place) != nil
        }
        return EventLoop.wakeup(polls[1], wish, now: .now).union(wasNudged ? .nudged : [])
    }

    /// Ends the wait at a place, or the next one to begin there.
    func nudge(_ place: Int) {
        let (waiting, isAsleep) = state.withLock { state -> (Waiting?, Bool) in
            if let waiting = state.waiting.removeValue(forKey: place) { return (waiting, false) }
            state.nudged.insert(place)
            return (nil, state.wake())
        }
        if isAsleep { bell.ring() }
        waiting?.continuation.resume(returning: .nudged)
    }
}

extension EventLoop {
    private func run(_ job: UnownedJob) {
        job.runSynchronously(isolatedTo: asUnownedSerialExecutor(), taskExecutor: asUnownedTaskExecutor())
    }

    private func work() {
        var (places, polls): ([Int], [pollfd]) = ([], [])
        while true {
            let jobs = state.withLock { state in
                defer { state.jobs.removeAll() }
                return state.jobs
            }
            for job in jobs { run(job) }
            guard let timeout = prepare(&places, &polls) else { return }
            poll(&polls, nfds_t(polls.count), timeout)
            if polls[0].revents != 0 { bell.quiet() }
            for (waiting, wakeup) in ready(places, polls) { waiting.continuation.resume(returning: wakeup) }
        }
    }

    /// What to poll, and for how many milliseconds; nil when everybody has left.
    private func prepare(_ places: inout [Int], _ polls: inout [pollfd]) -> Int32? {
        places.removeAll(keepingCapacity: true)
        polls.removeAll(keepingCapacity: true)
        polls.append(bell.poll)
        return state.withLock { state in
            var until: ContinuousClock.Instant?
            for (place, waiting) in state.waiting {
                places.append(place)
                polls.append(waiting.wish.poll)
                if let moment = waiting.wish.until { until = min(until ?? moment, moment) }
            }
            if !state.jobs.isEmpty { return 0 }
            if state.places == 0, state.lastPlace > 0 {
                state.isOver = true
                return nil
            }
            state.isAsleep = true
            return EventLoop.timeout(until: until)
        }
    }

    /// Those whose wait is over.
    private func ready(_ places: [Int], _ polls: [pollfd]) -> [(Waiting, Wakeup)] {
        let now = ContinuousClock.now
        return state.withLock { state in
            state.isAsleep = false
            return zip(places, polls.dropFirst()).compactMap { place, poll in
                guard let waiting = state.waiting[place] else { return nil }
                let wakeup = EventLoop.wakeup(poll, waiting.wish, now: now)
                if wakeup.isEmpty { return nil }
                state.waiting[place] = nil
                return (waiting, wakeup)
            }
        }
    }

    private static func wakeup(_ poll: pollfd, _ wish: Wish, now: ContinuousClock.Instant) -> Wakeup {
        var wakeup: Wakeup = []
        // A broken socket is readable: reading tells what is wrong.
        if poll.revents & Int16(POLLIN | POLLHUP | POLLERR | POLLNVAL) != 0 { wakeup.insert(.readable) }
        if poll.revents & Int16(POLLOUT) != 0 { wakeup.insert(.writable) }
        if let until = wish.until, until <= now { wakeup.insert(.late) }
        return wakeup
    }

    /// In milliseconds, as `poll` takes it.
    static func timeout(until moment: ContinuousClock.Instant?) -> Int32 {
        guard let moment else { return -1 }
        let rest = ContinuousClock.now.duration(to: moment)
        return rest <= .zero ? 0 : Int32(clamping: Int((rest / .milliseconds(1)).rounded(.up)))
    }
}

/// A pipe to oneself, by which a thread that polls is woken.
private final class Bell: Sendable {
    private let reading: Int32
    private let writing: Int32

    init() throws {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else {
            throw StorageError.unavailable("no pipe can be made (\(String(cString: strerror(errno))))")
        }
        (reading, writing) = (ends[0], ends[1])
        for end in ends {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
    }

    deinit {
        close(reading)
        close(writing)
    }

    var poll: pollfd { pollfd(fd: reading, events: Int16(POLLIN), revents: 0) }

    func ring() {
        var byte: UInt8 = 0
        _ = write(writing, &byte, 1)
    }

    func quiet() {
        var bytes: [UInt8] = Array(repeating: 0, count: 64)
        while read(reading, &bytes, bytes.count) == bytes.count {}
    }
}
