import CLibPQ
import Foundation
import SQL
import Synchronization
import Values

/// What a command gave, where libpq holds it.
final class PostgresResult {
    let handle: OpaquePointer
    /// Whether the body has ended to which the rows were lent. Asked for every cell: an atomic is read without being watched.
    private let over = Atomic(false)
    var isOver: Bool { over.load(ordering: .relaxed) }

    init(_ handle: OpaquePointer) { self.handle = handle }
    deinit { PQclear(handle) }

    func end() { over.store(true, ordering: .relaxed) }

    var status: ExecStatusType { PQresultStatus(handle) }
    var rowCount: Int { Int(PQntuples(handle)) }

    /// How many rows an INSERT, UPDATE or DELETE changed.
    var changedRows: Int {
        guard let tag = PQcmdStatus(handle), tag[0] != 0, ["I", "U", "D", "M"].contains(UnicodeScalar(UInt8(bitPattern: tag[0])))
        else { return 0 }
        return PQcmdTuples(handle).flatMap { Int(String(cString: $0)) } ?? 0
    }

    var columnCount: Int { Int(PQnfields(handle)) }

    var columnNames: [String] {
        (0..<Int32(columnCount)).map { PQfname(handle, $0).map { String(cString: $0) } ?? "" }
    }

    /// A cell, its bytes where they are. Moments, booleans and floating-point numbers come in the form SQLite has for them.
    func cell(_ row: Int32, _ column: Int32) -> Cell {
        if PQgetisnull(handle, row, column) == 1 { return .null }
        guard let start = PQgetvalue(handle, row, column) else { return .null }
        let bytes = UnsafeBufferPointer(
            start: UnsafeRawPointer(start).assumingMemoryBound(to: UInt8.self), count: Int(PQgetlength(handle, row, column)))
        switch PQftype(handle, column) {
        case PostgresType.boolean: return .integer(bytes[0] == UInt8(ascii: "t") ? 1 : 0)
        case PostgresType.datetime: return Instant(bytes: bytes).map { .integer($0.microseconds) } ?? .text(bytes)
        case PostgresType.real: return .real(strtod(start, nil))
        default: return .text(bytes)
        }
    }
}

/// The rows of a result that has arrived whole.
struct PostgresRows: Rows {
    private let result: PostgresResult
    private var row: Int32
    private let end: Int32

    /// - Parameter range: which of the rows; nil for all.
    init(_ result: PostgresResult, _ range: Range<Int32>? = nil) {
        let range = range ?? 0..<Int32(clamping: result.rowCount)
        (self.result, row, end) = (result, range.lowerBound - 1, range.upperBound)
    }

    var columnCount: Int { result.columnCount }
    var columnNames: [String] { result.columnNames }

    mutating func next() throws -> Bool {
        if result.isOver { throw StorageError.rowsAreOver }
        if row < end { row += 1 }
        return row < end
    }

    func cell(_ index: Int) -> Cell {
        result.isOver || row < 0 || row >= end ? .null : result.cell(row, Int32(truncatingIfNeeded: index))
    }
}

extension StorageError {
    static let rowsAreOver = StorageError.statement(
        message: "The rows are used after the end of the body they were lent to", sql: "")
}
