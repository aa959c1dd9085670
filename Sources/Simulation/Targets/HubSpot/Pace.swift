import Jobs
import Values

extension HubSpot {
    /// How many requests HubSpot bears: so many in ten seconds, so many a day. Its answers say how many; until one has, the least of
    /// all accounts' limits counts.
    struct Pace: Sendable {
        var zone: Zone?
        private var most = 100
        private var length = Duration.seconds(10)
        /// When the requests of the present stretch were sent.
        private var sent: [Duration] = []
        /// Others use the account, too: it has said that nothing is left of the stretch, or of the day.
        private var heldUntil = Duration.zero
        private var closedUntil: Instant?

        init() {}

        /// How long the next request has to wait; nil where it may go, and then it counts.
        ///
        /// - Throws: where the day's requests are used up.
        mutating func wait(_ clock: any JobClock) throws(TargetFailure) -> Duration? {
            let (now, uptime) = (clock.now, clock.uptime)
            if let closedUntil, now < closedUntil {
                throw TargetFailure(.passing(.microseconds(closedUntil - now)), "HubSpot's requests of the day are used up")
            }
            closedUntil = nil
            sent.removeAll { $0 + length <= uptime }
            if heldUntil > uptime { return heldUntil - uptime }
            if sent.count >= most, let first = sent.first { return first + length - uptime }
            sent.append(uptime)
            return nil
        }

        mutating func note(_ reply: Reply, at now: Instant, _ uptime: Duration) {
            if let window = reply.window {
                (most, length) = (window.most, window.length)
                if window.left <= 0 { heldUntil = uptime + length }
            }
            if let left = reply.leftToday, left <= 0 {
                closedUntil = now + (reply.retryAfter ?? untilMidnight(now))
            }
        }

        /// Until the account's day ends. Where its zone is not known, an hour: then it is tried again.
        func untilMidnight(_ now: Instant) -> Duration {
            guard let zone else { return .seconds(3600) }
            return .microseconds(zone.instant(zone.day(now) + 1) - now) + .seconds(1)
        }
    }
}
