import Crypto
import SQL
import Values

/// The count and the hash of a table's rows, whatever their order and whatever the database: the sum of the first halves of
/// the SHA-256 of each row's canonical form.
struct TableDigest: Sendable, Hashable, CustomStringConvertible {
    private(set) var count = 0
    private var sum: UInt128 = 0
    private var row: [UInt8] = []

    init() {}

    init(count: Int, _ text: String) { (self.count, sum) = (count, UInt128(text, radix: 16) ?? 0) }

    /// 32 hexadecimal digits.
    var description: String {
        let digits = String(sum, radix: 16)
        return String(repeating: "0", count: 32 - digits.count) + digits
    }

    static func += (a: inout TableDigest, b: TableDigest) { (a.count, a.sum) = (a.count + b.count, a.sum &+ b.sum) }

    static func == (a: TableDigest, b: TableDigest) -> Bool { a.count == b.count && a.sum == b.sum }

    func hash(into hasher: inout Hasher) {
        hasher.combine(count)
        hasher.combine(sum)
    }

    /// Takes in the present row.
    mutating func add(_ rows: any Rows, _ columns: [Column]) {
        row.removeAll(keepingCapacity: true)
        for (index, column) in columns.enumerated() { append(rows.cell(index), of: column.type) }
        let half = SHA256.hash(data: row).prefix(16)
        sum &+= half.reduce(0) { $0 << 8 | UInt128($1) }
        count += 1
    }

    /// What a cell of one database and the equal cell of another have in common: whether it is there, how long it is, and its bytes.
    private mutating func append(_ cell: Cell, of type: ColumnType) {
        if cell.isNull { return row.append(0) }
        row.append(1)
        let start = row.count
        row.append(contentsOf: [0, 0, 0, 0, 0, 0, 0, 0])
        type.appendCanonical(cell, to: &row)
        append(UInt64(row.count - start - 8), at: start)
    }

    private mutating func append(_ number: UInt64, at start: Int) {
        for index in 0..<8 { row[start + index] = UInt8(truncatingIfNeeded: number >> UInt64(index * 8)) }
    }
}

extension ColumnType {
    fileprivate func appendCanonical(_ cell: Cell, to bytes: inout [UInt8]) {
        switch (self, cell) {
        case (.text, .text(let text)), (.id, .text(let text)), (.date, .text(let text)): bytes.append(contentsOf: text)
        case (.decimal, .integer(let units)), (.integer, .integer(let units)), (.boolean, .integer(let units)),
            (.datetime, .integer(let units)):
            bytes.append(contentsOf: String(units).utf8)
        case (.integer, .text(let text)): bytes.append(contentsOf: text)
        // `12.30`, with all digits of the scale.
        case (.decimal(_, let scale), .text(let text)): appendUnits(text, scale, to: &bytes)
        case (.real, .real(let real)): bytes.append(contentsOf: String(real == 0 ? 0 : real).utf8)
        case (.bytes, .text(let text)): bytes.append(contentsOf: hexadecimal(text) ?? Array(text))
        case (.bytes, .bytes(let raw)): bytes.append(contentsOf: raw)
        default: appendValue(cell, to: &bytes)
        }
    }

    private func appendUnits(_ text: UnsafeBufferPointer<UInt8>, _ scale: Int, to bytes: inout [UInt8]) {
        let isNegative = text.first == UInt8(ascii: "-")
        let digits = text.filter { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.drop { $0 == UInt8(ascii: "0") }
        if isNegative { bytes.append(UInt8(ascii: "-")) }
        bytes.append(contentsOf: digits.isEmpty ? [UInt8(ascii: "0")] : digits)
    }

    private func appendValue(_ cell: Cell, to bytes: inout [UInt8]) {
        switch value(cell) {
        case .list(let items): for item in items { bytes.append(contentsOf: Array("\(item.utf8.count):\(item)".utf8)) }
        case .json(let json): json.appendCanonical(to: &bytes)
        case .time(let time): bytes.append(contentsOf: time.description.utf8)
        default: bytes.append(contentsOf: (cell.string ?? "").utf8)
        }
    }
}

extension JSON {
    /// Members by name, numbers without superfluous zeros.
    fileprivate func appendCanonical(to bytes: inout [UInt8]) {
        switch self {
        case .number(let number):
            var (coefficient, exponent) = (number.coefficient, number.exponent)
            while coefficient != 0, coefficient % 10 == 0 { (coefficient, exponent) = (coefficient / 10, exponent + 1) }
            bytes.append(contentsOf: "\(coefficient)e\(coefficient == 0 ? 0 : exponent)".utf8)
        case .array(let items):
            bytes.append(UInt8(ascii: "["))
            for item in items {
                item.appendCanonical(to: &bytes)
                bytes.append(UInt8(ascii: ","))
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let members):
            bytes.append(UInt8(ascii: "{"))
            for (name, value) in members.sorted(by: { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }) {
                JSON.string(name).appendCanonical(to: &bytes)
                value.appendCanonical(to: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        default: bytes.append(contentsOf: description.utf8)
        }
    }
}
