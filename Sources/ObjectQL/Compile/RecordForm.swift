import SQL
import Values

/// How SQLite writes related records as JSON: by a text with a mark in the place of each value, `{"Name":%s,"Amount":%C}`. One call
/// for a record costs much less than putting it together from a dozen texts.
enum RecordForm {
    /// `martlet_record(form, value, ...)`: one record.
    static let record = SQLFunction(name: "martlet_record", arguments: -1) { cells in
        var writer = JSONWriter(capacity: 512)
        write(cells, to: &writer)
        return .text(writer.string)
    }

    /// `martlet_records(form, value, ...)`: an array of the records of a group, in the order of its rows.
    static let records = SQLFunction(name: "martlet_records", arguments: -1) { RecordList() }

    fileprivate static func write(_ cells: [Cell], to writer: inout JSONWriter) {
        guard case .text(let form)? = cells.first else { return writer.raw("null") }
        var (start, index, next) = (0, 0, 1)
        while index + 1 < form.count {
            guard form[index] == percent, next < cells.count else {
                index += 1
                continue
            }
            writer.raw(UnsafeBufferPointer(rebasing: form[start..<index]))
            if let type = type(form[index + 1]) { type.write(cells[next], to: &writer) } else { writer.raw("null") }
            (start, index, next) = (index + 2, index + 2, next + 1)
        }
        writer.raw(UnsafeBufferPointer(rebasing: form[start...]))
    }

    /// The mark for a value of that type; names hold no percent sign.
    static func mark(_ type: ColumnType) -> String {
        switch type {
        case .id, .text, .date, .time: "%s"
        case .integer: "%i"
        case .real: "%r"
        case .boolean: "%b"
        case .datetime: "%m"
        case .list, .json: "%j"
        case .decimal(_, let scale): "%" + String(UnicodeScalar(units + UInt8(clamping: scale)))
        case .bytes: "%n"
        }
    }

    /// JSON that is in its final form.
    static let json = "%j"

    private static let percent = UInt8(ascii: "%")
    /// Decimals are capital letters: A has no digits after the point, B one, and so on.
    private static let units = UInt8(ascii: "A")

    /// Nil for what JSON cannot show.
    private static func type(_ mark: UInt8) -> ColumnType? {
        switch mark {
        case UInt8(ascii: "s"): .text
        case UInt8(ascii: "i"): .integer
        case UInt8(ascii: "r"): .real
        case UInt8(ascii: "b"): .boolean
        case UInt8(ascii: "m"): .datetime
        case units...UInt8(ascii: "Z"): .decimal(precision: 18, scale: Int(mark - units))
        case UInt8(ascii: "n"): nil
        default: .json
        }
    }
}

private final class RecordList: Gathering {
    private var writer = JSONWriter(capacity: 1024)

    func add(_ cells: [Cell]) {
        writer.byte(writer.count == 0 ? UInt8(ascii: "[") : UInt8(ascii: ","))
        RecordForm.write(cells, to: &writer)
    }

    func result() -> Bind {
        writer.raw(writer.count == 0 ? "[]" : "]")
        return .text(writer.string)
    }
}
