import Foundation

/// The shares of the count at which records stand: N rising numbers in (0, 1), each known without those before it.
package struct Points: Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        /// One in each of N equal strata: the count follows the curve to one record.
        case stratified
        /// As if each came by chance: bursts and gaps are as natural as they are in life.
        case poisson
    }

    package let count: Int
    private let stream: Stream
    private let jitter: Double
    private let spacings: Spacings?

    package init(_ kind: Kind, count: Int, seed: UInt64, jitter: Double = 1) {
        (self.count, self.jitter) = (count, jitter)
        stream = Stream(seed: seed, Points.purpose)
        spacings = kind == .poisson ? Spacings(count: count, stream) : nil
    }

    private static let purpose = Purpose("arrival")

    /// The points of some places, in order.
    package func points(_ range: Range<Int>) -> [Double] {
        if let spacings { return spacings.points(range, stream) }
        let n = Double(count)
        return range.map { index in
            (Double(index) + 0.5 + jitter * (stream.unit(at: UInt64(index)) - 0.5)) / n
        }
    }
}

/// The order statistics of N uniform numbers: sums of exponential spacings, in proportion to the sum of all N + 1
/// (Devroye, "Non-Uniform Random Variate Generation", V.2.2).
private struct Spacings: Sendable {
    /// The sum before every block.
    private let sums: [Double]
    private let total: Double

    private static let block = 4096

    init(count: Int, _ stream: Stream) {
        var (sums, sum) = ([Double](), 0.0)
        for index in 0...count {
            if index % Self.block == 0 { sums.append(sum) }
            sum += Self.spacing(index, stream)
        }
        (self.sums, total) = (sums, sum)
    }

    private static func spacing(_ index: Int, _ stream: Stream) -> Double { -log(stream.unit(at: UInt64(index))) }

    func points(_ range: Range<Int>, _ stream: Stream) -> [Double] {
        guard !range.isEmpty else { return [] }
        let first = range.lowerBound / Self.block
        var sum = sums[first]
        var points: [Double] = []
        points.reserveCapacity(range.count)
        for index in first * Self.block..<range.upperBound {
            sum += Self.spacing(index, stream)
            if index >= range.lowerBound { points.append(sum / total) }
        }
        return points
    }
}
