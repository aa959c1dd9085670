import CSQLite
package import SQL

extension SQLFunction {
    /// Makes the function known to an SQLite connection. What its body throws becomes an error of the statement that called it.
    ///
    /// - Parameter isPure: whether the same arguments give the same result, and nothing else comes of a call.
    package func register(on handle: OpaquePointer, isPure: Bool = true) throws {
        let flags = SQLITE_UTF8 | (isPure ? SQLITE_DETERMINISTIC : 0)
        let code =
            switch body {
            case .scalar(let body): register(ScalarFunction(body), ScalarFunction.call, nil, nil, flags, on: handle)
            case .aggregate(let begin):
                register(AggregateFunction(begin), nil, AggregateFunction.step, AggregateFunction.end, flags, on: handle)
            }
        guard code == SQLITE_OK else { throw StorageError(code, on: handle, sql: "function \(name)") }
    }

    private func register(
        _ function: AnyObject, _ call: FunctionCall?, _ step: FunctionCall?, _ end: FunctionEnd?, _ flags: Int32,
        on handle: OpaquePointer
    ) -> Int32 {
        sqlite3_create_function_v2(
            handle, name, Int32(arguments), flags, Unmanaged.passRetained(function).toOpaque(),
            call, step, end, { pointer in if let pointer { Unmanaged<AnyObject>.fromOpaque(pointer).release() } })
    }
}

private typealias FunctionCall =
    @convention(c) (OpaquePointer?, Int32, UnsafeMutablePointer<OpaquePointer?>?) -> Void
private typealias FunctionEnd = @convention(c) (OpaquePointer?) -> Void

/// The arguments of a call, in an array that is kept: calls of one function on one connection do not nest.
private struct Arguments {
    private(set) var cells: [Cell] = []

    mutating func take(_ values: UnsafeMutablePointer<OpaquePointer?>?, _ count: Int32) {
        cells.removeAll(keepingCapacity: true)
        for value in UnsafeBufferPointer(start: values, count: Int(count)) { cells.append(Cell(value)) }
    }
}

private final class ScalarFunction {
    private let body: @Sendable ([Cell]) throws -> Bind
    private var arguments = Arguments()

    init(_ body: @escaping @Sendable ([Cell]) throws -> Bind) { self.body = body }

    static let call: FunctionCall = { context, count, values in
        guard let context, let pointer = sqlite3_user_data(context) else { return }
        let function = Unmanaged<ScalarFunction>.fromOpaque(pointer).takeUnretainedValue()
        function.arguments.take(values, count)
        FunctionResult(context: context).give { try function.body(function.arguments.cells) }
    }
}

private final class AggregateFunction {
    private let begin: @Sendable () -> any Gathering
    private var arguments = Arguments()

    init(_ begin: @escaping @Sendable () -> any Gathering) { self.begin = begin }

    /// A group that is being gathered; SQLite keeps the only reference to it, in the group's own memory.
    private final class Group {
        let gathering: any Gathering
        init(_ gathering: any Gathering) { self.gathering = gathering }
    }

    static let step: FunctionCall = { context, count, values in
        guard let context, let pointer = sqlite3_user_data(context),
            let place = sqlite3_aggregate_context(context, Int32(MemoryLayout<UnsafeMutableRawPointer?>.size))?
                .assumingMemoryBound(to: UnsafeMutableRawPointer?.self)
        else { return }
        let function = Unmanaged<AggregateFunction>.fromOpaque(pointer).takeUnretainedValue()
        let group = place.pointee ?? Unmanaged.passRetained(Group(function.begin())).toOpaque()
        place.pointee = group
        function.arguments.take(values, count)
        do {
            try Unmanaged<Group>.fromOpaque(group).takeUnretainedValue().gathering.add(function.arguments.cells)
        } catch { FunctionResult(context: context).fail(error) }
    }

    /// SQLite calls it for each group once, also where the statement ends early; without a group where there were no rows.
    static let end: FunctionEnd = { context in
        guard let context, let pointer = sqlite3_user_data(context) else { return }
        let function = Unmanaged<AggregateFunction>.fromOpaque(pointer).takeUnretainedValue()
        let place = sqlite3_aggregate_context(context, 0)?.assumingMemoryBound(to: UnsafeMutableRawPointer?.self)
        let group = place?.pointee.map { Unmanaged<Group>.fromOpaque($0).takeRetainedValue() }
        FunctionResult(context: context).give { try (group?.gathering ?? function.begin()).result() }
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

    func give(_ value: () throws -> Bind) {
        do { try value().write(to: self) } catch { fail(error) }
    }

    func fail(_ error: any Error) { sqlite3_result_error(context, (error as? Misfit)?.message ?? "\(error)", -1) }

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
