/// Why there is no answer, or no whole one. Neither path, query string, headers nor body of the request stand in it.
package struct TransferError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Kind: String, Sendable, CaseIterable {
        /// The request cannot be sent as it is: its address, its method or a header.
        case badRequest
        /// Nobody is there: no such name, no route, nobody listens.
        case unreachable
        /// The address is one the client may not talk to.
        case forbidden
        /// Certificate or encryption are not as they must be.
        case insecure
        /// `Outgoing.Deadlines`: it took too long to connect, was silent for too long, took too long in all.
        case connectingTooLong, silentTooLong, tookTooLong
        /// The connection ended before the answer did.
        case cut
        /// What came is not HTTP.
        case malformed
        /// `Outgoing.Bounds`
        case tooLarge
        /// More redirects than are followed.
        case redirected
        /// The client was closed.
        case closed
    }

    package let kind: Kind
    /// `https://api.example.com`
    package let origin: String
    /// Ends a sentence that begins with the origin.
    package let detail: String

    package init(_ kind: Kind, _ origin: String, _ detail: String) {
        (self.kind, self.origin, self.detail) = (kind, origin, detail)
    }

    /// Whether the same request may well succeed a little later.
    package var isPassing: Bool {
        switch kind {
        case .unreachable, .connectingTooLong, .silentTooLong, .tookTooLong, .cut: true
        case .badRequest, .forbidden, .insecure, .malformed, .tooLarge, .redirected, .closed: false
        }
    }

    package var description: String { "\(origin): \(detail)" }
}
