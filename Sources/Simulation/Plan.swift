import Crypto
package import Values

/// When every record of a simulation is created: a sorted list, each place of which is known without the others.
///
///     let plan = Plan(Distribution(.bellCurve), over: window, count: 10_000)
///     plan.dues(0..<3)      // the first three moments
///     plan.chunk(7).packed  // how a worker finds them in the database
///
/// Platforms may compute the last bit of a logarithm differently, so the chunks that were stored are the authority.
package struct Plan: Sendable {
    package let window: Window
    package let count: Int
    package let chunkSize: Int
    private let curve: any Curve
    private let points: Points

    /// - Parameter chunkSize: events in a chunk; by default as many as give small simulations some parallel work.
    package init(_ distribution: Distribution, over window: Window, count: Int, chunkSize: Int? = nil) {
        (self.window, self.count) = (window, count)
        self.chunkSize = chunkSize ?? min(max(count / 32, 128), 1024)
        curve = distribution.curve(over: window)
        points = Points(
            distribution.parameters.points, count: count, seed: window.seed, jitter: distribution.method.jitter(distribution))
    }

    package var chunkCount: Int { (count + chunkSize - 1) / chunkSize }

    /// The moments of some places, in order.
    package func dues(_ range: Range<Int>) -> [Instant] {
        // The one before them, so that rounding cannot turn two around where a range begins.
        let lead = range.lowerBound > 0 ? 1 : 0
        var last = window.start
        var dues: [Instant] = []
        dues.reserveCapacity(range.count)
        for (index, u) in points.points(range.lowerBound - lead..<range.upperBound).enumerated() {
            last = max(last, window.instant(curve.quantile(u)))
            if index >= lead { dues.append(last) }
        }
        return dues
    }

    package func chunk(_ index: Int) -> Chunk {
        let first = index * chunkSize
        return Chunk(index: index, first: first, dues: dues(first..<min(first + chunkSize, count)))
    }

    /// How many records fall into each of so many equal parts of the window, to one record, without planning them.
    package func preview(parts: Int) -> [Int] {
        let upTo = (0...parts).map { Int((curve.cumulative(Double($0) / Double(parts)) * Double(count)).rounded()) }
        return zip(upTo, upTo.dropFirst()).map { $1 - $0 }
    }
}

/// A stretch of a plan, as it is stored and leased.
package struct Chunk: Sendable, Hashable {
    package let index: Int
    /// The place of its first event in the plan.
    package let first: Int
    package let dues: [Instant]

    package init(index: Int, first: Int, dues: [Instant]) { (self.index, self.first, self.dues) = (index, first, dues) }
}

/// One hash over the chunks of a plan, in order: two plans with the same hash are the same.
package struct PlanHash {
    private var hash = SHA256()

    package init() {}

    package mutating func add(_ packed: [UInt8]) { hash.update(data: packed) }

    package var text: String { hash.finalize().map(hexadecimal).joined() }
}

extension Method {
    fileprivate func jitter(_ distribution: Distribution) -> Double { distribution.parameters.numbers["jitter"] ?? jitter }
}
