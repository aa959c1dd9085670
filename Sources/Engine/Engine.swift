import Formula
package import Jobs
package import Metadata
package import ObjectQL
package import SQL
package import Storage
import Synchronization
package import Values

/// The only door to records. Whoever comes - HTTP, the web application, a trigger, an import, the command line - reads and
/// writes through it, as a user, at a time.
package final class Engine: Sendable {
    package let database: any Database
    package let settings: EngineSettings
    /// Work for later, in the same database: what is enqueued in a write exists exactly when the write does.
    package let jobs: JobQueue
    let cipher: Cipher
    let seal: Seal
    let triggers: [any Trigger]
    /// Two keep the database at work while one of them is being prepared or committed; with more of them each is smaller.
    let sharedWrites = Sharing<WriteWish, WriteOutcome>(most: 3, largestParty: 64, mayShare: WriteWish.mayShare)
    let numbers = NumbersInHand.Pool()
    private let current: Mutex<Model>
    /// Whoever changes what is in force does it alone.
    let turn = Turn()
    private let idCount = Atomic<Int>(.random(in: 0..<1 << 29))

    /// The model in force. A reader keeps the one it began with, whatever is installed meanwhile.
    package var model: Model { current.withLock { $0 } }
    package var registry: Registry { model.registry }

    /// From here on everyone goes by another model.
    func go(by model: Model) { current.withLock { $0 = model } }

    private init(
        _ model: Model, _ database: any Database, _ settings: EngineSettings, _ triggers: [any Trigger], _ clock: any JobClock
    ) {
        (self.database, self.settings, self.triggers) = (database, settings, triggers)
        jobs = JobQueue(database, clock: clock)
        cipher = Cipher(secret: settings.secret)
        seal = Seal(secret: settings.secret)
        current = Mutex(model)
    }

    /// Opens the engine on a database: brings its schema up to the registry's and makes the first user.
    ///
    /// The registry is put in force for all servers of the database; see `chosen` for when another is.
    ///
    /// - Parameter clock: by which jobs are due.
    /// - Throws: `Problem`, where the registry needs destructive steps that were not allowed, or cannot be served.
    package static func open(
        _ registry: Registry, on database: any Database, settings: EngineSettings = EngineSettings(),
        triggers: [any Trigger] = [], clock: any JobClock = SystemClock(), allowDestructive: Bool = false
    ) async throws -> Engine {
        let model = try Model(registry, triggers: triggers, dialect: database.dialect)
        let engine = Engine(model, database, settings, triggers, clock)
        try await engine.migrate(to: model, allowDestructive: allowDestructive)
        try await engine.makeAdministrator()
        try await engine.refreshRollUps(of: model)
        return engine
    }

    /// The functions that compiled queries and formulas call, for every SQLite connection.
    package static var sqlFunctions: [SQLFunction] { CompiledFormula.functions + Query.functions }

    /// The statements that make the functions which they call on PostgreSQL.
    package static var postgresFunctions: [String] { CompiledFormula.postgresFunctions }

    /// Ids made one after the other sort so, also when they are made for the same moment.
    func makeID(at instant: Instant) -> String {
        RecordID.make(at: instant, count: UInt64(idCount.add(1, ordering: .relaxed).newValue))
    }

    private func makeAdministrator() async throws {
        let session = Session.administrator()
        try await current {
            let model = self.model
            let object = try model.named("User")
            do { try await write(under: model, as: session) { try await $0.makeAdministrator(of: object) } } catch StorageError
                .unique
            {
                // Another server, started at the same time, was faster.
            }
        }
    }
}

package struct EngineSettings: Sendable {
    package var organization = "Martlet"
    /// In which all amounts are (ISO 4217).
    package var currency = "USD"
    package var limits = Limits()
    package var readDeadline = Duration.seconds(10)
    package var writeDeadline = Duration.seconds(30)
    package var calendar = CalendarRules()
    /// Told how far the database has been brought to what a registry needs, at the start and when another is installed.
    package var migrationProgress: @Sendable (MigrationProgress) -> Void = { _ in }
    /// 32 bytes that sign cursors and encrypt `encrypted` fields. Whoever loses them loses those fields.
    package var secret: [UInt8]

    /// - Parameter secret: by default a new one, which does for a database that is thrown away.
    package init(secret: [UInt8] = (0..<32).map { _ in .random(in: 0...255) }) { self.secret = secret }
}

extension WriteScope {
    /// The user everything begins with; it made itself.
    fileprivate func makeAdministrator(of object: ObjectModel) async throws {
        guard try await records(of: object, ids: [session.user.id], deleted: nil).isEmpty else { return }
        var record = object.blankRecord()
        for (name, value) in session.user.fields { record[name] = value }
        for (name, value) in [
            ("Email", Value.text("admin@localhost.invalid")), ("LastName", .text("Administrator")), ("IsActive", .bool(true)),
        ] {
            record[name] = value
        }
        for (position, field) in object.definition.fields.enumerated()
        where field.type == .checkbox && record.values[position].isNull {
            record.values[position] = .bool(false)
        }
        record.values[object.system.createdDate] = .datetime(session.now)
        record.values[object.system.modifiedDate] = .datetime(session.now)
        record.values[object.system.createdBy] = .text(session.user.id)
        record.values[object.system.modifiedBy] = .text(session.user.id)
        record.values[object.system.version] = .number(.one)
        record.values[object.system.isDeleted] = .bool(false)
        let change = Change(.create, new: record)
        try await store([change], of: object, .create)
        log([change], of: object)
    }
}
