package import Engine
import Synchronization
package import Values

/// What providers were asked and what it cost: the day's tokens, and each call for whoever wants to write it down.
package final class Ledger: Sendable {
    /// One request to a provider.
    package struct Call: Sendable, Hashable {
        package let provider: String
        package let model: String
        package let object: String
        package let recordID: String
        package let userID: String
        package let at: Instant
        package let duration: Duration
        package let usage: Completion.Usage
        /// `done`, or the kind of the failure.
        package let outcome: String
    }

    private struct State {
        var day: Day?
        var used = 0
        var reserved = 0
    }

    private let state = Mutex(State())
    /// Tokens of a day (UTC); nil for any number.
    private let limit: Int?
    private let write: @Sendable (Call) async -> Void

    package init(tokensPerDay limit: Int? = nil, write: @escaping @Sendable (Call) async -> Void = { _ in }) {
        (self.limit, self.write) = (limit, write)
    }

    /// A ledger that writes each call down as a record of `AssistantCall`, where the business has that object, and goes on from what
    /// was used that day.
    package static func open(in engine: Engine, tokensPerDay limit: Int?, on day: Day) async -> Ledger {
        let book = CallBook(engine: engine)
        let ledger = Ledger(tokensPerDay: limit) { await book.write($0) }
        let used = await book.used(on: day)
        ledger.state.withLock { $0 = State(day: day, used: used) }
        return ledger
    }

    /// The tokens that were used on the day.
    package func used(on day: Day) -> Int { state.withLock { $0.day == day ? $0.used : 0 } }

    /// Sets tokens aside for a call, so that several at once cannot go over the limit together; false where too few are left.
    func reserve(_ tokens: Int, on day: Day) -> Bool {
        state.withLock { state in
            if state.day != day { state = State(day: day) }
            if let limit, state.used + state.reserved + tokens > limit { return false }
            state.reserved += tokens
            return true
        }
    }

    /// Writes a call down and gives back what was set aside for it.
    func record(_ call: Call, reserved: Int) async {
        let day = call.at.day
        state.withLock { state in
            guard state.day == day else { return }
            state.reserved = max(0, state.reserved - reserved)
            state.used += call.usage.total
        }
        // A call that somebody gave up has to be paid like any other: writing it down must not be given up with it.
        await Task { await write(call) }.value
    }
}
