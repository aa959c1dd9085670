import Values

extension Chunk {
    /// The due times as bytes: the first in microseconds, then the differences, each in groups of seven bits (LEB128).
    package var packed: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(dues.count * 5 + 10)
        var last: Int64 = 0
        for (place, due) in dues.enumerated() {
            let difference = due.microseconds - last
            // The first may lie before 1970: zig-zag. The others never fall.
            var rest = place == 0 ? UInt64(bitPattern: difference << 1 ^ difference >> 63) : UInt64(difference)
            while rest >= 0x80 {
                bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
                rest >>= 7
            }
            bytes.append(UInt8(rest))
            last = due.microseconds
        }
        return bytes
    }

    /// Nil where the bytes are not those of a chunk.
    package init?(index: Int, first: Int, packed: [UInt8]) {
        var (dues, last, value, shift) = ([Instant](), Int64(0), UInt64(0), UInt64(0))
        for byte in packed {
            guard shift < 64 else { return nil }
            value |= UInt64(byte & 0x7F) << shift
            shift += 7
            if byte & 0x80 != 0 { continue }
            let difference =
                dues.isEmpty ? Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1) : Int64(bitPattern: value)
            let (due, overflow) = last.addingReportingOverflow(difference)
            guard !overflow, dues.isEmpty || difference >= 0 else { return nil }
            dues.append(Instant(microseconds: due))
            (last, value, shift) = (due, 0, 0)
        }
        guard shift == 0 else { return nil }
        self.init(index: index, first: first, dues: dues)
    }
}
