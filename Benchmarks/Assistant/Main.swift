import Measuring
import PostgresCluster

/// Measures briefings of a busy account on this machine, on both databases: the offline one, our own part of one that a provider writes,
/// and how soon a provider's first word is passed on. Run it with `make bench`.
@main
struct Main {
    static func main() async throws {
        var report = Report()
        for kind in DatabaseKind.allCases {
            let office = try await Office.open(on: kind)
            try await offline(office, &report)
            try await withProvider(office, &report)
            try await firstByte(office, &report)
            await office.close()
        }
        report.finish()
    }

    private static func offline(_ office: Office, _ report: inout Report) async throws {
        let times = try await milliseconds { try await office.brief(nil) }
        report.line(
            "Offline briefing of an account with 1,000 activities in ms, \(office.name)", median(times), .atMost(50),
            spread(times))
    }

    /// The model answers at once and in full, so that what is measured is ours: gather, build, send, read, verify.
    private static func withProvider(_ office: Office, _ report: inout Report) async throws {
        let model = try Model()
        let times = try await milliseconds { try await office.brief(model.provider) }
        report.line(
            "Our part of a briefing with a provider in ms, \(office.name)", median(times), .atMost(100),
            "\(spread(times)), asked with \(model.asked / 1024) KB")
    }

    /// From the model's sending its first words to the first byte that a browser gets of what they caused, over both sockets.
    private static func firstByte(_ office: Office, _ report: inout Report) async throws {
        let model = try Model(isHesitant: true)
        let times = try await office.serving(model.provider) { browser in
            var times: [Double] = []
            for round in 0..<25 { times.append(try await browser.delay(of: model, round: round)) }
            return Array(times.dropFirst(5))
        }
        report.line(
            "From a provider's first word to the browser in ms, \(office.name)", median(times), .atMost(5), spread(times))
    }

    private static func milliseconds(_ body: () async throws -> Void) async throws -> [Double] {
        for _ in 0..<3 { try await body() }
        var times: [Double] = []
        for _ in 0..<21 { times.append(try await seconds(body) * 1000) }
        return times
    }

    private static func spread(_ times: [Double]) -> String {
        "\(rounded(times.min() ?? 0)) to \(rounded(times.max() ?? 0)) in \(times.count) rounds"
    }
}
