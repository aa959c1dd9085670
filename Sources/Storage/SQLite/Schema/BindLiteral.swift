import SQL

extension Bind {
    /// The value as SQL text, for definitions, which take no bound values.
    var literal: String {
        get throws {
            let text = SQLText()
            do { try write(to: text) } catch { throw StorageError.statement(message: error.message, sql: "\(self)") }
            return text.sql
        }
    }
}

private final class SQLText: ValueSink {
    private(set) var sql = "NULL"

    func null() { sql = "NULL" }
    func integer(_ value: Int64) { sql = String(value) }
    func real(_ value: Double) { sql = String(value) }
    func text(_ bytes: UnsafeBufferPointer<UInt8>) { sql = textLiteral(String(decoding: bytes, as: UTF8.self)) }

    func bytes(_ bytes: UnsafeRawBufferPointer) {
        sql = "x'" + bytes.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined() + "'"
    }
}
