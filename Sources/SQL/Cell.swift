package import Values

/// One cell as the driver hands it over, without a copy: the bytes are valid until the next row.
package enum Cell {
    case null
    case integer(Int64)
    case real(Double)
    case text(UnsafeBufferPointer<UInt8>)
    case bytes(UnsafeBufferPointer<UInt8>)
}

extension Cell {
    package var isNull: Bool { if case .null = self { true } else { false } }

    package var string: String? {
        switch self {
        case .text(let bytes), .bytes(let bytes): String(decoding: bytes, as: UTF8.self)
        case .integer(let integer): String(integer)
        case .real(let real): String(real)
        case .null: nil
        }
    }

    package var integer: Int64? {
        switch self {
        case .integer(let integer): integer
        case .text: string.flatMap(Int64.init)
        default: nil
        }
    }
}

extension ColumnType {
    /// The cell of a column of this type as a value; SQLite's form and PostgreSQL's text form are both read.
    package func value(_ cell: Cell) -> Value {
        switch (self, cell) {
        case (_, .null): .null
        case (.decimal(_, let scale), .integer(let units)): .number(Number(scaled: units, scale: scale))
        case (.datetime, .integer(let microseconds)): .datetime(Instant(microseconds: microseconds))
        case (.boolean, .integer(let integer)): .bool(integer != 0)
        case (_, .integer(let integer)): .number(Number(coefficient: Int128(integer), exponent: 0))
        case (_, .real(let real)): Number(real).map(Value.number) ?? .null
        case (_, .text(let bytes)), (_, .bytes(let bytes)): value(text: String(decoding: bytes, as: UTF8.self))
        }
    }

    private func value(text: String) -> Value {
        switch self {
        case .integer, .real, .decimal: Number(text).map(Value.number) ?? .null
        case .boolean: .bool(text == "t" || text == "true")
        case .date: Day(text).map(Value.date) ?? .null
        case .datetime: Instant(text).map(Value.datetime) ?? .null
        case .time: TimeOfDay(text).map(Value.time) ?? .null
        case .list: .list((try? JSON(parsing: text))?.array?.compactMap(\.string) ?? [])
        case .json: (try? JSON(parsing: text)).map(Value.json) ?? .null
        case .id, .text, .bytes: .text(text)
        }
    }

    /// Writes the cell as the JSON of an API answer, straight from the driver's memory.
    package func write(_ cell: Cell, to writer: inout JSONWriter) {
        switch (self, cell) {
        case (_, .null): writer.raw("null")
        case (.decimal(_, let scale), .integer(let units)): writer.scaled(units, scale: scale)
        case (.datetime, .integer(let microseconds)): writer.datetime(Instant(microseconds: microseconds))
        case (.boolean, .integer(let integer)): integer != 0 ? writer.raw("true") : writer.raw("false")
        case (_, .integer(let integer)): writer.integer(integer)
        case (.json, .text(let bytes)), (.list, .text(let bytes)): writer.raw(bytes)
        case (.text, .text(let bytes)), (.id, .text(let bytes)), (.date, .text(let bytes)), (.time, .text(let bytes)):
            writer.string(bytes)
        case (.integer, .text(let bytes)), (.decimal, .text(let bytes)): writer.raw(bytes)
        default: writer.value(value(cell).json)
        }
    }
}
