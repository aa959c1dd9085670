import SQL
import Storage

/// The tables of the engine's own.
enum EngineTables {
    static let all = [changes, counters, idempotency, rollUps]

    /// Every change of every record: who, when, what it was and what it became.
    ///
    /// Keys are time-ordered UUIDs, not a sequence, so that the log is split by time and can be split over machines.
    static let changes = Table(
        name: "martlet_change",
        columns: [
            Column("Id", .id, isNullable: false),
            Column("At", .datetime, isNullable: false),
            Column("UserId", .id, isNullable: false),
            Column("Object", .text, isNullable: false),
            Column("RecordId", .id, isNullable: false),
            Column("Kind", .text, isNullable: false),
            Column("Version", .integer, isNullable: false),
            Column("TransactionId", .id, isNullable: false),
            Column("Before", .json),
            Column("After", .json),
        ],
        primaryKey: "Id",
        indexes: [
            Index(name: "martlet_change_record", columns: ["RecordId", "Id"]),
            // What was deleted together is brought back together.
            Index(name: "martlet_change_deleted", columns: ["TransactionId"], condition: RowStatements.deletion),
        ],
        isSplitByMonth: true)

    /// The last number given out by each autonumber field in each of its periods.
    static let counters = Table(
        name: "martlet_counter",
        columns: [
            Column("Name", .text, isNullable: false),
            Column("Last", .integer, isNullable: false),
        ],
        primaryKey: "Name")

    /// What each roll-up was last computed by for all parents; empty while the metadata has it not.
    static let rollUps = Table(
        name: "martlet_rollup",
        columns: [
            Column("Name", .text, isNullable: false),
            Column("Definition", .text, isNullable: false),
        ],
        primaryKey: "Name")

    /// Answers to requests that came with an `Idempotency-Key`, written in the transaction of what they did.
    static let idempotency = Table(
        name: "martlet_idempotency",
        columns: [
            Column("Key", .text, isNullable: false),
            Column("Request", .text, isNullable: false),
            Column("Answer", .json, isNullable: false),
            Column("At", .datetime, isNullable: false),
        ],
        primaryKey: "Key",
        indexes: [Index(name: "martlet_idempotency_at", columns: ["At"])])
}
