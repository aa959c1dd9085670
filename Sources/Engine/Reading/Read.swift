package import ObjectQL
package import SQL
import Storage
package import Values

/// A page of records as the caller gets it.
package struct Answer: Sendable {
    /// JSON: `{"records": [...], "totalCount", "hasMore", "nextCursor"}`, or one record.
    package let body: [UInt8]
    /// How many records are in it.
    package let count: Int
    /// Of the first record, where its `Version` was read.
    package let version: Int?

    package var json: JSON { (try? JSON(bytes: body)) ?? .null }
    package var records: [JSON] { json["records"]?.array ?? [] }
}

extension Engine {
    /// The only way to read records: resolve with the caller's rights, compile, execute, shape.
    ///
    /// - Parameter arguments: the values for `:name` in the query.
    package func read(_ query: Query, as session: Session, arguments: [String: Bind] = [:]) async throws -> Answer {
        try await current {
            try await read(try plan(query, as: session, model), as: session, arguments: arguments)
        }
    }

    /// The rows of a plan, shaped.
    func read(_ plan: CompiledQuery, as session: Session, arguments: [String: Bind] = [:]) async throws -> Answer {
        let deadline = Deadline.after(settings.readDeadline)
        let statement = try session.fill(plan.statement, arguments: arguments)
        let page = try await database.read(
            statement, lane: plan.lane, freshness: session.freshness, deadline: deadline
        ) { rows in
            try PageWriter(plan, self).page(&rows)
        }
        guard let count = plan.count else { return page.answer(total: nil) }
        let total = try await database.read(
            try session.fill(count, arguments: arguments), lane: .long, freshness: session.freshness, deadline: deadline
        ) {
            try $0.next() ? Int($0.cell(0).integer ?? 0) : 0
        }
        return page.answer(total: total)
    }
}

extension CompiledQuery {
    fileprivate var lane: Lane { isShort ? .short : isPage ? .page : .long }
}
