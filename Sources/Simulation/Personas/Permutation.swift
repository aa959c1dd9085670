/// The numbers below a size in another order, which the seed decides: each once, none stored, any place known at once.
///
/// A Feistel network over the next even number of bits, walked until it lands below the size again
/// (Black and Rogaway, "Ciphers with Arbitrary Finite Domains", 2002).
struct Permutation: Sendable {
    private let size: UInt64
    private let half: UInt64
    private let keys: [UInt64]

    init(size: Int, seed: UInt64, _ purpose: Purpose) {
        self.size = UInt64(max(size, 1))
        let bits = max(1, (64 - (self.size - 1).leadingZeroBitCount + 1) / 2)
        half = UInt64(bits)
        let stream = Stream(seed: seed, purpose)
        keys = (0..<4).map { stream.bits(at: $0) }
    }

    subscript(place: Int) -> Int {
        var value = UInt64(place) % size
        repeat { value = scrambled(value) } while value >= size
        return Int(value)
    }

    private func scrambled(_ value: UInt64) -> UInt64 {
        let mask = (1 << half) - 1 as UInt64
        var (left, right) = (value >> half, value & mask)
        for key in keys { (left, right) = (right, left ^ (mix(right ^ key) & mask)) }
        return left << half | right
    }
}
