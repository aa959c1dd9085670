/// The statements a connection has compiled, by their text; the one unused for longest makes room for a new one.
struct StatementCache {
    private var statements: [String: PreparedStatement] = [:]
    private var uses = 0
    private let capacity: Int

    init(capacity: Int) { self.capacity = max(1, capacity) }

    mutating func find(_ sql: String) -> PreparedStatement? {
        guard let statement = statements[sql] else { return nil }
        uses += 1
        statement.lastUse = uses
        return statement
    }

    mutating func keep(_ statement: PreparedStatement) {
        if statements.count >= capacity, let oldest = statements.values.min(by: { $0.lastUse < $1.lastUse }) {
            statements[oldest.sql] = nil
        }
        uses += 1
        statement.lastUse = uses
        statements[statement.sql] = statement
    }

    mutating func removeAll() { statements = [:] }
}
