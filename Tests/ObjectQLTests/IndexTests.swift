import ObjectQL
import SQL
import Testing
import Values

@Suite struct `Statements can use indexes` {
    private func plan(_ json: JSON, index: String, on object: String = "Account") throws -> String {
        let lab = try Laboratory()
        try lab.run(Statement(sql: "CREATE INDEX i ON \(quoted(object)) (\(index))"))
        return try lab.plan(try Query(json: json).resolve(in: Business.scope).compile(.sqlite).statement).joined(separator: "; ")
    }

    @Test(
        arguments: [
            (["Name": "x"], "(Name=?)"), (["Name": ["$startsWith": "x"]], "(Name>? AND Name<?)"),
            (["Name": ["$like": "x%"]], "(Name>? AND Name<?)"),
            (["Name": ["$in": ["x", "y"]]], "(Name=?)"), (["Name": nil], "(Name=?)"),
        ] as [(JSON, String)])
    func `for what a field is compared with`(_ filter: JSON, _ use: String) throws {
        let plan = try plan(["object": "Account", "fields": ["Id"], "filters": filter], index: #""Name""#)
        #expect(plan.contains("USING INDEX i \(use)") || plan.contains("USING COVERING INDEX i \(use)"), "\(plan)")
    }

    @Test func `that hold only what is not in the recycle bin`() throws {
        let plan = try plan(
            ["object": "Account", "fields": ["Id"], "filters": ["AccountNumber": "x"]],
            index: #""AccountNumber") WHERE (NOT "IsDeleted""#)
        #expect(plan.contains("USING INDEX i (AccountNumber=?)"))
    }

    @Test(
        arguments: [
            (["Employees"], #""Employees", "Id""#), (["-Employees"], #""Employees", "Id""#),
            (["-Employees", "-Name"], #""Employees", "Name", "Id""#),
        ] as [([JSON], String)])
    func `for order, as long as nulls may be the least`(_ order: [JSON], _ index: String) throws {
        let plan = try plan(["object": "Account", "fields": ["Name"], "orderBy": .array(order)], index: index)
        #expect(plan.contains("SCAN t0 USING INDEX i") && !plan.contains("TEMP B-TREE"), "\(plan)")
    }

    @Test func `for parents and children`() throws {
        let plan = try plan(
            ["object": "Account", "fields": ["Owner.Name"], "related": ["Contacts": ["fields": ["Name"]]]],
            index: #""AccountId""#, on: "Contact")
        #expect(plan.contains("SEARCH t1 USING INDEX sqlite_autoindex_User_1 (Id=?)"))
        #expect(plan.contains("SEARCH t2 USING INDEX i (AccountId=?)"))
    }

    @Test(arguments: [
        ("CreatedDate", ["SEARCH t0 USING INDEX i ((CreatedDate,Id)>(?,?))"]),
        ("-CreatedDate", ["SEARCH t0 USING INDEX i ((CreatedDate,Id)<(?,?))"]),
        ("Employees", ["SEARCH t0 USING INDEX j ((Employees,Id)>(?,?))"]),
        ("-Employees", ["SEARCH t0 USING INDEX j ((Employees,Id)<(?,?))", "SEARCH t0 USING INDEX j (Employees=?)"]),
    ])
    func `for the page after a cursor, also where values may be missing`(_ order: String, _ uses: [String]) throws {
        let lab = try Laboratory()
        try lab.run(Statement(sql: #"CREATE INDEX i ON "Account" ("CreatedDate", "Id")"#))
        try lab.run(Statement(sql: #"CREATE INDEX j ON "Account" ("Employees", "Id")"#))
        for id in 0..<3 { try lab.insert("Account", ["Id": .text("a\(id)"), "Employees": 5]) }
        var query = try Query(json: ["object": "Account", "fields": ["Id"], "orderBy": [.string(order)], "limit": 1])
        query.cursor = try lab.ask(query).nextCursor
        let statement = try query.resolve(in: Business.scope).compile(.sqlite, seal: Laboratory.seal).statement
        let plan = try lab.plan(statement)
        let sorts = zip(plan, plan.dropFirst()).filter { $0.hasPrefix("SEARCH") && $1.hasPrefix("USE TEMP B-TREE") }
        #expect(plan.filter { $0.hasPrefix("SEARCH") } == uses && sorts.isEmpty, "\(plan)")
    }

    @Test(arguments: [
        (#"{"Id": "01890a5d-ac96-7b1c-8f3e-2b7c5d1e9f00"}"#, true), (#"{"AccountNumber": "x"}"#, true),
        (#"{"Id": {"$in": []}}"#, true),
        (#"{"Id": "01890a5d-ac96-7b1c-8f3e-2b7c5d1e9f00", "Name": {"$ne": "x"}}"#, true), (#"{"AccountNumber": null}"#, false),
        (#"{"$or": [{"Id": "01890a5d-ac96-7b1c-8f3e-2b7c5d1e9f00"}, {"Name": "x"}]}"#, false), (#"{"Name": "x"}"#, false),
    ])
    func `a read by key is known to be short`(_ filter: String, _ isShort: Bool) throws {
        let query: JSON = ["object": "Account", "fields": ["Name"], "filters": try JSON(parsing: filter)]
        #expect(try Query(json: query).resolve(in: Business.scope).compile(.sqlite).isShort == isShort)
    }
}
