import Engine
import Jobs
import PostgresCluster
import SQL
import Simulation
import Storage
import Subprocess
import Testing
import Values

/// Whoever works on a simulation, and whatever becomes of them: its content is that of the clean run.
@Suite(.timeLimit(.minutes(3))) struct `A simulation in the hands of worker processes` {
    private static let play = Theatre.play(["totalRecords": 28])
    /// One that takes longer than some lives of a worker.
    private static let longPlay = Theatre.play(["totalRecords": 56])

    @Test(arguments: [(DatabaseKind.sqlite, 2), (.postgres, 1), (.postgres, 2), (.postgres, 8)])
    func `is the same with any number of them`(kind: DatabaseKind, count: Int) async throws {
        try await Theatre.run(on: [kind], isLive: true) { theatre in
            let id = try await theatre.begin(Self.play)
            let process = WorkerProcess(theatre)
            try await withThrowingTaskGroup { group in
                for _ in 0..<count { group.addTask { try await process.finish(id, of: theatre) } }
                try await group.waitForAll()
            }
            try await expectCompleted(id, theatre)
        }
    }

    /// They have no model set up: what one wrote was chosen at the start.
    @Test(arguments: DatabaseKind.allCases) func `is the same with the words of a language model`(kind: DatabaseKind) async throws
    {
        let play = Theatre.play(["totalRecords": 28, "personas": "model"])
        try await Theatre.run(on: [kind], writer: Scribe(), isLive: true) { theatre in
            let id = try await theatre.begin(play)
            let process = WorkerProcess(theatre)
            try await withThrowingTaskGroup { group in
                for _ in 0..<2 { group.addTask { try await process.finish(id, of: theatre) } }
                try await group.waitForAll()
            }
            #expect(try await theatre.pack(of: id)["from"] == "model")
            try await expectCompleted(id, theatre, play)
        }
    }

    @Test(arguments: DatabaseKind.allCases)
    func `is the same where one of them is killed every 200 ms`(kind: DatabaseKind) async throws {
        try await Theatre.run(on: [kind], isLive: true) { theatre in
            let id = try await theatre.begin(Self.longPlay)
            let process = WorkerProcess(theatre)
            let lanes = kind == .sqlite ? 1 : 3
            let kills = try await withThrowingTaskGroup(of: Int.self) { group in
                for lane in 0..<lanes {
                    group.addTask {
                        var kills = 0
                        for life in 0..<24 / lanes {
                            // Three that live for 600 ms each, beginning one after the other.
                            let turns = life == 0 ? lane + 1 : lanes
                            try await process.run { send in
                                let isOver = try await theatre.isOver(id, within: .milliseconds(200) * turns)
                                try send(.kill)
                                if !isOver { kills += 1 }
                            }
                            if try await theatre.isOver(id, within: .zero) { return kills }
                        }
                        try await process.finish(id, of: theatre)
                        return kills
                    }
                }
                return try await group.reduce(0, +)
            }
            // How many depends on how fast the machine is.
            #expect(kills > 0)
            try await expectCompleted(id, theatre, Self.longPlay)
        }
    }

    /// Wherever it was stopped: on PostgreSQL that may be in the midst of a transaction.
    @Test(arguments: DatabaseKind.allCases)
    func `is not written to by one that was stopped past its lease and goes on`(kind: DatabaseKind) async throws {
        try await Theatre.run(on: [kind], isLive: true) { theatre in
            let id = try await theatre.begin(Self.play)
            let process = WorkerProcess(silentNoLongerThan: 2, theatre)
            let queue = theatre.engine.jobs
            let status = try await process.run { send in
                try await stop(theatre, send)
                try await process.run { send in
                    try await theatre.isOver(id)
                    // It takes off the one that is silent.
                    while try await queue.workers().count > 1 { try await Task.sleep(for: .milliseconds(20)) }
                    try send(.terminate)
                }
                let chunks = try await theatre.chunks()
                #expect(try await queue.workers().isEmpty)
                try send(.resume)
                // It finds that it is taken off, and begins anew.
                while try await queue.workers().isEmpty { try await Task.sleep(for: .milliseconds(20)) }
                #expect(try await theatre.chunks() == chunks)
                try send(.terminate)
            }
            #expect(status.isSuccess, "\(status)")
            try await expectCompleted(id, theatre)
        }
    }

    /// Stops a worker that holds a chunk.
    private func stop(_ theatre: Theatre, _ send: (Signal) throws -> Void) async throws {
        while true {
            try send(.suspend)
            if try await theatre.isHeld() { return }
            try send(.resume)
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    private func expectCompleted(_ id: String, _ theatre: Theatre, _ play: JSON = play) async throws {
        let state = try await theatre.state(id)
        #expect(state == "Completed")
        #expect(try await theatre.chunks().allSatisfy { $0.hasSuffix(" free") }, "a lease is left")
        try await theatre.expect(play)
    }
}

extension Theatre {
    /// Where each chunk stands, how often it was taken, and whether somebody holds it.
    func chunks() async throws -> [String] {
        let sql = #"SELECT "Number", "Cursor", "Epoch", "Owner" FROM "martlet_simulation_chunk" ORDER BY "Number""#
        return try await engine.database.read(Statement(sql: sql), lane: .short, deadline: .after(.seconds(60))) { rows in
            var lines: [String] = []
            while try rows.next() {
                let numbers = (0..<3).map { rows.cell($0).integer?.description ?? "-" }
                lines.append(numbers.joined(separator: " ") + (rows.cell(3).isNull ? " free" : " held"))
            }
            return lines
        }
    }

    /// Whether somebody holds a chunk. On SQLite not in a transaction: for that everybody would wait as long as the process lives.
    fileprivate func isHeld() async throws -> Bool {
        let held = Statement(sql: #"SELECT 1 FROM "martlet_simulation_chunk" WHERE "Owner" IS NOT NULL"#)
        do {
            return try await engine.database.transaction(deadline: .after(.milliseconds(300))) {
                try await $0.rows(held) { try $0.next() }
            }
        } catch StorageError.busy, StorageError.deadline { return false }
    }
}
