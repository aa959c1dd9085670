import PostgresCluster
import Testing
import Values

@Suite struct `martlet plan and migrate` {
    @Test(arguments: DatabaseKind.allCases) func `a plan lists the steps and changes nothing`(on kind: DatabaseKind) async throws
    {
        let program = try await Program.on(kind)
        let outcome = try await program.run("plan")
        #expect(outcome.status == 0)
        #expect(outcome.output.contains(". Create the table Account"))
        #expect(try await program.run("plan").output == outcome.output)
    }

    @Test(arguments: DatabaseKind.allCases) func `after a migration there is nothing to do`(on kind: DatabaseKind) async throws {
        let program = try await Program.on(kind)
        let migration = try await program.run("migrate")
        #expect(migration.status == 0)
        #expect(migration.output.contains("Done: Create the table Account"))
        let plan = try await program.run("plan")
        #expect(plan.status == 0)
        #expect(plan.output == "Nothing to do: \(try program.databaseName) holds what metadata describes.\n")
    }

    @Test(arguments: DatabaseKind.allCases) func `a new field is a step of its own`(on kind: DatabaseKind) async throws {
        let program = try await Program.on(kind)
        #expect(try await program.run("migrate").status == 0)
        try program.addCity()
        let plan = try await program.run("plan")
        #expect(plan.status == 0)
        #expect(plan.output.contains("Account.City"))
        #expect(plan.output.hasSuffix("martlet serve does this when it starts; martlet migrate does it now.\n"))
    }

    @Test(arguments: DatabaseKind.allCases) func `a field that is gone keeps its data until losing it is allowed`(
        on kind: DatabaseKind
    ) async throws {
        let program = try await Program.on(kind)
        try program.addCity()
        #expect(try await program.run("migrate").status == 0)
        try program.change("  - { name: City, type: text }\n", to: "")
        let plan = try await program.run("plan")
        #expect(plan.status == 0)
        #expect(plan.output.contains("loses data"))
        #expect(try await program.run("migrate").output.contains("Left, since it loses data: "))
        #expect(try await program.run("migrate", "--allow-destructive").output.contains("Done: "))
        #expect(try await program.run("plan").output.hasPrefix("Nothing to do"))
    }

    @Test(arguments: DatabaseKind.allCases) func `rows that would not fit are named, and nothing is changed`(
        on kind: DatabaseKind
    ) async throws {
        let program = try await Program.on(kind)
        try program.addCity()
        let id = try await program.enter("Account", ["Name": "Acme", "City": "Basel"])
        try program.change("name: City, type: text", to: "name: City, type: number, precision: 5, scale: 0")
        let plan = try await program.run("plan")
        #expect(plan.status == 1)
        #expect(plan.output.contains("Refused: Account.City: "))
        #expect(plan.output.contains(id))
        let migration = try await program.run("migrate", "--allow-destructive")
        #expect(migration.status == 1)
        #expect(migration.errors.contains(id))
        let serving = try await program.run("serve", "--port", "0")
        #expect(serving.status == 1)
        #expect(serving.errors.contains("Refused: Account.City: "))
    }
}

extension Program {
    fileprivate func addCity() throws {
        try change("  - { name: Credit,", to: "  - { name: City, type: text }\n  - { name: Credit,")
    }

    fileprivate func change(_ old: String, to new: String) throws {
        let file = "metadata/Account.object.yml"
        try scratch.write(file, try scratch.text(file).replacing(old, with: new))
    }
}
