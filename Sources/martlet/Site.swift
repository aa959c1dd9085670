import ArgumentParser
import Engine
import Foundation
import Logging
import Metadata
import ObjectQL
import SQL
import Storage
import Triggers
import Values

/// Where a business lives: its metadata, its triggers, its database and its secret.
struct Site: Sendable {
    let database: DatabaseAddress
    let metadata: String
    /// Nil for the folder beside the metadata.
    let triggers: String?
    let secretFile: String
    let environment: Environment

    struct Options: ParsableArguments {
        @Option(Settings.database) var database: String?
        @Option(Settings.metadata) var metadata: String?
        @Option(Settings.triggers) var triggers: String?
        @Option(Settings.secretFile) var secretFile: String?
        @Option(Settings.synchronous) var synchronous: String?
        @Option(Settings.busyTimeout) var busyTimeout: String?
        @Option(Settings.writeDeadline) var writeDeadline: String?
        @Option(Settings.organization) var organization: String?
        @Option(Settings.currency) var currency: String?
        @Option(Settings.fiscalYearStart) var fiscalYearStart: String?
        @Option(Settings.firstWeekday) var firstWeekday: String?
    }

    private let options: Options

    /// - Parameter other: the database, where it is not the one of the options.
    init(
        _ options: Options, _ environment: Environment = Environment(), database other: DatabaseAddress? = nil
    ) throws(Failure) {
        (self.options, self.environment) = (options, environment)
        let chosen = try environment.value(Settings.database, options.database, or: .file("data/martlet.sqlite"))
        database = other ?? chosen
        metadata = try environment.value(Settings.metadata, options.metadata, or: Folders.standardMetadata())
        triggers = try environment.value(Settings.triggers, options.triggers)
        secretFile = try environment.value(Settings.secretFile, options.secretFile, or: database.secretFile)
    }

    var folders: Folders { Folders(metadata, triggers) }

    /// The business as its files describe it, or a failure after a list of the mistakes.
    func registry() throws -> Registry { try folders.registry() }

    /// The business, ready for the database.
    func model(_ registry: Registry) throws -> Model { try Model(registry, triggers: swiftTriggers, dialect: database.dialect) }

    /// The database; a file is made where there is none. One that a transfer has not filled yet is refused.
    func openDatabase() async throws -> any Database {
        let database = try await open()
        guard (try? await Transfer.isUnfinished(in: database)) ?? false else { return database }
        await database.close()
        throw Failure(
            .refused, "\(self.database) is not whole: a transfer into it has not come to its end",
            hint: "Run the same martlet transfer again; it goes on where it stopped")
    }

    /// The same, whatever is in it.
    ///
    /// - Parameter isBeingFilled: whether tables are filled one after the other, whatever they refer to.
    func open(isBeingFilled: Bool = false) async throws -> any Database {
        switch database {
        case .file(let path): return try await openDatabase(at: path, isBeingFilled: isBeingFilled)
        case .server(let address):
            let functions = Engine.postgresFunctions
            return try await PostgresDatabase.open(address) {
                $0.functions = functions
                // Nobody works beside it.
                if isBeingFilled { $0.largeTable = .max }
            }
        }
    }

    func openDatabase(at path: String, isBeingFilled: Bool = false) async throws -> SQLiteDatabase {
        let folder = URL(filePath: path).deletingLastPathComponent().path
        do { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) } catch {
            throw Failure(.unavailable, "The folder \(folder) cannot be made: \(error.localizedDescription)")
        }
        var options = try databaseOptions()
        options.checksReferences = !isBeingFilled
        return try await SQLiteDatabase.open(path: path, options: options)
    }

    /// The database, which must be there.
    func existingDatabase() async throws -> any Database {
        try requireDatabase(hint: "martlet serve makes one; --database sqlite:PATH or MARTLET_DATABASE names another")
        return try await openDatabase()
    }

    func requireDatabase(hint: String) throws(Failure) {
        guard database.exists else { throw Failure(.unavailable, "There is no database at \(database)", hint: hint) }
    }

    /// The engine on a database that is brought to what the metadata describes, as long as nothing is lost by that.
    ///
    /// - Parameter logger: told how far that has come, then and later.
    func open(_ registry: Registry, on database: any Database, _ logger: Logger? = nil) async throws -> Engine {
        let migration = try await database.plan(try model(registry).schema)
        guard migration.isHarmless else {
            try MigrationReport(migration, self).print(to: .errors)
            throw Failure(.refused, "The database cannot take the metadata without losing data; nothing was changed")
        }
        return try await engine(registry, on: database, logger: logger)
    }

    /// - Parameter precedence: whose word counts where the database has other metadata in force than the files have.
    func engine(
        _ registry: Registry, on database: any Database, _ precedence: Precedence = .given, logger: Logger? = nil
    ) async throws -> Engine {
        var settings = try engineSettings(secret: try Secret.open(secretFile))
        if let logger { settings.migrationProgress = MigrationLog { logger.info("\($0)") }.note }
        let chosen = try await Engine.chosen(registry, precedence, on: database)
        return try await Engine.open(chosen, on: database, settings: settings, triggers: swiftTriggers)
    }

    /// Runs `body` on the database, which must be there and hold what the metadata describes.
    func asking(_ body: (Engine, Registry) async throws -> Void) async throws {
        let registry = try registry()
        try await existingDatabase().closed { database in
            // Asking is no reason to change the database, nor what is in force there.
            let registry = try await Engine.chosen(registry, .inForce, on: database)
            guard try await database.plan(try model(registry).schema).isDone else {
                throw Failure(
                    .refused, "The database does not hold what the metadata describes yet",
                    hint: "martlet plan shows what is missing, martlet migrate adds it")
            }
            try await body(try await engine(registry, on: database), registry)
        }
    }

    private func engineSettings(secret: [UInt8]) throws(Failure) -> EngineSettings {
        var chosen = EngineSettings(secret: secret)
        chosen.limits = try environment.limits()
        chosen.readDeadline = .milliseconds(chosen.limits[.milliseconds])
        chosen.writeDeadline = try environment.value(Settings.writeDeadline, options.writeDeadline, or: chosen.writeDeadline)
        chosen.organization = try environment.value(Settings.organization, options.organization, or: chosen.organization)
        chosen.currency = try environment.value(Settings.currency, options.currency, or: chosen.currency)
        chosen.calendar.fiscalYearStart = try environment.value(Settings.fiscalYearStart, options.fiscalYearStart, or: 1)
        chosen.calendar.firstWeekday = try environment.value(Settings.firstWeekday, options.firstWeekday, or: 1)
        return chosen
    }

    private func databaseOptions() throws(Failure) -> SQLiteDatabase.Options {
        var chosen = SQLiteDatabase.Options()
        chosen.functions = Engine.sqlFunctions
        let synchronous = try environment.value(Settings.synchronous, options.synchronous, or: "full")
        chosen.synchronous = synchronous == "normal" ? .normal : .full
        chosen.busyTimeout = try environment.value(Settings.busyTimeout, options.busyTimeout, or: chosen.busyTimeout)
        return chosen
    }
}

extension Database {
    /// Runs `body` on the database and closes it, whatever comes of it.
    func closed<Result>(after body: (any Database) async throws -> Result) async throws -> Result {
        let result: Swift.Result<Result, any Error>
        do { result = .success(try await body(self)) } catch { result = .failure(error) }
        await close()
        return try result.get()
    }
}

extension Option where Value == [String] {
    /// The option of a setting that may be given several times.
    init<Wanted>(wrappedValue: [String], several setting: Setting<Wanted>) {
        self.init(
            wrappedValue: wrappedValue, name: .customLong(setting.notes.option ?? ""),
            help: ArgumentHelp(setting.notes.help, valueName: setting.notes.placeholder))
    }
}

extension Option where Value == String? {
    /// The option of a setting; it is read when all places where it may be set are known.
    init<Wanted>(_ setting: Setting<Wanted>) {
        let notes = setting.notes
        let standard = notes.standard.map { " (standard: \($0))" } ?? ""
        self.init(
            name: .customLong(notes.option ?? ""), help: ArgumentHelp(notes.help + standard, valueName: notes.placeholder))
    }
}
