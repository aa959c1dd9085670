/// Sends requests to the outside world, over connections that it keeps open for the next request.
///
/// One thread of its own runs libcurl's multi interface for all requests of the client; nothing blocks Swift's cooperative pool. Only
/// HTTP and HTTPS are spoken, no proxy is taken from the environment, redirects are followed only where a request says so.
package final class Client: Sendable {
    package struct Options: Sendable {
        /// Whom the client may talk to.
        package enum Reach: Sendable {
            case everybody
            /// Addresses of the internet at large only, whatever name leads there: for addresses that users enter.
            case publicAddresses
        }

        package var reach = Reach.everybody
        /// Connections to one host and in all; further requests wait for one.
        package var connectionsPerHost = 16
        package var connections = 64

        package init(reach: Reach = .everybody) { self.reach = reach }
    }

    private let inbox: Inbox

    package init(_ options: Options = Options()) {
        inbox = Inbox()
        TransferLoop.start(options, inbox)
    }

    deinit { inbox.close() }

    /// Ends all requests and the thread. A client that nobody holds, nor a body of its, closes by itself.
    package func close() { inbox.close() }

    /// Sends a request and waits for the head of the answer, whatever its status. When the task is cancelled, so is the request.
    ///
    /// - Throws: `TransferError`, `CancellationError`.
    package func send(_ outgoing: Outgoing) async throws -> Incoming {
        try outgoing.check()
        let transfer = Transfer(outgoing, inbox)
        let head = try await transfer.head()
        return Incoming(status: head.status, headers: head.headers, body: Incoming.Body(tap: Tap(transfer, of: self)))
    }
}
