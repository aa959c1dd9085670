import Metadata

/// What the server says when it is ready.
struct Greeting {
    private let lines: [String]

    init(_ site: Site, _ registry: Registry, host: String, port: Int, hasDemo: Bool) {
        let address = "http://\(host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host):\(port)"
        lines = [
            "Martlet is ready at \(Terminal.output.coloured(address, .bold))",
            "",
            "  access    open without log-in, as administrator, to this machine only",
            "  database  \(site.database)",
            "  metadata  \(site.metadata) (\(registry.summary)); a change is in force at once",
            "  try       curl '\(address)/api/objects/Opportunity?fields=Name,Stage,Amount&limit=3'",
            hasDemo
                ? "  demo      curl '\(address)/api/simulations' tells how far it is; it goes on as long as the server runs"
                : nil,
            "  stop      Ctrl-C",
            "",
        ].compactMap(\.self)
    }

    func print() {
        // A server whose greeting nobody reads serves all the same.
        try? Terminal.output.line(lines.joined(separator: "\n"))
    }
}
