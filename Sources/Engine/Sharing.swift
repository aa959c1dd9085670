import Storage
import Synchronization

/// Callers who want the like of each other at the same time are served together, in a party: what it costs to ask the database is paid
/// once for all of them.
///
/// Nobody waits for company. While fewer than `most` parties are being served a caller is one by itself, at once; those who come
/// meanwhile wait for the first that ends, and go together. Who cannot be served so goes alone, and takes nobody's place meanwhile.
package final class Sharing<Wish: Sendable, Gift: Sendable>: Sendable {
    /// What became of one caller's wish.
    package enum Fate: Sendable {
        case done(Gift)
        case failed(any Error)
        /// It is to be tried by itself.
        case alone
    }

    /// What a caller is told after it has waited.
    private enum Word: Sendable {
        /// Serve all of these, the first of whom you are.
        case lead([Guest])
        case end(Fate)
    }

    private struct Guest: Sendable {
        let wish: Wish
        let number: Int
        let caller: CheckedContinuation<Word, any Error>
    }

    private struct State {
        var underWay = 0
        var guests: [Guest] = []
        var count = 0
    }

    private let state = Mutex(State())
    private let (most, largestParty): (Int, Int)
    private let mayShare: @Sendable (Wish, Wish) -> Bool
    private static var longestLine: Int { 4096 }

    /// - Parameters:
    ///   - most: how many parties are served at the same time.
    ///   - mayShare: whether the second may go with a party that the first leads.
    package init(most: Int, largestParty: Int, mayShare: @escaping @Sendable (Wish, Wish) -> Bool) {
        (self.most, self.largestParty, self.mayShare) = (most, largestParty, mayShare)
    }

    /// How many wait for one that ends.
    package var waiting: Int { state.withLock { $0.guests.count } }

    /// - Parameters:
    ///   - alone: serves the caller by itself.
    ///   - together: serves a party, which may be of one, and says what became of each. It does not take long: others wait for it.
    package func serve(
        _ wish: Wish, alone: () async throws -> Gift, together: @escaping @Sendable ([Wish]) async -> [Fate]
    ) async throws -> Gift {
        let fate: Fate
        switch try await word(for: wish) {
        case .end(let told): fate = told
        case .lead(let party):
            // Several are served in a task of its own, which is waited for: the others are not to suffer where our own caller leaves.
            let fates = party.count == 1 ? await together([wish]) : await Task { await together(party.map(\.wish)) }.value
            for (guest, fate) in zip(party, fates).dropFirst() { guest.caller.resume(returning: .end(fate)) }
            end()
            fate = fates[0]
        }
        switch fate {
        case .done(let gift): return gift
        case .failed(let error): throw error
        case .alone: return try await alone()
        }
    }
}

extension Sharing {
    private func word(for wish: Wish) async throws -> Word {
        let number = state.withLock { state in
            state.count += 1
            return state.count
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { caller in enter(Guest(wish: wish, number: number, caller: caller)) }
        } onCancel: {
            let guest = state.withLock { state in
                state.guests.firstIndex { $0.number == number }.map { state.guests.remove(at: $0) }
            }
            guest?.caller.resume(throwing: CancellationError())
        }
    }

    private func enter(_ guest: Guest) {
        let answer: Result<Word, any Error>? = state.withLock { state in
            if Task.isCancelled { return .failure(CancellationError()) }
            if state.underWay < most {
                state.underWay += 1
                return .success(.lead([guest]))
            }
            guard state.guests.count < Self.longestLine else {
                return .failure(StorageError.busy("\(Self.longestLine) callers wait already"))
            }
            state.guests.append(guest)
            return nil
        }
        if let answer { guest.caller.resume(with: answer) }
    }

    /// The next ones begin, led by the first who waits.
    private func end() {
        let party = state.withLock { state -> [Guest] in
            guard let first = state.guests.first else {
                state.underWay -= 1
                return []
            }
            var (party, others): ([Guest], [Guest]) = ([], [])
            for guest in state.guests {
                if party.count < largestParty, mayShare(first.wish, guest.wish) {
                    party.append(guest)
                } else {
                    others.append(guest)
                }
            }
            state.guests = others
            return party
        }
        party.first?.caller.resume(returning: .lead(party))
    }
}

extension StorageError {
    /// Whether it would meet everyone, or nobody may try again.
    var strikesAll: Bool {
        switch self {
        case .unavailable, .uncertain, .full, .corrupt: true
        default: false
        }
    }
}
