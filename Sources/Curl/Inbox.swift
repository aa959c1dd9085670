import CCurl
import Synchronization

/// What others tell the thread that runs the transfers.
final class Inbox: Sendable {
    enum Message: Sendable {
        case begin(Transfer)
        /// Whoever reads the body has caught up.
        case resume(Transfer)
        /// Nobody wants it any more.
        case drop(Transfer)
    }

    private struct State {
        var messages: [Message] = []
        var isClosed = false
        /// The address of the multi handle, while there is one to be woken.
        var multi: UInt?
    }

    private let state = Mutex(State())

    /// Leaves a message; false when nobody will read it.
    @discardableResult
    func post(_ message: Message) -> Bool {
        state.withLock { state in
            if state.isClosed { return false }
            state.messages.append(message)
            if state.messages.count == 1 { wake(state) }
            return true
        }
    }

    func close() {
        state.withLock { state in
            state.isClosed = true
            wake(state)
        }
    }

    /// For the thread: from now on messages wake that handle's `curl_multi_poll`; nil before the handle goes.
    func attach(_ multi: UnsafeMutableRawPointer?) {
        let address = multi.map { UInt(bitPattern: $0) }
        state.withLock { $0.multi = address }
    }

    /// For the thread: what was posted since; nil once the client is closed.
    func take() -> [Message]? {
        state.withLock { state in
            if state.isClosed { return nil }
            defer { state.messages = [] }
            return state.messages
        }
    }

    /// The only function of a multi handle that other threads may call; the lock keeps the handle alive meanwhile.
    private func wake(_ state: borrowing State) {
        if let multi = state.multi.flatMap({ UnsafeMutableRawPointer(bitPattern: $0) }) { curl_multi_wakeup(multi) }
    }
}
