import SQL
package import Storage

/// What the queue keeps in the database. Whoever makes the schema adds these tables to it.
package enum JobTables {
    package static let all = [jobs, workers, schedules, pauses]

    /// The three states have an index each, so that taking the next job costs the same however many wait or are dead.
    static let jobs = Table(
        name: "martlet_job",
        columns: [
            Column("Id", .id, isNullable: false),
            Column("Kind", .text, isNullable: false),
            Column("Queue", .text, isNullable: false),
            Column("Priority", .integer, isNullable: false),
            Column("State", .text, isNullable: false),
            Column("Payload", .json, isNullable: false),
            Column("Key", .text),
            Column("RunAt", .datetime, isNullable: false),
            Column("Attempt", .integer, isNullable: false),
            Column("Attempts", .integer, isNullable: false),
            Column("Epoch", .integer, isNullable: false),
            Column("Owner", .id),
            Column("EnqueuedAt", .datetime, isNullable: false),
            Column("StartedAt", .datetime),
            Column("Error", .text),
            Column("Done", .integer),
            Column("Total", .integer),
            Column("Note", .text),
            Column("IsCancelled", .boolean, isNullable: false),
        ],
        primaryKey: "Id",
        indexes: [
            Index(
                name: "martlet_job_waiting", columns: ["Queue", "Priority", "RunAt", "Id"], condition: "\"State\" = 'waiting'"),
            Index(name: "martlet_job_running", columns: ["Owner"], condition: "\"State\" = 'running'"),
            Index(name: "martlet_job_dead", columns: ["Id"], condition: "\"State\" = 'dead'"),
            Index(
                name: "martlet_job_key", columns: ["Key"], isUnique: true,
                condition: "\"Key\" IS NOT NULL AND \"State\" <> 'dead'"),
        ])

    /// Those who run jobs. A worker that lives counts its beats up; whose count stands still is taken off, and its jobs with it.
    static let workers = Table(
        name: "martlet_worker",
        columns: [
            Column("Id", .id, isNullable: false),
            Column("Name", .text, isNullable: false),
            Column("Beat", .integer, isNullable: false),
            Column("StartedAt", .datetime, isNullable: false),
            Column("SeenAt", .datetime, isNullable: false),
        ],
        primaryKey: "Id")

    /// When each schedule of the program is due next.
    static let schedules = Table(
        name: "martlet_schedule",
        columns: [
            Column("Name", .text, isNullable: false),
            Column("Pattern", .text, isNullable: false),
            Column("Zone", .text, isNullable: false),
            Column("NextAt", .datetime, isNullable: false),
            Column("LastAt", .datetime),
        ],
        primaryKey: "Name")

    /// Queues and kinds of which nothing is begun: `queue:mail`, `kind:mail.welcome`.
    static let pauses = Table(
        name: "martlet_job_pause",
        columns: [Column("Name", .text, isNullable: false), Column("At", .datetime, isNullable: false)],
        primaryKey: "Name")
}
