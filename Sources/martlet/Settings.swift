import ObjectQL

/// One thing that can be set: by an option, else by an environment variable, else it has its standard value.
///
/// The options' help, `docs/settings.md` and the parsing are all made from these.
struct Setting<Value: Sendable>: Sendable {
    let notes: SettingNotes
    let read: @Sendable (String) -> Value?
    /// What may be shown of a text that cannot be read.
    let shown: @Sendable (String) -> String

    /// - Parameters:
    ///   - option: without dashes; the variable is made of it: `idle-timeout`, `MARTLET_IDLE_TIMEOUT`.
    ///   - standard: as one would write it; nil where the value is found otherwise, as `help` says.
    init(
        _ option: String, _ group: SettingGroup, _ form: SettingForm<Value>, standard: String?, _ help: String
    ) {
        notes = SettingNotes(
            option: option, variable: "MARTLET_" + option.uppercased().replacing("-", with: "_"), group: group,
            placeholder: form.placeholder, expected: form.expected, standard: standard, help: help)
        (read, shown) = (form.read, form.shown)
    }
}

/// What there is to say of a setting.
struct SettingNotes: Sendable {
    /// Without dashes; nil where there is only the variable.
    let option: String?
    let variable: String
    let group: SettingGroup
    let placeholder: String
    let expected: String
    let standard: String?
    let help: String
}

enum SettingGroup: String, Sendable, CaseIterable {
    case places = "Where things are"
    case server = "Server"
    case jobs = "Jobs"
    case database = "Database"
    case business = "Business"
    case assistant = "Assistant"
    case targets = "Targets of simulations"
    case queries = "What a query may cost"
}

/// All settings.
enum Settings {
    static let database = Setting(
        "database", .places, .database, standard: "sqlite:data/martlet.sqlite",
        "The database: a file of SQLite, sqlite:PATH, or a PostgreSQL server, postgres://USER@HOST/NAME")
    static let metadata = Setting(
        "metadata", .places, .text("FOLDER"), standard: nil,
        "The folder with the metadata: ./metadata if there is one, else the one beside the program")
    static let triggers = Setting(
        "triggers", .places, .text("FOLDER"), standard: nil,
        "The folder with the triggers: ./triggers if there is one, else the one beside the metadata folder")
    static let secretFile = Setting(
        "secret-file", .places, .text("FILE"), standard: nil,
        "The key that signs cursors and encrypts fields: the database file's path with .secret for its ending, or data/martlet.secret where a server keeps the database"
    )

    static let host = Setting("host", .server, .text("ADDRESS"), standard: "127.0.0.1", "The address to listen on")
    static let port = Setting("port", .server, .whole(0...65_535), standard: "8080", "The port to listen on; 0 takes a free one")
    static let logLevel = Setting(
        "log-level", .server, .choice("LEVEL", ["trace", "debug", "info", "notice", "warning", "error", "critical"]),
        standard: "info",
        "How much is logged, to standard error")
    static let maxBody = Setting("max-body", .server, .bytes, standard: "10MB", "The largest body of a request")
    static let maxHeader = Setting("max-header", .server, .bytes, standard: "64KB", "The largest head of a request")
    static let maxOperations = Setting(
        "max-operations", .server, .whole(1...1_000_000), standard: "10000", "The most operations of one batch")
    static let maxConnections = Setting(
        "max-connections", .server, .whole(1...1_000_000), standard: "4096", "The most connections at a time")
    static let idleTimeout = Setting(
        "idle-timeout", .server, .duration, standard: "60s", "How long a connection may be silent, and a request's head may take")
    static let bodyTimeout = Setting(
        "body-timeout", .server, .duration, standard: "30s", "How long the body of a request may take")
    static let shutdownTimeout = Setting(
        "shutdown-timeout", .server, .duration, standard: "20s",
        "How long requests and jobs may take to finish when the process stops")

    static let worker = Setting(
        "worker", .jobs, .choice("on|off", ["on", "off"]), standard: "on", "Whether the server works on jobs and simulations, too"
    )
    static let workerSlots = Setting(
        "worker-slots", .jobs, .whole(1...1000), standard: "8", "Jobs that a process works on at the same time")
    static let workerLease = Setting(
        "worker-lease", .jobs, .duration, standard: "20s",
        "How long a worker may be silent before others have its jobs and simulations; the same for all of a database")

    static let writeDeadline = Setting("write-deadline", .database, .duration, standard: "30s", "How long a write may take")
    static let synchronous = Setting(
        "synchronous", .database, .choice("full|normal", ["full", "normal"]), standard: "full",
        "full: an acknowledged write survives the loss of power; normal: it survives the end of the process, and is faster")
    static let busyTimeout = Setting(
        "busy-timeout", .database, .duration, standard: "5s", "How long to wait for another process that holds the database")

    static let readReplicas = Setting(
        "read-replica", .database, .servers, standard: nil,
        "A replica of the PostgreSQL server that answers reads which need not see the latest writes; may be given several times, in the variable with spaces between"
    )
    static let replicaLag = Setting(
        "replica-lag", .database, .duration, standard: "10s", "How far behind a read replica may be whose answers are taken")

    static let organization = Setting(
        "organization", .business, .text("NAME"), standard: "Martlet", "The name of the business, $Organization.Name in formulas")
    static let currency = Setting(
        "currency", .business, .currency, standard: "USD", "The currency of all amounts, as USD5000 in queries")
    static let fiscalYearStart = Setting(
        "fiscal-year-start", .business, .whole(1...12), standard: "1", "The month in which the fiscal year begins; 1 is January")
    static let firstWeekday = Setting(
        "first-weekday", .business, .whole(1...7), standard: "1", "The day on which the week begins; 1 is Monday, 7 Sunday")

    static let aiProvider = Setting(
        "ai-provider", .assistant, .choice("offline|openai|anthropic", ["offline", "openai", "anthropic"]), standard: nil,
        "Who writes briefings: offline, or openai where an address is set")
    static let aiURL = Setting(
        "ai-url", .assistant, .text("URL"), standard: nil,
        "The address of an OpenAI-compatible server up to and with its version: http://127.0.0.1:8000/v1")
    static let aiModel = Setting("ai-model", .assistant, .text("NAME"), standard: nil, "The name of the model")
    /// A command line is for everybody on the machine to see, so there is no option.
    static let aiKey = SettingNotes(
        option: nil, variable: "MARTLET_AI_KEY", group: .assistant, placeholder: "KEY", expected: "a text that is not empty",
        standard: nil, help: "The provider's key")
    static let aiKeyFile = Setting("ai-key-file", .assistant, .text("FILE"), standard: nil, "A file with the provider's key")
    static let aiTimeout = Setting(
        "ai-timeout", .assistant, .duration, standard: "60s", "How long an answer of the provider may take")
    static let aiFallback = Setting(
        "ai-fallback", .assistant, .choice("on|off", ["on", "off"]), standard: "on",
        "on: a briefing is written offline where the provider fails; off: that is a problem")
    static let aiContext = Setting(
        "ai-context", .assistant, .whole(500...1_000_000), standard: "6000", "About how many tokens of records the provider sees")
    static let aiAnswer = Setting(
        "ai-answer", .assistant, .whole(16...100_000), standard: "1500", "The most tokens of an answer of the provider")
    static let aiDailyTokens = Setting(
        "ai-daily-tokens", .assistant, .whole(1...1_000_000_000), standard: nil,
        "The most tokens of a day (UTC): without a limit unless it is set")

    static let aiPackTokens = Setting(
        "ai-pack-tokens", .assistant, .whole(1...1_000_000_000), standard: "100000",
        "The most tokens that the words of a simulation may cost, where the provider writes them")

    static let hubSpotURL = Setting(
        "hubspot-url", .targets, .text("URL"), standard: "https://api.hubapi.com", "The address of HubSpot's API")
    /// A command line is for everybody on the machine to see, so there is no option.
    static let hubSpotToken = SettingNotes(
        option: nil, variable: "MARTLET_HUBSPOT_TOKEN", group: .targets, placeholder: "TOKEN",
        expected: "a text that is not empty", standard: nil, help: "The access token of a HubSpot private app")
    static let hubSpotTokenFile = Setting(
        "hubspot-token-file", .targets, .text("FILE"), standard: nil, "A file with that token")

    /// Those of all, in the order in which they are documented.
    static let all: [SettingNotes] =
        [
            database.notes, metadata.notes, triggers.notes, secretFile.notes, host.notes, port.notes, logLevel.notes,
            maxBody.notes,
            maxHeader.notes, maxOperations.notes, maxConnections.notes, idleTimeout.notes, bodyTimeout.notes,
            shutdownTimeout.notes, worker.notes, workerSlots.notes, workerLease.notes,
            writeDeadline.notes, synchronous.notes, busyTimeout.notes, readReplicas.notes, replicaLag.notes, organization.notes,
            currency.notes, fiscalYearStart.notes, firstWeekday.notes,
            aiProvider.notes, aiURL.notes, aiModel.notes, aiKey, aiKeyFile.notes, aiTimeout.notes, aiFallback.notes,
            aiContext.notes, aiAnswer.notes, aiDailyTokens.notes, aiPackTokens.notes, hubSpotURL.notes, hubSpotToken,
            hubSpotTokenFile.notes,
        ] + Limit.allCases.map(\.notes)
}

extension Limit {
    /// The bounds of a query are many and seldom set: they have variables only.
    var notes: SettingNotes {
        SettingNotes(
            option: nil, variable: setting, group: .queries, placeholder: "N", expected: SettingForm.bound.expected,
            standard: String(standard), help: help)
    }

    private var help: String {
        switch self {
        case .rows: "Records of one page"
        case .childRows: "Children of one record"
        case .answer: "Records of an answer, children counted in"
        case .offset: "Records skipped"
        case .joins: "Tables joined for parents"
        case .depth: "Parents in one path"
        case .levels: "Levels of children"
        case .fields: "Fields"
        case .conditions: "Comparisons"
        case .values: "Values compared with"
        case .nesting: "Levels of filters"
        case .words: "Words of a search"
        case .milliseconds: "How long a query may run, in milliseconds"
        }
    }
}
