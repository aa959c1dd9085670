/// The answer to a request: its head, and a body that is still arriving.
package struct Incoming: Sendable {
    package let status: Int
    /// In their order; see `header` for one by name.
    package let headers: [(name: String, value: String)]
    /// Can be read once.
    package let body: Body

    /// The value of a header, whatever the case of its name; the first where there are several.
    package func header(_ name: String) -> String? {
        headers.first { $0.name.count == name.count && $0.name.lowercased() == name.lowercased() }?.value
    }

    /// The pieces of a body as they arrive. The sender is held back while nobody reads; a body that is dropped ends the request.
    package struct Body: AsyncSequence, Sendable {
        package typealias Element = [UInt8]
        let tap: Tap

        package func makeAsyncIterator() -> AsyncIterator { AsyncIterator(tap: tap) }

        package struct AsyncIterator: AsyncIteratorProtocol {
            let tap: Tap

            package mutating func next() async throws -> [UInt8]? { try await tap.transfer.next() }
        }

        /// The whole body; `Outgoing.Bounds` says how much that may be.
        package func collect() async throws -> [UInt8] {
            var bytes: [UInt8] = []
            while let piece = try await tap.transfer.next() { bytes += piece }
            return bytes
        }
    }
}

/// Ends the transfer when nobody holds its body any more, and keeps the client while somebody does.
final class Tap: Sendable {
    let transfer: Transfer
    private let client: Client

    init(_ transfer: Transfer, of client: Client) { (self.transfer, self.client) = (transfer, client) }

    deinit { transfer.abandon() }
}
