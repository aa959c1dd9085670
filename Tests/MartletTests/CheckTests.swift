import Foundation
import Testing

@Suite struct `martlet check` {
    let program: Program

    init() throws {
        program = Program(scratch: try Scratch())
        try program.scratch.writeBusiness()
    }

    @Test func `says what it has found in a folder without mistakes`() async throws {
        let outcome = try await program.run("check", "metadata")
        #expect(outcome.status == 0)
        #expect(
            outcome.output
                == "metadata: 3 objects, no dashboards, no saved queries, no declarative triggers, no errors, no warnings\n")
    }

    @Test func `lists every mistake with its place and exits with 1`() async throws {
        try program.scratch.write(
            "metadata/Contact.object.yml",
            """
            name: Contact
            fields:
              - { name: LastName, type: txt }
              - { name: AccountId, type: lookup, referenceTo: Acount }
            validationRules:
              - { name: Rule, errorMessage: No, formula: 'LastNme = "x"' }
            """)
        let outcome = try await program.run("check", "metadata")
        #expect(outcome.status == 1)
        let lines = outcome.output.split(separator: "\n")
        #expect(lines.contains { $0.hasPrefix("metadata/Contact.object.yml:3:29: error: ") && $0.contains("did you mean text?") })
        #expect(
            lines.contains { $0.hasPrefix("metadata/Contact.object.yml:4:") && $0.contains("warning: ") && $0.contains("Acount") }
        )
        #expect(lines.last?.contains("error") == true)
    }

    @Test func `finds mistakes in the queries of dashboards`() async throws {
        try program.scratch.write(
            "metadata/sales.dashboard.yml",
            """
            name: sales
            label: Sales
            components:
              - name: best
                label: Best
                type: table
                query: { object: Account, fields: [Name, Credt] }
            """)
        let outcome = try await program.run("check")
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("metadata/sales.dashboard.yml:7:"))
        #expect(outcome.output.contains("Credt") && outcome.output.contains("Credit"))
    }

    @Test(arguments: [
        ("SELECT Nmae FROM Account", "3:9: error: query Q: Account has no field Nmae (Did you mean Name?)"),
        ("SELECT Name FORM Account", "3:14: error: query Q: FROM was expected, not FORM (Did you mean FROM?)"),
        ("SELECT Name FROM Account WHERE Credit > :x", "4:17: error: query Q reads no :least"),
        ("SELECT Name FROM Account WHERE Credit > :leest", "4:17: error: query Q reads no :least (did you mean leest?)"),
        (
            "SELECT Name FROM Account WHERE Name = :least",
            "3:33: error: query Q: Name is a text, and 5 is not (Texts stand in quotes)"
        ),
    ])
    func `finds mistakes in saved queries`(_ text: String, _ mistake: String) async throws {
        try program.scratch.write(
            "metadata/Q.query.yml", "name: Q\nquery: |\n \(text)\nbinds: { least: 5 }\n")
        let outcome = try await program.run("check")
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("metadata/Q.query.yml:" + mistake), "\(outcome.output)")
    }

    @Test func `says so where there is no folder`() async throws {
        let outcome = try await program.run("check", "nowhere")
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("There is no folder nowhere"))
    }

    @Test func `finds no mistake in the shipped metadata`() async throws {
        let outcome = try await program.run("check", repository.appending(path: "metadata").path)
        #expect(outcome.status == 0)
        #expect(outcome.output.hasSuffix("no errors, no warnings\n"))
    }
}
