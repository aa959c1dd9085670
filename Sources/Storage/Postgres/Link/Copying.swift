import CLibPQ
import SQL

/// COPY, for which libpq has to leave pipeline mode. Nothing else is under way meanwhile.
extension Link {
    func beginCopy(_ sql: String) throws {
        guard !isWaiting, PQexitPipelineMode(handle) == 1, PQsendQuery(handle, sql) == 1 else { throw lost }
        try flush()
    }

    /// Hands bytes to libpq, which keeps what the socket does not take: `flush` until it is out.
    func put(_ bytes: [UInt8]) throws {
        let code = bytes.withUnsafeBytes { bytes in
            PQputCopyData(handle, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count))
        }
        guard code == 1 else { throw lost }
        try flush()
    }

    /// - Parameter reason: why what was sent is not wanted after all; nil where it is.
    func endCopy(_ reason: String?) throws {
        guard PQputCopyEnd(handle, reason) == 1 else { throw lost }
        try flush()
    }

    /// Whether an answer to COPY is there, be it the last.
    var hasReply: Bool { PQisBusy(handle) == 0 }

    /// What the server says next; nil when it has said everything.
    func reply() throws -> PostgresResult? {
        guard let result = PQgetResult(handle).map(PostgresResult.init) else { return nil }
        if result.status == PGRES_FATAL_ERROR {
            let refusal = Refusal(result)
            if refusal.endsConnection || PQstatus(handle) != CONNECTION_OK { throw ConnectionLost(refusal.message) }
        }
        return result
    }

    func resumePipeline() throws { guard PQenterPipelineMode(handle) == 1 else { throw lost } }
}

extension PostgresSession {
    private static let pieceSize = 64 << 10

    /// Puts rows into a table by COPY, in pieces, and no faster than the server takes them.
    func copy(_ rows: [[Bind]], _ sql: String) async throws {
        try ticket?.check()
        try link.beginCopy(sql)
        var misfit: (any Error)?
        var outcome = try await reply()
        if outcome?.status == PGRES_COPY_IN {
            do {
                try await put(rows)
                try link.endCopy(nil)
            } catch let loss as ConnectionLost { throw loss } catch {
                misfit = error
                try link.endCopy("it was given up")
            }
            outcome = try await reply()
        }
        while try await reply() != nil {}
        try link.resumePipeline()
        try await settle()
        if let misfit { throw misfit }
        guard let outcome, outcome.status == PGRES_COMMAND_OK else {
            try ticket?.check()
            throw outcome.map { Refusal($0) as any Error } ?? link.lost
        }
    }

    private func put(_ rows: [[Bind]]) async throws {
        var text = CopyText()
        for (index, row) in rows.enumerated() {
            do throws(Misfit) { try text.append(row) } catch {
                let key = (try? row.first?.postgresText) ?? ""
                throw StorageError.check("\(error.message) (in the row \(key))")
            }
            guard text.bytes.count >= PostgresSession.pieceSize || index == rows.count - 1 else { continue }
            try ticket?.check()
            try link.put(text.bytes)
            text.clear()
            while link.isSending { try react(await loop.wait(at: place, for: wish)) }
        }
    }

    private func reply() async throws -> PostgresResult? {
        while !link.hasReply { try react(await loop.wait(at: place, for: wish)) }
        return try link.reply()
    }
}
