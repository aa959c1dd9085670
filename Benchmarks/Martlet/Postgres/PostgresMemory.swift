import Foundation
import Glibc
import Measuring

/// The server's resident memory while 64 connections read, and with 10,000 open connections of which 200 are active.
func memoryUnderLoad(on address: String, _ data: Dataset, _ report: inout Report) async throws {
    try await withServer(on: address) { server in
        let url = server.url("/api/objects/Account/\(data.accounts[0])?fields=\(accountFields.joined(separator: ","))")
        let rate = try await Wrk.rate(url, seconds: 5)
        report.line(
            "PostgreSQL: memory with 64 connections under load (MB)", server.megabytes, .atMost(150), "\(rounded(rate)) reads/s")
        let idle = try IdleConnections(9_800, to: UInt16(Served.port))
        let active = try await Wrk.rate(url, connections: 200, seconds: 5)
        report.line(
            "PostgreSQL: memory with 10,000 connections (MB)", server.megabytes, .atMost(1_000),
            "\(idle.count) idle after a request each, 200 active with \(rounded(active)) reads/s")
    }
}

/// Connections that made one request and are kept open.
private final class IdleConnections {
    private var sockets: [Int32] = []
    var count: Int { sockets.count }

    init(_ count: Int, to port: UInt16) throws {
        var limit = rlimit(rlim_cur: 20_000, rlim_max: 20_000)
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        for _ in 0..<count { sockets.append(try IdleConnections.open(port)) }
    }

    deinit { for socket in sockets { close(socket) } }

    private static func open(_ port: UInt16) throws -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        (address.sin_port, address.sin_addr.s_addr) = (port.bigEndian, UInt32(0x7f00_0001).bigEndian)
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard descriptor >= 0, result == 0 else { fatal("No more connections: \(String(cString: strerror(errno)))") }
        let request = "GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
        var answer: [UInt8] = Array(repeating: 0, count: 4096)
        guard write(descriptor, request, request.utf8.count) > 0, read(descriptor, &answer, answer.count) > 0 else {
            fatal("The server does not answer")
        }
        return descriptor
    }
}
