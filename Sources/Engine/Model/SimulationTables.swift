import SQL
import Storage

/// What simulations keep besides their records.
enum SimulationTables {
    static let all = [simulations, plans, chunks, dead, packs, writtenPacks, effects]

    /// The state and the clock of each, one row, whatever is still to be done. The speed is 0 for as fast as possible.
    static let simulations = Table(
        name: "martlet_simulation",
        columns: [
            Column("Id", .id, isNullable: false),
            Column("State", .text, isNullable: false),
            Column("Version", .integer, isNullable: false),
            Column("AnchorWall", .datetime, isNullable: false),
            Column("AnchorLogical", .datetime, isNullable: false),
            Column("Speed", .real, isNullable: false),
            Column("HighWater", .datetime, isNullable: false),
            Column("Chunks", .integer, isNullable: false),
            Column("Planned", .integer, isNullable: false),
            Column("PlanHash", .text, isNullable: false),
            Column("Pack", .text, isNullable: false),
            Column("Order", .json, isNullable: false),
            Column("StartedAt", .datetime),
            Column("EndedAt", .datetime),
            Column("Error", .text),
            // The outside tool that gets the records, too.
            Column("Target", .text),
        ],
        primaryKey: "Id",
        indexes: [Index(name: "martlet_simulation_state", columns: ["State"])])

    /// The plan's chunks; written once.
    static let plans = Table(
        name: "martlet_simulation_plan",
        columns: [Column("Id", .id, isNullable: false), Column("Dues", .bytes, isNullable: false)],
        primaryKey: "Id")

    /// How far each chunk is, and who holds it until when.
    static let chunks = Table(
        name: "martlet_simulation_chunk",
        columns: [
            Column("Id", .id, isNullable: false),
            Column("SimulationId", .id, isNullable: false),
            Column("Number", .integer, isNullable: false),
            Column("First", .integer, isNullable: false),
            Column("Cursor", .integer, isNullable: false),
            Column("Steps", .integer),
            Column("Arrived", .integer, isNullable: false),
            Column("Lost", .integer, isNullable: false),
            Column("Dead", .integer, isNullable: false),
            Column("NextDue", .datetime, isNullable: false),
            Column("LastDue", .datetime),
            Column("IsDone", .boolean, isNullable: false),
            Column("Epoch", .integer, isNullable: false),
            Column("Owner", .id),
            Column("LeaseUntil", .datetime),
        ],
        primaryKey: "Id",
        indexes: [
            Index(name: "martlet_simulation_chunk_due", columns: ["SimulationId", "NextDue"], condition: "NOT \"IsDone\""),
            Index(name: "martlet_simulation_chunk_owner", columns: ["Owner"]),
            Index(name: "martlet_simulation_chunk_of", columns: ["SimulationId"]),
        ])

    /// Stories that were refused, with the step at which they stand still.
    static let dead = Table(
        name: "martlet_simulation_dead",
        columns: [
            Column("Id", .id, isNullable: false),
            Column("SimulationId", .id, isNullable: false),
            Column("Chunk", .integer, isNullable: false),
            Column("Story", .integer, isNullable: false),
            Column("Step", .integer, isNullable: false),
            Column("Error", .json, isNullable: false),
            Column("Tries", .integer, isNullable: false),
            Column("At", .datetime, isNullable: false),
        ],
        primaryKey: "Id",
        indexes: [Index(name: "martlet_simulation_dead_of", columns: ["SimulationId", "Chunk"])])

    /// The words that simulations were told with, by their hash.
    static let packs = Table(
        name: "martlet_simulation_pack",
        columns: [Column("Hash", .text, isNullable: false), Column("Words", .json, isNullable: false)],
        primaryKey: "Hash")

    /// Packs that a language model is asked for, by the hash of everything that their words depend on: how far each is written, and,
    /// once it is made, under which hash it is kept among the others.
    static let writtenPacks = Table(
        name: "martlet_pack",
        columns: [
            Column("Key", .text, isNullable: false),
            Column("Order", .json, isNullable: false),
            Column("Draft", .json),
            Column("Version", .integer, isNullable: false),
            Column("Hash", .text),
            Column("Error", .text),
            Column("JobId", .id, isNullable: false),
            Column("AskedAt", .datetime, isNullable: false),
        ],
        primaryKey: "Key")

    /// The outbox: records that an outside tool is to get, and what it has made of them. Waiting to be sent, linking (there, but
    /// not linked with the others yet), confirmed or dead. The id is the record's.
    static let effects = Table(
        name: "martlet_effect",
        columns: [
            Column("Id", .id, isNullable: false),
            Column("SimulationId", .id, isNullable: false),
            Column("Object", .text, isNullable: false),
            Column("Rank", .integer, isNullable: false),
            Column("At", .datetime, isNullable: false),
            Column("Revision", .integer, isNullable: false),
            Column("State", .text, isNullable: false),
            Column("RemoteKind", .text),
            Column("RemoteId", .text),
            Column("Tries", .integer, isNullable: false),
            Column("Error", .text),
            Column("IsPartial", .boolean, isNullable: false),
        ],
        primaryKey: "Id",
        indexes: [Index(name: "martlet_effect_of", columns: ["SimulationId", "State", "Rank", "At", "Id"])])
}
