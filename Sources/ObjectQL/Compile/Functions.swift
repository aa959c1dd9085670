import Foundation
package import SQL
import Values

extension Query {
    /// The functions that statements call on SQLite: to be registered on every connection, as deterministic.
    package static let functions: [SQLFunction] = [
        // Related records as JSON.
        RecordForm.record, RecordForm.records,
        // martlet_fold(text): the form by which texts are compared without regard to case.
        SQLFunction(name: "martlet_fold", arguments: 1) { cells in cells[0].string.map { .text(folded($0)) } ?? .null },
        // martlet_local(microseconds, zone): the moment as if the zone's clock were UTC.
        SQLFunction(name: "martlet_local", arguments: 2) { cells in
            guard let microseconds = cells[0].integer, let zone = cells[1].string.flatMap(Zone.init) else { return .null }
            return .integer(zone.local(Instant(microseconds: microseconds)).microseconds)
        },
        // martlet_compare(a, scale of a, b, scale of b): -1, 0 or 1, exactly.
        SQLFunction(name: "martlet_compare", arguments: 4) { cells in
            guard let a = Number(cells[0], cells[1]), let b = Number(cells[2], cells[3]) else { return .null }
            return .integer(a < b ? -1 : a > b ? 1 : 0)
        },
        // martlet_sum(upper, lower, scale): the sum, in units.
        SQLFunction(name: "martlet_sum", arguments: 3) { cells in
            guard let total = Total(cells[0], cells[1], cells[2]) else { return .null }
            return total.sum
        },
        // martlet_format(units, scale): the number with a comma between groups of three digits.
        SQLFunction(name: "martlet_format", arguments: 2) { cells in
            guard let scale = cells[1].integer else { return .null }
            let number = cells[0].integer.map { Number(scaled: $0, scale: Int(scale)) } ?? cells[0].string.flatMap { Number($0) }
            return number.map { .text($0.grouped(scale: Int(scale))) } ?? .null
        },
        // martlet_distance(latitude, longitude, latitude, longitude): kilometres.
        SQLFunction(name: "martlet_distance", arguments: 4) { cells in
            let degrees = cells.compactMap(\.real)
            guard degrees.count == 4 else { return .null }
            return .real(distance(from: (degrees[0], degrees[1]), to: (degrees[2], degrees[3])))
        },
        // martlet_units(JSON, name, scale): a number of a JSON object, in units, exactly.
        SQLFunction(name: "martlet_units", arguments: 3) { cells in
            guard let json = cells[0].string.flatMap({ try? JSON(parsing: $0) }), let name = cells[1].string,
                let scale = cells[2].integer
            else { return .null }
            return json[name]?.number?.scaled(to: Int(scale)).map(Bind.integer) ?? .null
        },
        // martlet_instant(text): microseconds since 1970.
        SQLFunction(name: "martlet_instant", arguments: 1) { cells in
            cells[0].string.flatMap { Instant($0) }.map { .integer($0.microseconds) } ?? .null
        },
        // martlet_avg(upper, lower, count, scale): the average, in units of four more digits.
        SQLFunction(name: "martlet_avg", arguments: 4) { cells in
            guard let total = Total(cells[0], cells[1], cells[3]), let count = cells[2].integer else { return .null }
            return total.average(of: Int(count))
        },
    ]
}

/// A sum of decimals, put together from the sums of their upper and their lower digits.
struct Total {
    /// Where the digits are parted: a sum of lower parts overflows only beyond nine thousand million rows.
    static let unit = 1_000_000_000

    private let units: Int128
    private let scale: Int

    init?(_ upper: Cell, _ lower: Cell, _ scale: Cell) {
        guard let upper = upper.integer, let lower = lower.integer, let scale = scale.integer else { return nil }
        units = Int128(upper) * Int128(Total.unit) + Int128(lower)
        self.scale = Int(scale)
    }

    var sum: Bind { Total.bind(Number(coefficient: units, exponent: Int32(-scale)), scale) }

    func average(of count: Int) -> Bind {
        let places = scale + AggregateFunction.averageDigits
        guard let average = Number(coefficient: units, exponent: Int32(-scale)) / Number(count) else { return .null }
        return Total.bind(average, places)
    }

    /// Counted in units where 64 bits hold them; beyond, the number's text.
    private static func bind(_ number: Number, _ scale: Int) -> Bind {
        number.scaled(to: scale).map(Bind.integer) ?? .text(number.text(scale: scale))
    }
}

extension Number {
    fileprivate init?(_ units: Cell, _ scale: Cell) {
        guard let units = units.integer, let scale = scale.integer else { return nil }
        self.init(scaled: units, scale: Int(scale))
    }
}

extension Cell {
    fileprivate var real: Double? {
        switch self {
        case .real(let real): real
        case .integer(let integer): Double(integer)
        default: nil
        }
    }
}

extension Number {
    /// `1,234,567.80`
    func grouped(scale: Int) -> String {
        let text = rounded(to: scale).text(scale: scale)
        let digits = text.drop { $0 == "-" }.prefix { $0 != "." }
        var grouped = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { grouped += "," }
            grouped.append(digit)
        }
        return text.prefix { $0 == "-" } + grouped + text.drop { $0 != "." }
    }
}

/// Kilometres along a great circle (the haversine formula); degrees.
private func distance(from a: (latitude: Double, longitude: Double), to b: (latitude: Double, longitude: Double)) -> Double {
    func radians(_ degrees: Double) -> Double { degrees * .pi / 180 }
    let (x, y) = (sin(radians(b.latitude - a.latitude) / 2), sin(radians(b.longitude - a.longitude) / 2))
    let chord = x * x + cos(radians(a.latitude)) * cos(radians(b.latitude)) * y * y
    return Earth.diameter * asin(min(1, sqrt(chord)))
}
