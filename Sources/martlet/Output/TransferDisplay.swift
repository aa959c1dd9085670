import Storage
import Synchronization

/// Tells how far a transfer has come: in one line that changes on a terminal; else in a line for each table, and one every
/// ten seconds.
final class TransferDisplay: Sendable {
    private struct State {
        var begun = ContinuousClock.now
        /// Rows that an earlier attempt had done.
        var already = 0
        var told = ContinuousClock.now
        var isDrawn = false
    }

    private let terminal: Terminal
    private let state = Mutex(State())

    init(_ terminal: Terminal = .errors) { self.terminal = terminal }

    func show(_ progress: TransferProgress) {
        switch progress {
        case .beginning(let stage, let done, let total):
            state.withLock { ($0.begun, $0.already) = (.now, done) }
            if stage == .filling, done > 0 { line("Going on after \(counted(done, "row")) of \(total)") }
            if stage == .checking { line("Comparing") }
        case .table(let stage, let table, let rows):
            if stage == .filling, rows > 0, !terminal.isInteractive { line("\(table): \(counted(rows, "row"))") }
        case .rows(_, let table, let done, let total): show(table, done, total)
        case .building(let step, _, _): terminal.isInteractive ? draw(step) : line(step)
        }
    }

    /// Takes the line away again.
    func end() { if state.withLock({ $0.isDrawn }) { draw("") } }

    private func show(_ table: String, _ done: Int, _ total: Int) {
        let pause: Duration = terminal.isInteractive ? .milliseconds(200) : .seconds(10)
        let text: String? = state.withLock { state in
            let now = ContinuousClock.now
            guard now - state.told >= pause else { return nil }
            state.told = now
            return Self.pace(done - state.already, of: total - state.already, in: now - state.begun)
        }
        guard let text else { return }
        let line = "\(total == 0 ? 100 : done * 100 / total) %  \(table)  \(text)"
        terminal.isInteractive ? draw(line) : self.line(line)
    }

    /// `81000 rows/s, 3:05 left`
    static func pace(_ done: Int, of total: Int, in time: Duration) -> String {
        let rate = Double(done) / max(0.001, time / .seconds(1))
        guard rate >= 1 else { return "" }
        let seconds = Int(Double(total - done) / rate)
        return "\(Int(rate)) rows/s, \(seconds / 60):\(seconds % 60 < 10 ? "0" : "")\(seconds % 60) left"
    }

    // What cannot be shown is no reason to stop the work.

    private func line(_ text: String) {
        end()
        try? terminal.line(text)
    }

    private func draw(_ text: String) {
        state.withLock { $0.isDrawn = !text.isEmpty }
        try? terminal.write(Array("\r\u{1B}[K\(text)".utf8))
    }
}
