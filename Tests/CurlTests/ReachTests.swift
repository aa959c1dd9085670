import CCurl
import Curl
import Glibc
import StubServer
import Testing

@Suite struct `A client for public addresses` {
    @Test(arguments: ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "0.0.0.0", "2130706433", "0x7f.1"])
    func `does not talk to this machine, whatever it is called`(host: String) async throws {
        let server = try StubServer { $0.answer("inside") }
        let client = Client(Client.Options(reach: .publicAddresses))
        await expectFailure(.forbidden) { _ = try await client.send(Outgoing("GET", "http://\(host):\(server.port)/")) }
        #expect(server.connections == 0)
    }

    @Test(arguments: [
        ("8.8.8.8", true), ("1.1.1.1", true), ("127.0.0.1", false), ("10.1.2.3", false), ("172.16.0.1", false),
        ("172.31.255.255", false), ("172.32.0.1", true), ("192.168.1.1", false), ("192.169.1.1", true),
        ("169.254.169.254", false),
        ("100.64.0.1", false), ("100.127.255.255", false), ("100.128.0.1", true), ("0.0.0.0", false), ("224.0.0.1", false),
        ("255.255.255.255", false), ("198.18.0.1", false), ("198.19.255.255", false), ("198.20.0.1", true), ("192.0.2.1", false),
        ("203.0.113.9", false), ("198.51.100.1", false),
    ])
    func `knows which IPv4 addresses are public`(text: String, isPublic: Bool) {
        let address = text.split(separator: ".").compactMap { UInt32($0) }.reduce(0) { $0 << 8 | $1 }
        #expect((martlet_is_public4(address) == 1) == isPublic)
    }

    @Test(arguments: [
        ("2606:4700::1111", true), ("::1", false), ("::", false), ("fe80::1", false), ("fc00::1", false), ("fd12::1", false),
        ("ff02::1", false), ("::ffff:10.0.0.1", false), ("2002:7f00:1::", false), ("2001::1", false), ("2001:db8::1", false),
        ("64:ff9b::7f00:1", false), ("2a00:1450::1", true),
    ])
    func `knows which IPv6 addresses are public`(text: String, isPublic: Bool) throws {
        var address = sockaddr_in6()
        address.sin6_family = sa_family_t(AF_INET6)
        try #require(inet_pton(AF_INET6, text, &address.sin6_addr) == 1)
        let answer = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { martlet_is_public($0) }
        }
        #expect((answer == 1) == isPublic)
    }
}
