/// A place in PostgreSQL's write-ahead log: whoever has come so far sees everything that was committed before it.
///
/// It is written as PostgreSQL does: `16/B374D848`.
package struct LogPosition: Sendable, Hashable, Comparable, CustomStringConvertible {
    private let bytes: UInt64

    private init(bytes: UInt64) { self.bytes = bytes }

    package init?(_ text: String) {
        let halves = text.split(separator: "/", omittingEmptySubsequences: false).map { UInt32($0, radix: 16) }
        guard halves.count == 2, let high = halves[0], let low = halves[1] else { return nil }
        bytes = UInt64(high) << 32 | UInt64(low)
    }

    /// Where no replica will ever be.
    package static let end = LogPosition(bytes: .max)

    package var description: String {
        String(bytes >> 32, radix: 16, uppercase: true) + "/" + String(bytes & 0xFFFF_FFFF, radix: 16, uppercase: true)
    }

    /// How many bytes of the log are between; 0 where this is not the later of the two.
    func bytes(after other: LogPosition) -> Int { bytes > other.bytes ? Int(clamping: bytes - other.bytes) : 0 }

    package static func < (a: LogPosition, b: LogPosition) -> Bool { a.bytes < b.bytes }
}

/// How recent the data must be that a read sees.
package enum Freshness: Sendable, Hashable {
    /// Everything that was committed before it began.
    case latest
    /// What was committed before that position; with nil, what any replica has that may be asked at all.
    case atLeast(LogPosition?)
}

/// Where the primary was, and when.
struct PositionHistory: Sendable {
    private var entries: [(position: LogPosition, at: ContinuousClock.Instant)] = []

    /// Remembers as far back as `span`, and one entry more.
    mutating func note(_ position: LogPosition, at now: ContinuousClock.Instant, keeping span: Duration) {
        entries.append((position, now))
        let old = entries.count { now - $0.at > span }
        entries.removeFirst(max(0, old - 1))
    }

    var start: ContinuousClock.Instant? { entries.first?.at }
    var latest: LogPosition? { entries.last?.position }

    /// As of when somebody sees the data who has come so far; nil for before the start.
    func moment(of position: LogPosition) -> ContinuousClock.Instant? { entries.last { $0.position <= position }?.at }
}
