import Engine
import Storage

// What the doctor finds on a PostgreSQL server.

extension Finding {
    /// How many connections a server of ours opens, those that interrupt statements among them.
    private static let connectionsNeeded = 16

    static func server(_ address: PostgresAddress, replicas: [PostgresAddress]) async -> [Finding] {
        do {
            let database = try await PostgresDatabase.open(address)
            let findings: [Finding]
            do {
                let facts = try await database.facts()
                findings =
                    [version(facts), texts(facts), durability(facts), rights(facts), trigrams(facts), connections(facts)]
                    + (await database.look(at: replicas)).map(replica)
            } catch {
                await database.close()
                throw error
            }
            await database.close()
            return findings
        } catch { return [Finding(.error, "postgres", "\(address): \(Failure(error).message)")] }
    }

    static func version(_ facts: PostgresFacts) -> Finding {
        if facts.versionNumber >= 140_000 { return Finding(.ok, "postgres", "PostgreSQL \(facts.version)") }
        return Finding(.error, "postgres", "PostgreSQL \(facts.version): 14 or later is needed")
    }

    static func texts(_ facts: PostgresFacts) -> Finding {
        if facts.encoding != "UTF8" {
            return Finding(
                .error, "texts", "The database's encoding is \(facts.encoding): create it with ENCODING 'UTF8' TEMPLATE template0"
            )
        }
        if !facts.hasICU {
            return Finding(.error, "texts", "The server was built without ICU, which search needs: install a build with it")
        }
        return Finding(.ok, "texts", "UTF8, with ICU")
    }

    static func durability(_ facts: PostgresFacts) -> Finding {
        if facts.isDurable { return Finding(.ok, "commits", "survive a crash") }
        return Finding(
            .warning, "commits", "may be lost in a crash after they were acknowledged: set fsync and synchronous_commit to on")
    }

    static func rights(_ facts: PostgresFacts) -> Finding {
        if facts.mayCreate { return Finding(.ok, "rights", "Tables may be made in the schema") }
        return Finding(
            .error, "rights",
            "No tables may be made in the schema: GRANT CREATE ON SCHEMA ... TO the role, or name another in search_path")
    }

    static func trigrams(_ facts: PostgresFacts) -> Finding {
        let state =
            switch facts.trigrams {
            case .installed: "installed"
            case .available: "there, and installed when it is wanted, if that is allowed"
            case .missing: "not there"
            }
        return Finding(.ok, "pg_trgm", "\(state); it lets large tables find parts of texts by an index, and nothing needs it")
    }

    static func connections(_ facts: PostgresFacts) -> Finding {
        let text = "\(facts.connections) of \(facts.connectionLimit) are taken"
        if facts.connectionLimit - facts.connections >= connectionsNeeded { return Finding(.ok, "lines", text) }
        return Finding(
            .warning, "lines",
            "\(text), and a server may open \(connectionsNeeded): raise max_connections, or put PgBouncer before it")
    }

    static func replica(_ state: ReplicaState) -> Finding {
        if let complaint = state.complaint {
            return Finding(.warning, "replica", "\(state.address) would be left out: \(complaint)")
        }
        return Finding(
            .ok, "replica",
            "\(state.address)\(state.behind.map { $0 == 0 ? " has everything" : " is \($0) bytes of log behind" } ?? "")")
    }
}
