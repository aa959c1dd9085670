import Synchronization

/// One line at the bottom of a terminal that says how far long work has come; nothing where no one watches.
final class Progress: Sendable {
    private let shown = Mutex<(percent: Int, isVisible: Bool)>((-1, false))

    func show(_ done: Int, of total: Int, _ what: String) {
        guard Terminal.errors.isInteractive else { return }
        let percent = total == 0 ? 100 : done * 100 / total
        let isNews = shown.withLock { state in
            defer { state = (percent, true) }
            return state.percent != percent
        }
        if isNews { draw("\(percent) %  \(what)") }
    }

    /// Takes the line away again.
    func end() { if shown.withLock({ $0.isVisible }) { draw("") } }

    private func draw(_ text: String) {
        // Progress that cannot be shown is no reason to stop the work.
        try? Terminal.errors.write(Array("\r\u{1B}[K\(text)".utf8))
    }
}
