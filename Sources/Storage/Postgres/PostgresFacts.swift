import SQL

/// What there is to know of a PostgreSQL server before one relies on it.
package struct PostgresFacts: Sendable {
    /// `15.8`, and the same as a number: 150008.
    package let version: String
    package let versionNumber: Int
    package let encoding: String
    /// Whether it was built with ICU.
    package let hasICU: Bool
    /// Whether the extension `pg_trgm` is there, or could be.
    package let trigrams: Trigrams
    /// Connections that roles without privileges may open, and those that are open.
    package let connectionLimit: Int
    package let connections: Int
    /// Whether tables may be made in the schema.
    package let mayCreate: Bool
    /// Whether an acknowledged commit survives a crash.
    package let isDurable: Bool

    package enum Trigrams: Sendable { case installed, available, missing }
}

extension PostgresDatabase {
    package func facts() async throws -> PostgresFacts {
        let facts: Fragment = """
            SELECT current_setting('server_version'), current_setting('server_version_num')::bigint,
                current_setting('server_encoding'), EXISTS (SELECT FROM pg_collation WHERE collprovider = 'i'),
                EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_trgm'),
                EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pg_trgm'),
                current_setting('max_connections')::bigint - current_setting('superuser_reserved_connections')::bigint,
                (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'),
                (SELECT rolconnlimit::bigint FROM pg_roles WHERE rolname = current_user),
                has_schema_privilege(current_schema(), 'CREATE'),
                current_setting('synchronous_commit') <> 'off' AND current_setting('fsync') = 'on'
            """
        return try await read(facts.statement(.postgres), lane: .long, deadline: .after(.seconds(30))) { rows in
            guard try rows.next() else { throw StorageError.unavailable("it does not tell about itself") }
            return PostgresFacts(rows)
        }
    }

    /// How far the replicas at these addresses are behind.
    package func look(at replicas: [PostgresAddress]) async -> [ReplicaState] {
        var options = ReplicatedDatabase.Options()
        options.interval = nil
        let watch = ReplicaWatch(of: self, replicas, options)
        // One that is catching up is behind at each look, and yet where the primary was at the one before.
        for _ in 0..<10 where !watch.replicas.allSatisfy({ $0.serves(nil, lag: options.lag, now: options.now()) }) {
            await watch.look()
        }
        let states = watch.replicas.map { $0.state(lag: options.lag, now: options.now()) }
        for replica in watch.replicas { await replica.close() }
        return states
    }
}

extension PostgresFacts {
    fileprivate init(_ rows: any Rows) {
        func number(_ index: Int) -> Int { Int(rows.cell(index).integer ?? 0) }
        func holds(_ index: Int) -> Bool { rows.cell(index).integer == 1 }
        (version, versionNumber) = (rows.cell(0).string ?? "", number(1))
        (encoding, hasICU) = (rows.cell(2).string ?? "", holds(3))
        trigrams = holds(4) ? .installed : holds(5) ? .available : .missing
        let ofRole = rows.cell(8).integer.map(Int.init) ?? -1
        connectionLimit = ofRole < 0 ? number(6) : min(ofRole, number(6))
        (connections, mayCreate, isDurable) = (number(7), holds(9), holds(10))
    }
}
