import SQL
import Values

/// Some rows of a table that follow each other in the order of its key.
struct TransferPage: Sendable {
    private(set) var rows: [[Bind]] = []
    private(set) var digest = TableDigest()
    /// The key of the last row.
    private(set) var last: String?
    private var bytes = 0

    /// A page is this large at most, so that memory does not grow with the rows.
    private static let size = 4 << 20

    init() {}

    /// Adds the present row; false when the page is full.
    fileprivate mutating func take(_ cells: any Rows, of table: Table) throws -> Bool {
        digest.add(cells, table.columns)
        let key = cells.cell(table.keyPosition).string ?? ""
        var row: [Bind] = []
        row.reserveCapacity(table.columns.count)
        for (index, column) in table.columns.enumerated() {
            let cell = cells.cell(index)
            guard let bind = column.type.bind(cell) else {
                throw TransferProblem.unreadable(
                    table: table.name, key: key, column: column.name, text: cell.string ?? "")
            }
            bytes += cell.size
            row.append(bind)
        }
        rows.append(row)
        last = key
        return bytes < TransferPage.size
    }

    /// How many rows are worth asking for next, going by these.
    func nextLimit(_ most: Int) -> Int { min(most, max(1, TransferPage.size / max(1, bytes / max(1, rows.count)))) }
}

extension Database {
    /// The same for every connection to the same data, and for no other.
    func place() async throws -> String {
        let place: Fragment =
            switch dialect {
            case .sqlite: "SELECT file FROM pragma_database_list WHERE name = 'main'"
            case .postgres:
                """
                SELECT current_database() || '.' || current_schema() || ' of the server ' || system_identifier
                FROM pg_control_system()
                """
            }
        return try await read(place.statement(dialect), lane: .long, deadline: .ofOnePage) {
            try $0.next() ? $0.cell(0).string ?? "" : ""
        }
    }

    func count(_ table: Table) async throws -> Int {
        let count: Fragment = "SELECT count(*) FROM \(name: table.name)"
        return try await read(count.statement(dialect), lane: .long, deadline: .ofOnePage) {
            try $0.next() ? Int($0.cell(0).integer ?? 0) : 0
        }
    }

    /// The rows that follow a key; nil stands before all.
    func page(of table: Table, after key: String?, limit: Int) async throws -> TransferPage {
        try await read(following(key, in: table, limit), lane: .long, deadline: .ofOnePage) { rows in
            var page = TransferPage()
            while try rows.next(), try page.take(rows, of: table) {}
            return page
        }
    }

    /// Of all rows; `progress` is told how many were read.
    func digest(of table: Table, _ progress: (Int) -> Void = { _ in }) async throws -> TableDigest {
        var (digest, last, isWhole) = (TableDigest(), String?.none, false)
        while !isWhole {
            let limit = 20_000
            let (piece, key) = try await read(following(last, in: table, limit), lane: .long, deadline: .ofOnePage) { rows in
                var (piece, key) = (TableDigest(), String?.none)
                while try rows.next() {
                    piece.add(rows, table.columns)
                    if piece.count == limit { key = rows.cell(table.keyPosition).string }
                }
                return (piece, key)
            }
            digest += piece
            (last, isWhole) = (key, key == nil)
            progress(digest.count)
        }
        return digest
    }

    private func following(_ key: String?, in table: Table, _ limit: Int) -> Statement {
        let columns = table.columns.map { "\(name: $0.name)" as Fragment }.joined(separator: ", ")
        let type = table.columns[table.keyPosition].type
        let start: Fragment = key.map { " WHERE \(name: table.primaryKey) > \(type == .id ? .id($0) : .text($0))" } ?? ""
        let all: Fragment = """
            SELECT \(columns) FROM \(name: table.name)\(start) ORDER BY \(name: table.primaryKey) LIMIT \(.integer(Int64(limit)))
            """
        return all.statement(dialect)
    }
}

extension Table {
    fileprivate var keyPosition: Int { columns.firstIndex { $0.name == primaryKey } ?? 0 }
}

extension Cell {
    fileprivate var size: Int {
        switch self {
        case .text(let bytes), .bytes(let bytes): 16 + bytes.count
        default: 16
        }
    }
}

extension ColumnType {
    /// The cell as a value to be written elsewhere; nil where it holds what the type does not.
    fileprivate func bind(_ cell: Cell) -> Bind? {
        switch (self, cell) {
        case (_, .null): .null
        case (.text, _): cell.string.map(Bind.text)
        case (.id, _): cell.string.map(Bind.id)
        case (.json, _): cell.string.map(Bind.json)
        case (.real, .real(let real)): .real(real)
        case (.bytes, .bytes(let bytes)): .bytes(Array(bytes))
        case (.bytes, .text(let text)): hexadecimal(text).map(Bind.bytes)
        default: valueBind(cell)
        }
    }

    private func valueBind(_ cell: Cell) -> Bind? {
        let value = value(cell)
        return value.isNull ? nil : Bind(value, as: self)
    }
}

/// The bytes in PostgreSQL's `\x00ff`; nil where it is something else.
func hexadecimal(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    guard text.count >= 2, text[0] == UInt8(ascii: "\\"), text[1] == UInt8(ascii: "x") else { return nil }
    let digits = text.dropFirst(2).map { UInt8(Character(UnicodeScalar($0)).hexDigitValue ?? 0) }
    return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
}
