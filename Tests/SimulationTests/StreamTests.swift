import Simulation
import Testing

@Suite struct `A stream of random numbers` {
    @Test func `is the same for the same seed, purpose and index`() {
        var (a, b) = (Stream(seed: 7, Purpose("amount"), 3), Stream(seed: 7, Purpose("amount"), 3))
        #expect((0..<100).map { _ in a.next() } == (0..<100).map { _ in b.next() })
    }

    @Test func `differs by seed, by purpose and by index`() {
        let streams = [
            Stream(seed: 7, Purpose("amount"), 3), Stream(seed: 8, Purpose("amount"), 3), Stream(seed: 7, Purpose("name"), 3),
            Stream(seed: 7, Purpose("amount"), 4),
        ]
        #expect(Set(streams.map { $0.bits(at: 0) }).count == streams.count)
    }

    @Test func `knows the number at any place without those before it`() {
        var stream = Stream(seed: 1, Purpose("x"))
        let numbers = (0..<50).map { _ in stream.next() }
        #expect(numbers.indices.allSatisfy { stream.bits(at: UInt64($0)) == numbers[$0] })
    }

    @Test func `is even, and never reaches the ends`() {
        let stream = Stream(seed: 99, Purpose("even"))
        var counts = [Int](repeating: 0, count: 64)
        for place in 0..<64_000 {
            let unit = stream.unit(at: UInt64(place))
            #expect(unit > 0 && unit < 1)
            counts[Int(unit * 64)] += 1
        }
        // 63 degrees of freedom: above 103 in one of a thousand seeds.
        let chiSquare = counts.reduce(0.0) { $0 + (Double($1) - 1000) * (Double($1) - 1000) / 1000 }
        #expect(chiSquare < 103)
    }

    @Test func `draws log-normal numbers around their median`() {
        var stream = Stream(seed: 5, Purpose("log-normal"))
        let numbers = (0..<20_001).map { _ in stream.logNormal(median: 75, sigma: 0.85) }.sorted()
        #expect(abs(numbers[10_000] / 75 - 1) < 0.03)
        #expect(abs(numbers[16_827] / (75 * 2.3396) - 1) < 0.05, "one deviation above")
    }
}
