import Foundation
import Jobs
import SQL
import Storage
import Values

// A worker for tests to kill and to stop: `JobsCrash ADDRESS [GATE]`, where the address is of a file or of a PostgreSQL server.
//
// Each job adds a row to the table Effect and is finished in the same transaction. What is done is printed, line by line.
// With a gate, a job waits until there is a file of that name. The worker ends when no job is left.

func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }

let address = CommandLine.arguments.dropFirst().first ?? ""
let gate = CommandLine.arguments.dropFirst(2).first
let database: any Database =
    address.hasPrefix("postgres:")
    ? try await PostgresDatabase.open(PostgresAddress(address)) : try await SQLiteDatabase.open(path: address)
let queue = JobQueue(database)

var settings = WorkerSettings()
(settings.beat, settings.lease, settings.tick, settings.batch) = (.milliseconds(300), .milliseconds(1500), .milliseconds(100), 20)
// Whoever is stopped at the gate is not to be in a transaction then.
if gate != nil { settings.beat = .seconds(3600) }

let handler = JobHandler(JobKind<JSON>("effect", attempts: 1000, backoff: Backoff(first: .milliseconds(10)))) { number, run in
    if let gate {
        say("began \(number)")
        while !FileManager.default.fileExists(atPath: gate) { try? await Task.sleep(for: .milliseconds(5)) }
    }
    // Not the handler's task: that one is cancelled by now, and is to try all the same.
    let ending = Task {
        try await database.transaction(deadline: .after(.seconds(30))) { connection in
            let insert: Fragment = """
                INSERT INTO \(name: "Effect") VALUES (\(.text(number.description)), \(.integer(Int64(run.job.epoch))))
                """
            try await run.finish(on: connection)
            try await connection.run(insert.statement(connection.dialect))
        }
    }
    do { try await ending.value } catch JobProblem.lost {
        say("lost \(number)")
        throw JobProblem.lost(id: run.job.id)
    }
    say("did \(number)")
}

let worker = JobWorker(queue, handlers: [handler], settings: settings)
await withTaskGroup(of: Void.self) { group in
    group.addTask { await worker.run() }
    group.addTask {
        while (try? await queue.jobs(limit: 1))?.isEmpty != true { try? await Task.sleep(for: .milliseconds(50)) }
        worker.stop()
    }
}
await database.close()
