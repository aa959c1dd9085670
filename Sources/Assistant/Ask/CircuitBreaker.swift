/// Leaves a provider alone that fails again and again: after some failures in a row nobody asks for a while, then one may try.
package struct CircuitBreaker: Sendable {
    private enum State: Sendable {
        case closed(failures: Int)
        case open(until: ContinuousClock.Instant)
        /// One is trying.
        case trying
    }

    private var state = State.closed(failures: 0)
    let failures: Int
    let rest: Duration

    package init(failures: Int = 5, rest: Duration = .seconds(30)) { (self.failures, self.rest) = (failures, rest) }

    /// Whether one may ask now; who may must tell what came of it.
    package mutating func admit(at now: ContinuousClock.Instant) -> Bool {
        switch state {
        case .closed: return true
        case .trying: return false
        case .open(let until):
            guard now >= until else { return false }
            state = .trying
            return true
        }
    }

    /// How long nobody may ask; nil where somebody may, or is trying.
    package func remainingRest(at now: ContinuousClock.Instant) -> Duration? {
        if case .open(let until) = state, until > now { until - now } else { nil }
    }

    package mutating func succeeded() { state = .closed(failures: 0) }

    package mutating func failed(at now: ContinuousClock.Instant) {
        switch state {
        case .closed(let count) where count + 1 < failures: state = .closed(failures: count + 1)
        case .closed, .trying: state = .open(until: now + rest)
        case .open: break
        }
    }

    /// What came of it says nothing about the provider: it was cancelled, or the request was at fault.
    package mutating func released() { if case .trying = state { state = .open(until: .now) } }
}
