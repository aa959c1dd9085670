package import Engine
import Values

/// Where the server listens and what it bears with.
package struct ServerSettings: Sendable {
    package var host = "127.0.0.1"
    /// 0 takes any free port.
    package var port = 8080
    /// The most bytes of a request's body.
    package var maxBodyBytes = 10 << 20
    /// The most bytes of a request's line and headers together.
    package var maxHeaderBytes = 64 << 10
    /// The most operations of one batch.
    package var maxOperations = 10_000
    package var maxConnections = 4_096
    /// How long a connection may stay silent, and how long the head of a request may take.
    package var idleTimeout = Duration.seconds(60)
    /// How long the body of a request may take to arrive, from its head to its last byte.
    package var bodyTimeout = Duration.seconds(30)

    package init() {}

    /// Without access control everyone who reaches the server is an administrator, so nobody but this machine may reach it.
    package func requireLoopback() throws(Problem) {
        if Loopback.contains(host: host) { return }
        throw Problem(
            .forbidden, "not_loopback",
            "The server cannot listen on \(host): whoever reaches it acts as an administrator, so it listens on this machine only",
            hint:
                "Use 127.0.0.1, ::1 or localhost; reach it from elsewhere through a tunnel (ssh -L \(port):127.0.0.1:\(port) HOST)"
        )
    }
}
