import ObjectQL
import Testing
import Values

@Suite struct `Search finds words` {
    private func laboratory() throws -> Laboratory {
        let lab = try Laboratory()
        try lab.insert("Account", ["Id": "1", "Name": "Acme Corporation", "Description": "makes anvils"])
        try lab.insert("Account", ["Id": "2", "Name": "Bolt", "Description": "sells what acme makes, and acme makes it well"])
        try lab.insert("Account", ["Id": "3", "Name": "Café O'Brien"])
        try lab.insert("Account", ["Id": "4", "Name": "Acme in the bin", "IsDeleted": true])
        try lab.index("Account")
        return lab
    }

    private func found(_ text: String, _ more: JSON.Members = [:], in scope: QueryScope? = nil) throws -> String {
        var members: JSON.Members = ["object": "Account", "fields": ["Id"], "search": .string(text)]
        for (name, value) in more { members[name] = value }
        return try laboratory().ask(.object(members), in: scope).records.compactMap { $0["Id"]?.string }.joined()
    }

    @Test(arguments: [
        ("bolt", "2"), ("corp", "1"), ("ANVILS", "1"), ("acme makes", "12"), ("acme nothing", ""), ("cafe", "3"),
        ("o'brien", "3"), ("brien", "3"),
        ("", ""), ("%&*", ""), ("acme OR bolt", ""), (#"acme" OR "bolt"#, ""), ("Name:acme", ""), ("acme*", "12"),
        ("NEAR(acme makes)", ""),
        ("-acme", "12"), ("{Name}", ""), ("'; DROP TABLE Account; --", ""),
    ])
    func `by their beginnings, all of them, and no syntax`(_ text: String, _ ids: String) throws {
        #expect(try found(text).sorted() == ids.sorted())
    }

    @Test func `the best find comes first, unless there is an order`() throws {
        #expect(try found("acme") == "21" || found("acme") == "12")
        #expect(try found("acme", ["orderBy": ["-Name"]]) == "21")
        #expect(try found("acme", ["orderBy": ["Name"]]) == "12")
        #expect(try found("acme", ["filters": ["Name": "Bolt"]]) == "2")
    }

    @Test func `what the caller may not read is not searched`() throws {
        var scope = Business.scope
        scope.access = try RestrictedAccess(hiding: ["Account.Description"])
        #expect(try found("acme", in: scope) == "1")
        #expect(try found("anvils", in: scope) == "")
        scope.access = try RestrictedAccess(hiding: ["Account.Description", "Account.Name"])
        let problem = try #require(throws: QueryProblem.self) { _ = try found("acme", in: scope) }
        #expect(problem.message == "Account has no searchable fields")
    }

    @Test func `finds are counted and paged`() throws {
        let page = try laboratory().ask(["object": "Account", "fields": ["Id"], "search": "acme", "limit": 1, "count": true])
        #expect(page.totalCount == 2 && page.hasMore && page.nextCursor == nil)
        let sorted = try laboratory().ask([
            "object": "Account", "fields": ["Id"], "search": "acme", "limit": 1, "orderBy": ["Name"],
        ])
        #expect(sorted.nextCursor != nil)
    }
}
