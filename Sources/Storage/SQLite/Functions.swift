import CSQLite
import SQL

extension SQLFunction {
    /// Makes the function known to a connection. What its body throws becomes an error of the statement that called it.
    func register(on handle: OpaquePointer) throws {
        let box = Unmanaged.passRetained(FunctionBox(body))
        let code = sqlite3_create_function_v2(
            handle, name, Int32(arguments), SQLITE_UTF8 | SQLITE_DETERMINISTIC, box.toOpaque(),
            { context, count, values in
                guard let context, let pointer = sqlite3_user_data(context) else { return }
                let box = Unmanaged<FunctionBox>.fromOpaque(pointer).takeUnretainedValue()
                box.call(context, UnsafeBufferPointer(start: values, count: Int(count)))
            },
            nil, nil,
            { pointer in
                if let pointer { Unmanaged<FunctionBox>.fromOpaque(pointer).release() }
            })
        guard code == SQLITE_OK else { throw StorageError(code, on: handle, sql: "function \(name)") }
    }
}

private final class FunctionBox {
    private let body: @Sendable ([Cell]) throws -> Bind

    init(_ body: @escaping @Sendable ([Cell]) throws -> Bind) { self.body = body }

    func call(_ context: OpaquePointer, _ values: UnsafeBufferPointer<OpaquePointer?>) {
        do {
            try body(values.map(Cell.init)).write(to: FunctionResult(context: context))
        } catch {
            sqlite3_result_error(context, (error as? Misfit)?.message ?? "\(error)", -1)
        }
    }
}

extension Cell {
    /// The value of a function's argument, where SQLite holds it.
    fileprivate init(_ value: OpaquePointer?) {
        switch sqlite3_value_type(value) {
        case SQLITE_INTEGER: self = .integer(sqlite3_value_int64(value))
        case SQLITE_FLOAT: self = .real(sqlite3_value_double(value))
        case SQLITE_TEXT:
            let start = sqlite3_value_text(value)
            self = .text(UnsafeBufferPointer(start: start, count: Int(sqlite3_value_bytes(value))))
        case SQLITE_BLOB:
            let start = sqlite3_value_blob(value)?.assumingMemoryBound(to: UInt8.self)
            self = .bytes(UnsafeBufferPointer(start: start, count: Int(sqlite3_value_bytes(value))))
        default: self = .null
        }
    }
}

/// The result of a function call. SQLite copies it.
private struct FunctionResult: ValueSink {
    let context: OpaquePointer

    func null() { sqlite3_result_null(context) }
    func integer(_ value: Int64) { sqlite3_result_int64(context, value) }
    func real(_ value: Double) { sqlite3_result_double(context, value) }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) {
        martlet_sqlite_result_text(context, bytes.baseAddress, Int32(clamping: bytes.count))
    }

    func bytes(_ bytes: UnsafeRawBufferPointer) {
        martlet_sqlite_result_blob(context, bytes.baseAddress, Int32(clamping: bytes.count))
    }
}
