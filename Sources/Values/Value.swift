/// One value of a record's field, whatever its type: what formulas compute with, triggers see and queries bind.
///
/// An id and a picklist value are texts; several choices (multi-select, tags) are a list of texts. An empty text
/// is never stored: the engine turns it into `null`.
package enum Value: Sendable, Hashable {
    case null
    case bool(Bool)
    case number(Number)
    case text(String)
    case date(Day)
    case datetime(Instant)
    case time(TimeOfDay)
    case list([String])
    case location(Location)
    case json(JSON)
}

extension Value {
    package var isNull: Bool { self == .null }

    package var text: String? { if case .text(let text) = self { text } else { nil } }
    package var number: Number? { if case .number(let number) = self { number } else { nil } }
    package var bool: Bool? { if case .bool(let bool) = self { bool } else { nil } }

    /// The value as it stands in an API answer.
    package var json: JSON {
        switch self {
        case .null: .null
        case .bool(let bool): .bool(bool)
        case .number(let number): .number(number)
        case .text(let text): .string(text)
        case .date(let day): .string(day.description)
        case .datetime(let instant): .string(instant.description)
        case .time(let time): .string(time.description)
        case .list(let items): .array(items.map(JSON.string))
        case .location(let location): location.json
        case .json(let json): json
        }
    }
}

/// A point on the globe, in decimal degrees.
package struct Location: Sendable, Hashable {
    package var latitude: Double
    package var longitude: Double

    /// Nil where a coordinate is outside -90...90 or -180...180.
    package init?(latitude: Double, longitude: Double) {
        guard (-90...90).contains(latitude), (-180...180).contains(longitude) else { return nil }
        (self.latitude, self.longitude) = (latitude, longitude)
    }

    package var json: JSON {
        .object(["latitude": .number(Number(latitude) ?? .zero), "longitude": .number(Number(longitude) ?? .zero)])
    }
}
