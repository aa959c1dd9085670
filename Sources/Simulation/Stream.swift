import Foundation

/// Random numbers by place: the number at any place of any stream is known without those before it, so work can be cut
/// anywhere, and a purpose that draws more does not shift what others draw.
///
/// SplitMix64's output function (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", 2014) over a counter.
package struct Stream: RandomNumberGenerator, Sendable {
    private let key: UInt64
    private var place: UInt64 = 0

    /// - Parameter index: which of many alike, such as the number of a story.
    package init(seed: UInt64, _ purpose: Purpose, _ index: Int = 0) {
        key = mix(mix(seed ^ purpose.key) &+ UInt64(bitPattern: Int64(index)) &* 0xD134_2543_DE82_EF95)
    }

    package mutating func next() -> UInt64 {
        defer { place &+= 1 }
        return bits(at: place)
    }

    package func bits(at place: UInt64) -> UInt64 { mix(key &+ (place &+ 1) &* 0x9E37_79B9_7F4A_7C15) }

    /// In (0, 1), the ends left out.
    package func unit(at place: UInt64) -> Double { (Double(bits(at: place) >> 11) + 0.5) * 0x1p-53 }
}

/// What numbers are drawn for.
package struct Purpose: Sendable, Hashable {
    let key: UInt64

    /// The text's hash (FNV-1a) is the purpose: two purposes need two texts.
    package init(_ name: StaticString) {
        key = name.withUTF8Buffer { bytes in bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 } }
    }
}

/// SplitMix64's finaliser: every bit of the argument moves every bit of the result.
func mix(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
}

extension Stream {
    /// In (0, 1).
    package mutating func unit() -> Double {
        defer { place &+= 1 }
        return unit(at: place)
    }

    package mutating func chance(_ probability: Double) -> Bool { unit() < probability }

    package mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

    package mutating func pick<Item>(_ items: [Item]) -> Item { items[number(0...items.count - 1)] }

    /// One of the items, each as likely as its weight.
    package mutating func pick<Item>(weighted items: [(item: Item, weight: Double)]) -> Item {
        var rest = unit() * items.reduce(0) { $0 + $1.weight }
        for (item, weight) in items {
            rest -= weight
            if rest < 0 { return item }
        }
        return items[items.count - 1].item
    }

    /// Standard normal, by inversion.
    package mutating func normal() -> Double { Normal.quantile(unit()) }

    /// A log-normal number of that median; `sigma` is the deviation of its logarithm.
    package mutating func logNormal(median: Double, sigma: Double) -> Double { median * exp(sigma * normal()) }

    /// How often something happens that happens `mean` times on average (Knuth's product, for small means).
    package mutating func poisson(_ mean: Double) -> Int {
        let limit = exp(-min(mean, 200))
        var (count, product) = (0, unit())
        while product > limit {
            count += 1
            product *= unit()
        }
        return count
    }
}
