import Foundation
import SQL
import Values

extension Functions {
    static let geography: [Function] = [
        Function(
            "GEOLOCATION(latitude, longitude)", .geography,
            "The place with these coordinates in degrees; an error where there is none.",
            example: "DISTANCE(GEOLOCATION(0, 0), GEOLOCATION(0, 90), \"km\")", "10007.5575351772",
            Overload(
                name: "GEOLOCATION", parameters: [.number, .number], result: .location, mayFail: true,
                evaluation: .numbers { latitude, longitude throws(FormulaError) in
                    guard let place = Location(latitude: latitude.double, longitude: longitude.double)
                    else { throw .failure(.outOfRange, "There is no place \(latitude), \(longitude)") }
                    return .location(place)
                },
                postgres: .function("geolocation"))),
        Function(
            "DISTANCE(place, place, unit)", .geography,
            """
            The great-circle distance of two places on a sphere of the Earth's mean radius, in `km` (6,371.009) or `mi` \
            (3,958.761), to 15 digits.
            """,
            example: "ROUND(DISTANCE(GEOLOCATION(47.37, 8.54), GEOLOCATION(52.52, 13.4), \"km\"), 1)", "669.6",
            Overload(
                name: "DISTANCE", parameters: [.location, .location, .text], result: .number, mayFail: true,
                evaluation: .many { values throws(FormulaError) in
                    guard case .location(let a) = values[0], case .location(let b) = values[1], case .text(let unit) = values[2]
                    else { return .null }
                    guard let radius = ["km": 6371.009, "mi": 3958.761][unit.lowercased()]
                    else { throw .failure(.badValue, "\(Syntax.quoted(unit)) is no unit of DISTANCE (km or mi)") }
                    return try rounded(2 * radius * asin(min(1, chord(a, b) / 2)))
                },
                postgres: .function("distance"))),
    ]
}

/// The straight line between two points of the unit sphere.
private func chord(_ a: Location, _ b: Location) -> Double {
    let (p, q) = (spherical(a), spherical(b))
    let (x, y, z) = (p.x - q.x, p.y - q.y, p.z - q.z)
    return (x * x + y * y + z * z).squareRoot()
}

private func spherical(_ place: Location) -> (x: Double, y: Double, z: Double) {
    let (latitude, longitude) = (place.latitude * (Double.pi / 180), place.longitude * (Double.pi / 180))
    return (sin(longitude) * cos(latitude), cos(longitude) * cos(latitude), sin(latitude))
}
