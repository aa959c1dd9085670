package import Values

/// A value bound to a statement, with what the driver must know to write it in its database's form.
package enum Bind: Sendable, Hashable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case bool(Bool)
    case decimal(Number, scale: Int)
    case date(Day)
    case datetime(Instant)
    case time(TimeOfDay)
    case id(String)
    case list([String])
    case json(String)
    case bytes([UInt8])
    /// Known only when the statement runs. Whoever executes a compiled query replaces these, so that one compiled query
    /// serves every session.
    case late(Late)
}

extension Bind {
    /// The value as a column of that type holds it; nil where the type cannot hold it.
    package init?(_ value: Value, as type: ColumnType) {
        switch (value, type) {
        case (.null, _): self = .null
        case (.text(let text), .text): self = .text(text)
        case (.text(let text), .id): self = .id(text)
        case (.number(let number), .decimal(_, let scale)): self = .decimal(number, scale: scale)
        case (.number(let number), .integer):
            guard let integer = number.integer else { return nil }
            self = .integer(Int64(integer))
        case (.number(let number), .real): self = .real(number.double)
        case (.bool(let bool), .boolean): self = .bool(bool)
        case (.date(let day), .date): self = .date(day)
        case (.datetime(let instant), .datetime): self = .datetime(instant)
        case (.time(let time), .time): self = .time(time)
        case (.list(let items), .list): self = .list(items)
        case (.json(let json), .json): self = .json(json.description)
        case (.location(let location), .json): self = .json(location.json.description)
        default: return nil
        }
    }
}
