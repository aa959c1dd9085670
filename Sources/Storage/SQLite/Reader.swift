/// Owns one connection for reading, on a thread of its own.
actor Reader {
    typealias Line = WaitingLine<SQLiteConnection>

    let thread: ThreadExecutor
    private let connection: SQLiteConnection
    private let line: Line

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    init(path: String, number: Int, line: Line, options: SQLiteDatabase.Options) throws {
        connection = try SQLiteConnection(path: path, role: .reader, options: options)
        thread = ThreadExecutor(name: "sqlite-reader-\(number)")
        self.line = line
    }

    /// Serves the line until it is closed and empty.
    func run() async {
        while let waiting = await line.take(upTo: 1).first { await serve(waiting) }
        thread.stop()
    }

    private func serve(_ waiting: Line.Waiting) async {
        connection.begin(waiting.ticket)
        defer { connection.end() }
        do {
            try waiting.ticket.check()
            let deliver = try await waiting.perform(connection)
            deliver()
        } catch { waiting.fail(error) }
    }
}
