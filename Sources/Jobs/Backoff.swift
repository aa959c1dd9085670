/// How long to wait between two attempts: twice as long each time, and not all at the same moment.
package struct Backoff: Sendable, Hashable {
    package let first: Duration
    package let longest: Duration

    package init(first: Duration = .seconds(5), longest: Duration = .seconds(3600)) {
        (self.first, self.longest) = (first, longest)
    }

    /// The wait after an attempt that failed, counted from 1: between half of `first * 2^(attempt - 1)` and all of it.
    ///
    /// Jobs that failed together are spread by their ids, so that the same job waits equally long in every run.
    package func wait(after attempt: Int, of id: String) -> Duration {
        let doublings = min(max(attempt - 1, 0), 30)
        let whole = min(first * (1 << doublings), longest)
        return whole * (0.5 + 0.5 * Backoff.fraction(id, attempt))
    }

    /// A number in 0..<1 that looks random (FNV-1a, then the finalizer of SplitMix64).
    private static func fraction(_ id: String, _ attempt: Int) -> Double {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in id.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        hash = hash &+ UInt64(attempt) &* 0x9E37_79B9_7F4A_7C15
        hash = (hash ^ hash >> 30) &* 0xBF58_476D_1CE4_E5B9
        hash = (hash ^ hash >> 27) &* 0x94D0_49BB_1331_11EB
        return Double((hash ^ hash >> 31) >> 11) / Double(1 << 53)
    }
}
