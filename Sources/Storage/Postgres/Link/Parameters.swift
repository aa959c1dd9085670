import CLibPQ
import Glibc
import SQL
import Values

/// The values of a statement as libpq takes them: types, and texts that end with a zero.
struct Parameters {
    private(set) var types: [Oid] = []
    private var bytes: [CChar] = []
    /// Where each text begins; -1 for null.
    private var starts: [Int] = []

    init(_ binds: [Bind], sql: String) throws {
        types.reserveCapacity(binds.count)
        starts.reserveCapacity(binds.count)
        bytes.reserveCapacity(binds.count * 24)
        for (index, bind) in binds.enumerated() {
            do throws(Misfit) { try append(bind) } catch {
                throw StorageError.statement(message: "Value \(index + 1): \(error.message)", sql: sql)
            }
        }
    }

    func withPointers(_ body: (UnsafePointer<Oid>?, UnsafePointer<UnsafePointer<CChar>?>?) -> Int32) -> Int32 {
        bytes.withUnsafeBufferPointer { bytes in
            withUnsafeTemporaryAllocation(of: UnsafePointer<CChar>?.self, capacity: max(1, starts.count)) { pointers in
                for (index, start) in starts.enumerated() {
                    pointers[index] = start < 0 ? nil : bytes.baseAddress.map { $0 + start }
                }
                return body(types, UnsafePointer(pointers.baseAddress))
            }
        }
    }

    private mutating func append(_ bind: Bind) throws(Misfit) {
        guard let text = try bind.postgresText else {
            types.append(0)
            starts.append(-1)
            return
        }
        types.append(bind.postgresType)
        starts.append(bytes.count)
        var utf8 = text
        utf8.withUTF8 { bytes.append(contentsOf: UnsafeRawBufferPointer($0).bindMemory(to: CChar.self)) }
        bytes.append(0)
    }
}

extension Bind {
    /// The number by which the server knows the type.
    fileprivate var postgresType: Oid {
        switch self {
        case .null, .late: 0
        case .bool: PostgresType.boolean
        case .integer: PostgresType.integer
        case .real: PostgresType.real
        case .decimal: PostgresType.numeric
        case .text: PostgresType.text
        case .date: PostgresType.date
        case .time: PostgresType.time
        case .datetime: PostgresType.datetime
        case .id: PostgresType.uuid
        case .list: PostgresType.texts
        case .json: PostgresType.json
        case .bytes: PostgresType.bytes
        }
    }

    /// The value in PostgreSQL's text form; nil for null.
    var postgresText: String? {
        get throws(Misfit) {
            switch self {
            case .null: nil
            case .bool(let bool): bool ? "t" : "f"
            case .integer(let integer): String(integer)
            case .real(let real): String(real)
            case .decimal(let number, let scale): number.text(scale: scale)
            case .text(let text), .id(let text), .json(let text): try text.withoutZero()
            case .date(let day): day.description
            case .time(let time): time.description
            case .datetime(let instant): instant.description
            case .list(let items):
                try "{" + items.map { (item) throws(Misfit) in try item.postgresItem }.joined(separator: ",") + "}"
            case .bytes(let bytes): "\\x" + bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
            case .late(let late): throw Misfit(message: "\(late) was not replaced by a value before the statement ran")
            }
        }
    }
}

extension Bind {
    /// The texts of values as one array.
    static func array(_ binds: [Bind], sql: String) throws -> String {
        var array = "{"
        for bind in binds {
            do throws(Misfit) {
                array += array.utf8.count > 1 ? "," : ""
                array += try bind.postgresText?.postgresItem ?? "NULL"
            } catch { throw StorageError.statement(message: error.message, sql: sql) }
        }
        return array + "}"
    }
}

extension String {
    /// PostgreSQL's texts end at a zero.
    fileprivate func withoutZero() throws(Misfit) -> String {
        var text = self
        let hasZero = text.withUTF8 { bytes in bytes.baseAddress.map { memchr($0, 0, bytes.count) != nil } ?? false }
        if hasZero { throw Misfit(message: "a text with the character U+0000 cannot be kept by PostgreSQL") }
        return self
    }

    /// The text as an item of an array.
    fileprivate var postgresItem: String {
        get throws(Misfit) {
            let text = try withoutZero()
            let isPlain = !text.utf8.contains { $0 == UInt8(ascii: "\\") || $0 == UInt8(ascii: "\"") }
            return isPlain
                ? "\"\(text)\"" : "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
        }
    }
}

/// Numbers of built-in types, which never change.
enum PostgresType {
    static let boolean: Oid = 16
    static let bytes: Oid = 17
    static let integer: Oid = 20
    static let text: Oid = 25
    static let real: Oid = 701
    static let date: Oid = 1082
    static let time: Oid = 1083
    static let datetime: Oid = 1184
    static let texts: Oid = 1009
    static let numeric: Oid = 1700
    static let uuid: Oid = 2950
    static let json: Oid = 3802
}
