import Synchronization

/// One request on its way: where the thread that runs it and the task that waits for it meet.
final class Transfer: Sendable {
    struct Head: Sendable {
        let status: Int
        let headers: [(name: String, value: String)]
    }

    private enum End {
        case complete
        case failed(any Error)
    }

    private struct State {
        var head: Head?
        var headWaiter: CheckedContinuation<Head, any Error>?
        var pieces: [[UInt8]] = []
        /// How many of `pieces` have been read.
        var read = 0
        var buffered = 0
        var reader: CheckedContinuation<[UInt8]?, any Error>?
        var isPaused = false
        /// Since when somebody waits for the next sign of the server; nil while whoever reads is behind.
        var waitingSince: ContinuousClock.Instant?
        var end: End?

        mutating func takePiece() -> [UInt8]? {
            guard read < pieces.count else { return nil }
            let piece = pieces[read]
            pieces[read] = []
            read += 1
            if read == pieces.count { (pieces, read) = ([], 0) }
            buffered -= piece.count
            return piece
        }
    }

    /// Bytes waiting to be read: above the first the sender is held back, below the second it may go on.
    private static let highWater = 256 << 10
    private static let lowWater = 64 << 10

    let outgoing: Outgoing
    private let inbox: Inbox
    private let state = Mutex(State())

    init(_ outgoing: Outgoing, _ inbox: Inbox) { (self.outgoing, self.inbox) = (outgoing, inbox) }

    func error(_ kind: TransferError.Kind, _ detail: String) -> TransferError { TransferError(kind, outgoing.origin, detail) }
}

// MARK: For the task that waits

extension Transfer {
    /// Sends the request and waits for the head of its answer.
    func head() async throws -> Head {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let ended: End? = state.withLock { state in
                    if state.end == nil { (state.headWaiter, state.waitingSince) = (continuation, .now) }
                    return state.end
                }
                if case .failed(let error) = ended { return continuation.resume(throwing: error) }
                if !inbox.post(.begin(self)) { finish(error(.closed, "the client was closed")) }
            }
        } onCancel: {
            cancel(CancellationError())
        }
    }

    /// The next piece of the body; nil at its end.
    func next() async throws -> [UInt8]? {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                var isBehind = false
                let answer: Result<[UInt8]?, any Error>? = state.withLock { state in
                    if let piece = state.takePiece() {
                        isBehind = state.isPaused && state.buffered <= Self.lowWater
                        if isBehind { state.isPaused = false }
                        return .success(piece)
                    }
                    switch state.end {
                    case .complete: return .success(nil)
                    case .failed(let error): return .failure(error)
                    case nil:
                        (state.reader, state.waitingSince) = (continuation, .now)
                        return nil
                    }
                }
                if isBehind { inbox.post(.resume(self)) }
                if let answer { continuation.resume(with: answer) }
            }
        } onCancel: {
            cancel(CancellationError())
        }
    }

    /// Ends a transfer that nobody wants any more.
    func abandon() { cancel(CancellationError()) }

    private func cancel(_ error: any Error) {
        if finish(error) { inbox.post(.drop(self)) }
    }
}

// MARK: For the thread that runs it

extension Transfer {
    var isOver: Bool { state.withLock { $0.end != nil } }
    var waitingSince: ContinuousClock.Instant? { state.withLock { $0.waitingSince } }

    /// The head has arrived. Only the first counts: what follows a body is a trailer.
    func receive(_ head: Head) {
        let waiter = state.withLock { state in
            if state.head == nil { state.head = head }
            defer { (state.headWaiter, state.waitingSince) = (nil, nil) }
            return state.headWaiter
        }
        waiter?.resume(returning: head)
    }

    /// A piece of the body has arrived; false when it must come again later, because too much waits to be read.
    func receive(_ piece: UnsafeBufferPointer<UInt8>) -> Bool {
        let (isTaken, reader) = state.withLock { state -> (Bool, CheckedContinuation<[UInt8]?, any Error>?) in
            if state.buffered >= Self.highWater {
                state.isPaused = true
                return (false, nil)
            }
            defer { (state.reader, state.waitingSince) = (nil, nil) }
            if state.reader == nil {
                state.pieces.append(Array(piece))
                state.buffered += piece.count
            }
            return (true, state.reader)
        }
        reader?.resume(returning: Array(piece))
        return isTaken
    }

    /// The transfer is over: whole where there is no error. Only the first end counts; false for a later one.
    @discardableResult
    func finish(_ error: (any Error)? = nil) -> Bool {
        let (isFirst, headWaiter, reader) = state.withLock {
            state -> (Bool, CheckedContinuation<Head, any Error>?, CheckedContinuation<[UInt8]?, any Error>?) in
            guard state.end == nil else { return (false, nil, nil) }
            state.end = error.map { .failed($0) } ?? .complete
            defer { (state.headWaiter, state.reader) = (nil, nil) }
            return (true, state.headWaiter, state.reader)
        }
        headWaiter?.resume(throwing: error ?? self.error(.cut, "the connection ended before the answer did"))
        if let error { reader?.resume(throwing: error) } else { reader?.resume(returning: nil) }
        return isFirst
    }
}
