import CLibPQ

/// The statements a connection has prepared, by their text and the types of their values.
struct PreparedStatements {
    final class Entry {
        let name: String
        let sql: String
        /// 0 where the value was null when it was prepared: the server chose the type by its place.
        let types: [Oid]
        /// Why it could not be prepared.
        var refusal: Refusal?
        fileprivate var lastUse = 0

        fileprivate init(_ name: String, _ sql: String, _ types: [Oid]) { (self.name, self.sql, self.types) = (name, sql, types) }

        /// Whether values of these types can be bound.
        fileprivate func takes(_ others: [Oid]) -> Bool {
            types.count == others.count && zip(types, others).allSatisfy { $0 == $1 || $0 == 0 || $1 == 0 }
        }
    }

    private let capacity: Int
    private var entries: [String: [Entry]] = [:]
    private var count = 0
    private var made = 0
    private var uses = 0

    /// - Parameter capacity: 0 for none: a pooler between us and the server may hand each transaction to another backend.
    init(capacity: Int) { self.capacity = capacity }

    var isOff: Bool { capacity == 0 }

    mutating func find(_ sql: String, _ types: [Oid]) -> Entry? {
        let entry = entries[sql]?.first { $0.takes(types) }
        uses += 1
        entry?.lastUse = uses
        return entry
    }

    mutating func make(_ sql: String, _ types: [Oid]) -> Entry {
        (made, count, uses) = (made + 1, count + 1, uses + 1)
        let entry = Entry("martlet_\(made)", sql, types)
        entry.lastUse = uses
        entries[sql, default: []].append(entry)
        return entry
    }

    mutating func forget(_ entry: Entry) {
        guard let index = entries[entry.sql]?.firstIndex(where: { $0 === entry }) else { return }
        entries[entry.sql]?.remove(at: index)
        if entries[entry.sql]?.isEmpty == true { entries[entry.sql] = nil }
        count -= 1
    }

    /// All are prepared anew, under new names.
    mutating func removeAll() { (entries, count) = ([:], 0) }

    /// Takes out those that were used least recently, where there are too many.
    mutating func surplus() -> [Entry] {
        guard count > capacity else { return [] }
        let oldest = entries.values.joined().sorted { $0.lastUse < $1.lastUse }.prefix(max(1, capacity / 4))
        for entry in oldest { forget(entry) }
        return Array(oldest)
    }
}
