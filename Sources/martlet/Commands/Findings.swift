import Engine
import Foundation
import Metadata
import Storage

extension Finding {
    static func sqlite() -> Finding {
        let missing = SQLiteDatabase.missingFeatures
        let version = "SQLite \(SQLiteDatabase.libraryVersion)"
        if missing.isEmpty { return Finding(.ok, "sqlite", "\(version), with all that is needed") }
        return Finding(
            .error, "sqlite", "\(version) lacks \(missing.joined(separator: ", ")): install libsqlite3-0 3.40 or later")
    }

    static func metadata(_ site: Site, _ registry: Registry?, _ diagnostics: [Diagnostic]) -> Finding {
        let errors = diagnostics.count { $0.severity == .error }
        guard let registry else {
            return Finding(
                .error, "metadata", "\(site.metadata) has \(counted(errors, "error")): martlet check \(site.metadata) lists them")
        }
        let text = "\(site.metadata): \(registry.summary)"
        if diagnostics.isEmpty { return Finding(.ok, "metadata", text) }
        return Finding(
            .warning, "metadata", "\(text), \(counted(diagnostics.count, "warning")): martlet check \(site.metadata) lists them")
    }

    static func database(_ site: Site, _ registry: Registry?) async -> Finding {
        guard site.database.exists else {
            return Finding(.ok, "database", "\(site.database) is not there yet: martlet serve makes it")
        }
        do {
            let database = try await site.existingDatabase()
            let finding = await schema(site, registry, database)
            await database.close()
            return finding
        } catch { return Finding(.error, "database", "\(site.database): \(Failure(error).message)") }
    }

    private static func schema(_ site: Site, _ registry: Registry?, _ database: any Database) async -> Finding {
        guard let registry else { return Finding(.ok, "database", "\(site.database) can be opened") }
        do {
            let migration = try await database.plan(try site.model(registry).schema)
            if migration.isDone { return Finding(.ok, "database", "\(site.database) holds what the metadata describes") }
            if migration.isHarmless {
                let steps = counted(migration.steps.count, "step")
                return Finding(
                    .warning, "database", "\(site.database) is \(steps) behind: martlet serve or martlet migrate makes them")
            }
            return Finding(.error, "database", "\(site.database) cannot take the metadata as it is: martlet plan says why")
        } catch { return Finding(.error, "database", "\(site.database): \(Failure(error).message)") }
    }

    static func secret(_ site: Site) -> Finding {
        do {
            guard try Secret.read(site.secretFile) != nil, let mode = Secret.mode(site.secretFile) else {
                return site.database.exists
                    ? Finding(
                        .warning, "secret", "\(site.secretFile) is not there: encrypted fields of this database cannot be read")
                    : Finding(.ok, "secret", "\(site.secretFile) is not there yet: martlet serve makes it")
            }
            if mode & 0o077 == 0 { return Finding(.ok, "secret", "\(site.secretFile) is for its owner only") }
            return Finding(.error, "secret", "\(site.secretFile) can be read by others: chmod 600 \(site.secretFile)")
        } catch { return Finding(.error, "secret", Failure(error).message) }
    }

    /// Room for the database in that file.
    static func space(_ file: String) -> Finding {
        let folder = existingFolder(of: file)
        let attributes = try? FileManager.default.attributesOfFileSystem(forPath: folder)
        guard let bytes = (attributes?[.systemFreeSize] as? NSNumber)?.int64Value else {
            return Finding(.warning, "disk", "How much room \(folder) has cannot be found out")
        }
        let size = (try? FileManager.default.attributesOfItem(atPath: file))?[.size] as? Int64 ?? 0
        let text = "\(bytes >> 20) MB free in \(folder)"
        // The write-ahead log and a migration may each need the size of the database once more.
        if bytes < 200 << 20 { return Finding(.error, "disk", "\(text): make room, at least 200 MB") }
        if bytes < 2 * size { return Finding(.warning, "disk", "\(text), less than twice the database: a migration may not fit") }
        return Finding(.ok, "disk", text)
    }

    static func port(_ host: String, _ port: Int) -> Finding {
        if port == 0 { return Finding(.ok, "port", "any free one will be taken") }
        guard let reason = Port.objection(host, port) else { return Finding(.ok, "port", "\(host):\(port) is free") }
        return Finding(.error, "port", "\(host):\(port): \(reason); --port takes another")
    }

    private static func existingFolder(of path: String) -> String {
        var folder = URL(filePath: path).absoluteURL.deletingLastPathComponent()
        while !FileManager.default.fileExists(atPath: folder.path), folder.path != "/" { folder.deleteLastPathComponent() }
        return folder.path
    }
}
