package import ObjectQL
package import SQL
import Storage
import Values

extension Engine {
    /// Reads any number of records in constant memory: their JSON objects, with commas between them, come to `sink` in
    /// pieces of about 64 KiB. It runs on a reading thread and may block.
    ///
    /// - Returns: How many records there were.
    package func stream(
        _ query: Query, as session: Session, arguments: [String: Bind] = [:], deadline: Duration? = nil,
        to sink: @escaping @Sendable (UnsafeBufferPointer<UInt8>) throws -> Void
    ) async throws -> Int {
        try await current {
            let plan = try plan(query, as: session, model)
            let statement = try session.fill(plan.statement, arguments: arguments)
            let end = Deadline.after(deadline ?? settings.readDeadline)
            return try await database.read(statement, lane: .long, freshness: session.freshness, deadline: end) { rows in
                try PageWriter(plan, self).stream(&rows, to: sink)
            }
        }
    }
}

extension PageWriter {
    private static let pieceSize = 64 << 10

    fileprivate func stream(_ rows: inout any Rows, to sink: (UnsafeBufferPointer<UInt8>) throws -> Void) throws -> Int {
        var writer = JSONWriter(capacity: PageWriter.pieceSize * 2)
        var count = 0
        while count < plan.limit, try rows.next() {
            if count > 0 { writer.byte(UInt8(ascii: ",")) }
            try shape.write(plan.shape, rows, to: &writer)
            count += 1
            if writer.count >= PageWriter.pieceSize {
                try sink(writer.bytes)
                writer.clear()
            }
        }
        if writer.count > 0 { try sink(writer.bytes) }
        return count
    }
}
