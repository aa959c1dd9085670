import Logging
import Values

/// One line for each message, to standard error: when, how grave, what, and what goes with it.
struct LineLog: LogHandler {
    var logLevel = Logger.Level.info
    var metadata = Logger.Metadata()

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { _, new in new }
        let details = all.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
        let level = event.level.rawValue + String(repeating: " ", count: 8 - event.level.rawValue.count)
        let text = event.message.description.replacing("\n", with: " ")
        // A log that cannot be written must not stop the server.
        try? Terminal.errors.line(
            "\(Instant.wallClock) \(Terminal.errors.coloured(level, colour(event.level)))  \(text)\(details)")
    }

    private func colour(_ level: Logger.Level) -> Terminal.Colour {
        switch level {
        case .error, .critical: .red
        case .warning: .yellow
        default: .dim
        }
    }
}
