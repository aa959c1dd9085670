import ObjectQL
import SQL
import Testing
import Values

@Suite struct `A cursor continues its own query only` {
    private static let query: JSON = [
        "object": "Account", "fields": ["Id"], "filters": ["Name": "x"], "orderBy": ["-Employees"], "limit": 2,
    ]

    private func page(_ changes: JSON.Members = [:], cursor: String?) throws -> LaboratoryAnswer {
        let lab = try Laboratory()
        for id in 0..<5 { try lab.insert("Account", ["Id": .text("a\(id)"), "Name": "x", "Employees": id == 2 ? .null : 7]) }
        var members = Self.query.object ?? [:]
        for (name, value) in changes { members[name] = value }
        if let cursor { members["cursor"] = .string(cursor) }
        return try lab.ask(.object(members))
    }

    private func cursor() throws -> String { try #require(try page(cursor: nil).nextCursor) }

    @Test func `to the end`() throws {
        let second = try page(cursor: try cursor())
        #expect(second.texts == [#"{"Id":"a1"}"#, #"{"Id":"a0"}"#] && second.hasMore)
        let third = try page(cursor: second.nextCursor)
        #expect(third.texts == [#"{"Id":"a2"}"#] && !third.hasMore && third.nextCursor == nil)
    }

    @Test func `other fields and another page size are the same query`() throws {
        #expect(try page(["fields": ["Name"], "limit": 1, "count": true], cursor: try cursor()).texts == [#"{"Name":"x"}"#])
    }

    @Test(
        arguments: [
            ["filters": ["Name": "y"]], ["orderBy": ["Employees"]],
            ["orderBy": [["field": "Employees", "direction": "desc", "nulls": "first"]]],
            ["filters": ["Name": "x", "IsActive": true]], ["deleted": true], ["object": "Contact", "orderBy": []],
        ] as [JSON.Members])
    func `another filter or order is another query`(_ changes: JSON.Members) throws {
        let problem = try #require(throws: QueryProblem.self) { _ = try page(changes, cursor: try cursor()) }
        #expect(
            problem
                == QueryProblem(
                    "bad_cursor", "The cursor belongs to another query", path: "cursor", hint: "Begin again without a cursor"))
    }

    @Test func `a cursor that was changed is no cursor`() throws {
        let cursor = try cursor()
        for index in cursor.indices.prefix(60) {
            var changed = cursor
            changed.replaceSubrange(index...index, with: cursor[index] == "x" ? "y" : "x")
            #expect(throws: QueryProblem.self) { _ = try page(cursor: changed) }
        }
        for wrong in ["", ".", "abc", cursor + ".", String(cursor.dropLast()), "W10.AA"] {
            #expect(throws: QueryProblem.self) { _ = try page(cursor: wrong) }
        }
    }

    @Test func `a cursor of an earlier time still fits when words and users change`() throws {
        let query = try Query(json: [
            "object": "Account", "filters": ["CreatedDate": "TODAY", "OwnerId": "$currentUser"], "limit": 1,
        ])
        let (a, b) = (
            try query.resolve(in: Business.scope).compile(.sqlite), try query.resolve(in: Business.scope).compile(.sqlite)
        )
        #expect(a.fingerprint == b.fingerprint)
    }
}
