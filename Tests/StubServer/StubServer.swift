import Foundation
import Synchronization

/// A server on a free port of this machine that does with each connection whatever a test wants, on threads of its own.
///
///     let server = try StubServer { peer in
///         _ = peer.request()
///         peer.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")
///     }
package final class StubServer: Sendable {
    package let port: Int
    private let state: Mutex<State>

    private struct State {
        let listener: Int32
        var open: Set<Int32> = []
        var accepted = 0
        var isOver = false
    }

    package struct Failure: Error { let what: String }

    package var url: String { "http://127.0.0.1:\(port)" }

    /// How many connections were made.
    package var connections: Int { state.withLock { $0.accepted } }

    /// - Parameter serve: runs once for each connection, which is closed when it returns.
    package init(_ serve: @escaping @Sendable (Peer) -> Void) throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        var taken = size
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, size) == 0 && listen(listener, 128) == 0 && getsockname(listener, $0, &taken) == 0
            }
        }
        guard isListening else { throw Failure(what: String(cString: strerror(errno))) }
        port = Int(UInt16(bigEndian: address.sin_port))
        state = Mutex(State(listener: listener))
        Thread.detachNewThread { [weak self] in
            while true {
                let descriptor = accept(listener, nil, nil)
                // A signal for somebody else is no reason to close.
                if descriptor < 0, errno == EINTR { continue }
                guard let server = self, descriptor >= 0, server.admit(descriptor) else { break }
                Thread.detachNewThread {
                    serve(Peer(descriptor: descriptor))
                    server.dismiss(descriptor)
                }
            }
            close(listener)
        }
    }

    deinit { stop() }

    /// Ends every connection and lets nobody in any more.
    package func stop() {
        state.withLock { state in
            // Once only: the number may be another's by then.
            if state.isOver { return }
            state.isOver = true
            _ = shutdown(state.listener, Int32(SHUT_RDWR))
            for descriptor in state.open { _ = shutdown(descriptor, Int32(SHUT_RDWR)) }
        }
    }

    private func admit(_ descriptor: Int32) -> Bool {
        let isAdmitted = state.withLock { state in
            if state.isOver { return false }
            state.open.insert(descriptor)
            state.accepted += 1
            return true
        }
        if !isAdmitted { close(descriptor) }
        return isAdmitted
    }

    private func dismiss(_ descriptor: Int32) {
        state.withLock { _ = $0.open.remove(descriptor) }
        close(descriptor)
    }
}
