import CSQLite
import SQL
import Values

/// Where a value goes on its way into SQLite: a place of a statement, or the result of a function.
protocol ValueSink {
    func null()
    func integer(_ value: Int64)
    func real(_ value: Double)
    func text(_ bytes: UnsafeBufferPointer<UInt8>)
    func bytes(_ bytes: UnsafeRawBufferPointer)
}

/// Why a value has no form in SQLite.
struct Misfit: Error { let message: String }

extension Bind {
    /// Writes the value in SQLite's form, which `ColumnType` documents.
    func write(to sink: some ValueSink) throws(Misfit) {
        switch self {
        case .null: sink.null()
        case .integer(let value): sink.integer(value)
        case .real(let value): sink.real(value)
        case .bool(let value): sink.integer(value ? 1 : 0)
        case .datetime(let instant): sink.integer(instant.microseconds)
        case .decimal(let number, let scale):
            guard let units = number.scaled(to: scale)
            else { throw Misfit(message: "\(number) is too large for a number with \(scale) decimal places") }
            sink.integer(units)
        case .text(let text), .id(let text), .json(let text): sink.write(text)
        case .date(let day): sink.write(day)
        case .time(let time): sink.write(time)
        case .list(let items): sink.write(items)
        case .bytes(let bytes): bytes.withUnsafeBytes { sink.bytes($0) }
        case .late(let late): throw Misfit(message: "\(late) was not replaced by a value before the statement ran")
        }
    }
}

extension ValueSink {
    fileprivate func write(_ text: String) {
        var text = text
        text.withUTF8 { self.text($0) }
    }

    /// `YYYY-MM-DD`
    fileprivate func write(_ day: Day) {
        let (year, month, dayOfMonth) = day.civil
        write(count: 10) { text in
            text.put(year, 4)
            text.put("-")
            text.put(month, 2)
            text.put("-")
            text.put(dayOfMonth, 2)
        }
    }

    /// `HH:MM:SS.mmm`
    fileprivate func write(_ time: TimeOfDay) {
        write(count: 12) { text in
            text.put(time.hour, 2)
            text.put(":")
            text.put(time.minute, 2)
            text.put(":")
            text.put(time.second, 2)
            text.put(".")
            text.put(time.millisecond, 3)
        }
    }

    /// A JSON array of texts.
    fileprivate func write(_ items: [String]) {
        var writer = JSONWriter(capacity: 256)
        writer.raw("[")
        for (index, item) in items.enumerated() {
            if index > 0 { writer.raw(",") }
            writer.string(item)
        }
        writer.raw("]")
        text(writer.bytes)
    }

    private func write(count: Int, _ fill: (inout FixedText) -> Void) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: count) { buffer in
            var text = FixedText(buffer: buffer)
            fill(&text)
            self.text(UnsafeBufferPointer(buffer))
        }
    }
}

/// ASCII text of a known length, written on the stack.
private struct FixedText {
    let buffer: UnsafeMutableBufferPointer<UInt8>
    var count = 0

    mutating func put(_ character: Unicode.Scalar) {
        buffer[count] = UInt8(ascii: character)
        count += 1
    }

    mutating func put(_ number: Int, _ width: Int) {
        var rest = number
        for index in stride(from: count + width - 1, through: count, by: -1) {
            buffer[index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
        count += width
    }
}

/// A numbered place of a statement; the first is 1. SQLite copies what is bound.
struct Place: ValueSink {
    let statement: OpaquePointer
    let index: Int32

    func null() { sqlite3_bind_null(statement, index) }
    func integer(_ value: Int64) { sqlite3_bind_int64(statement, index, value) }
    func real(_ value: Double) { sqlite3_bind_double(statement, index, value) }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) {
        martlet_sqlite_bind_text(statement, index, bytes.baseAddress, Int32(clamping: bytes.count))
    }

    func bytes(_ bytes: UnsafeRawBufferPointer) {
        martlet_sqlite_bind_blob(statement, index, bytes.baseAddress, Int32(clamping: bytes.count))
    }
}
