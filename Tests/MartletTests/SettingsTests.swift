import Foundation
import Testing

@testable import martlet

@Suite struct `The settings` {
    let program: Program

    init() throws { program = Program(scratch: try Scratch()) }

    /// `REWRITE_GOLDENS=1` writes the page anew, and fails once more so that nobody forgets to look at it.
    @Test func `docs/settings.md tells about every setting as it is`() throws {
        let page = repository.appending(path: "docs/settings.md")
        let written = try? String(contentsOf: page, encoding: .utf8)
        if ProcessInfo.processInfo.environment["REWRITE_GOLDENS"] != nil {
            try SettingsReference.markdown.write(to: page, atomically: true, encoding: .utf8)
        }
        #expect(written == SettingsReference.markdown, "run the tests with REWRITE_GOLDENS=1")
    }

    @Test func `every setting has its own variable and a standard value that can be read`() throws {
        #expect(Set(Settings.all.map(\.variable)).count == Settings.all.count)
        for notes in Settings.all where notes.option != nil {
            #expect(notes.variable == "MARTLET_" + (notes.option ?? "").uppercased().replacing("-", with: "_"))
        }
        let none = Environment([:])
        #expect(try none.value(Settings.port, nil) == 8080)
        #expect(try none.value(Settings.maxBody, nil) == 10 << 20)
        #expect(try none.value(Settings.idleTimeout, nil) == .seconds(60))
        #expect(try none.value(Settings.database, nil) == .file("data/martlet.sqlite"))
    }

    @Test func `an option goes before a variable, and a variable before the standard`() throws {
        let environment = Environment(["MARTLET_PORT": "9000", "MARTLET_HOST": ""])
        #expect(try environment.value(Settings.port, "9001") == 9001)
        #expect(try environment.value(Settings.port, nil) == 9000)
        #expect(try environment.value(Settings.host, nil) == "127.0.0.1")
    }

    @Test(arguments: [
        ("MARTLET_PORT", "80x", "a whole number from 0 to 65535"), ("MARTLET_PORT", "70000", "65535"),
        ("MARTLET_DATABASE", "mysql://x", "postgres://USER@HOST/NAME"),
        ("MARTLET_DATABASE", "postgres://x?sslmod=no", "sqlite:PATH"), ("MARTLET_DATABASE", "sqlite::memory:", "sqlite:PATH"),
        ("MARTLET_QUERY_ROWS", "many", "a whole number"), ("MARTLET_IDLE_TIMEOUT", "0s", "a time"),
        ("MARTLET_MAX_BODY", "10GB", "a size"), ("MARTLET_LOG_LEVEL", "loud", "one of trace"),
    ])
    func `a value that cannot be read names the variable and what is expected`(variable: String, value: String, expected: String)
        async throws
    {
        try program.scratch.writeBusiness()
        let outcome = try await program.run("serve", environment: [variable: value])
        #expect(outcome.status == 64)
        #expect(outcome.errors.hasPrefix("error: \(variable) is \"\(value)\": expected "))
        #expect(outcome.errors.contains(expected))
    }

    @Test func `a variable that is no setting is a warning with a suggestion`() async throws {
        let outcome = try await program.run("formula", "eval", "1", environment: ["MARTLET_PROT": "1"])
        #expect(outcome.status == 0)
        #expect(outcome.errors == "warning: MARTLET_PROT is not a setting and has no effect (did you mean MARTLET_PORT?)\n")
    }

    @Test(arguments: [("10MB", 10 << 20), ("64kb", 64 << 10), ("512", 512)])
    func `a size has a unit or is in bytes`(text: String, bytes: Int) {
        #expect(SettingForm.bytes.read(text) == bytes)
    }

    @Test(arguments: [("500ms", Duration.milliseconds(500)), ("30s", .seconds(30)), ("2m", .seconds(120))])
    func `a time has a unit`(text: String, duration: Duration) {
        #expect(SettingForm.duration.read(text) == duration)
        #expect(SettingForm.duration.read(String(text.prefix { $0.isNumber })) == nil)
    }
}
