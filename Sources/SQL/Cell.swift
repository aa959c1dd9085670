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
        case .text(let bytes): Int64(digits: bytes)
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
        case .list:
            .list(text.hasPrefix("{") ? texts(inArray: text) : (try? JSON(parsing: text))?.array?.compactMap(\.string) ?? [])
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
        case (.json, .text(let bytes)): writer.raw(bytes)
        // An array of PostgreSQL stands in braces, and its times have no milliseconds where these are zero.
        case (.list, .text(let bytes)) where bytes.first == UInt8(ascii: "["): writer.raw(bytes)
        case (.time, .text(let bytes)) where bytes.count == 12: writer.string(bytes)
        case (.text, .text(let bytes)), (.id, .text(let bytes)), (.date, .text(let bytes)): writer.string(bytes)
        case (.integer, .text(let bytes)), (.decimal, .text(let bytes)): writer.raw(bytes)
        default: writer.value(value(cell).json)
        }
    }
}

extension Int64 {
    /// The number that ASCII digits spell, with or without a sign.
    fileprivate init?(digits bytes: UnsafeBufferPointer<UInt8>) {
        let isNegative = bytes.first == UInt8(ascii: "-")
        guard bytes.count > (isNegative ? 1 : 0) else { return nil }
        var number: Int64 = 0
        for byte in isNegative ? bytes[1...] : bytes[...] {
            let digit = Int64(byte) - Int64(UInt8(ascii: "0"))
            guard (0...9).contains(digit) else { return nil }
            let (tens, isTooLarge) = number.multipliedReportingOverflow(by: 10)
            let (next, isLarger) = tens.subtractingReportingOverflow(digit)
            if isTooLarge || isLarger { return nil }
            number = next
        }
        // Counted downwards, since the least number has no positive counterpart.
        if isNegative { self = number } else if number == .min { return nil } else { self = -number }
    }
}

/// The texts of PostgreSQL's `{a,"b \"c\"",NULL}`; nulls are left out.
private func texts(inArray text: String) -> [String] {
    var (texts, item): ([String], [UInt8]) = ([], [])
    var (isQuoted, wasQuoted, isEscaped) = (false, false, false)
    for byte in text.utf8.dropFirst() {
        if isEscaped {
            item.append(byte)
            isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
            isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
            (isQuoted, wasQuoted) = (!isQuoted, true)
        } else if !isQuoted, byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}") {
            let found = String(decoding: item, as: UTF8.self)
            if wasQuoted || !(item.isEmpty || found == "NULL") { texts.append(found) }
            (item, wasQuoted) = ([], false)
        } else {
            item.append(byte)
        }
    }
    return texts
}
