import ObjectQL
import Testing
import Values

/// Requests in which things were replaced, left out and doubled: each is refused with a place, or answered.
@Suite struct `No request does harm` {
    private static let seeds: [JSON] = [
        [
            "object": "Account", "fields": ["Name", "Owner.Name"],
            "filters": ["Name": ["$like": "a%"], "$or": [["Employees": ["$gt": 5]], ["Industry": ["$in": ["Energy"]]]]],
            "limit": 5,
        ],
        [
            "object": "Activity", "fields": ["What.Name", "What.Type"],
            "filters": [["field": "StartedAt", "operator": "last_n_days", "value": 5]],
            "orderBy": [["field": "StartedAt", "direction": "desc", "nulls": "last"]],
        ],
        [
            "object": "Account",
            "related": [
                "Contacts": [
                    "fields": ["Name"], "filters": ["Born": ["$between": ["2000-01-01", "TODAY"]]], "orderBy": ["-Name"],
                    "limit": 2,
                ]
            ], "count": true,
        ],
        [
            "object": "Opportunity", "groupBy": ["Stage", ["field": "CloseDate", "by": "month", "as": "Month"]],
            "aggregate": ["n": ["$count": "*"], "total": ["$sum": "Amount"]], "having": ["total": ["$gt": 0]],
            "orderBy": ["-total"], "offset": 2,
        ],
        [
            "object": "Account", "search": "acme", "view": "Big", "deleted": "only",
            "filters": [
                "Interests": ["$includes": ["Golf", ["Opera", "Chess"]]], "Budget": ["$lt": ["$field": "AnnualRevenue"]],
            ],
        ],
    ]

    private static let leaves: [JSON] = [
        nil, true, false, 0, -1, 5, 1_000_000_000_000_000_000, "", "Name", "Id", "TODAY", "LAST_N_YEARS:100000",
        "NEXT_N_DAYS:99999", "2026-03-31", "9999-12-31",
        "0001-01-01", "$currentUser", "$field", "*", "%", "'; DROP TABLE Account; --", "\u{0}", "\u{10FFFF}", "a\"b", [], [:],
        [nil], ["$eq": 1], ["$field": "Name"], ["$not": [:]],
        ["$and": [["$or": []]]], "Account.Name", "What.Name", "Parent.Parent.Name", "$gt", "-", "--Name", ".", "Name.", "desc",
        "first", ["field": "Name"], "Interests", "TaxNumber",
    ]

    private func mutated(_ json: JSON, _ generator: inout SeededGenerator) -> JSON {
        if generator.chance(12) { return generator.pick(Self.leaves) }
        switch json {
        case .array(let items):
            var items = items.map { mutated($0, &generator) }
            if generator.chance(15) { items.append(generator.pick(Self.leaves)) }
            return .array(items)
        case .object(let members):
            var result: JSON.Members = [:]
            for (name, value) in members where !generator.chance(6) {
                let other = [
                    "Name", "$gt", "$lte", "$in", "$between", "$contains", "$includes", "Budget", "LastCall", "groupBy", "fields",
                    "$null", "n",
                ]
                result[generator.chance(8) ? generator.pick(other) : name] = mutated(value, &generator)
            }
            return .object(result)
        default: return json
        }
    }

    @Test(arguments: 0..<4) func `in JSON`(_ seed: UInt64) throws {
        let lab = try Laboratory(of: RandomBusiness(seed: seed))
        var generator = SeededGenerator(seed: seed)
        var answered = 0
        for _ in 0..<1500 {
            let json = mutated(generator.pick(Self.seeds), &generator)
            do {
                _ = try lab.ask(json)
                answered += 1
            } catch is QueryProblem {
            } catch { throw LaboratoryError("\(error) for \(json)") }
        }
        #expect(answered > 100)
    }

    @Test func `in an address`() throws {
        let lab = try Laboratory()
        var generator = SeededGenerator(seed: 5)
        let names = ["fields", "filters", "sort", "limit", "offset", "cursor", "search", "view", "count", "deleted", "x"]
        for _ in 0..<1500 {
            let parameters = (0..<generator.below(5)).map { _ in
                let leaf = generator.pick(Self.leaves)
                return (name: generator.pick(names), value: leaf.string ?? leaf.description)
            }
            do { _ = try lab.ask(try Query(object: "Account", parameters: parameters)) } catch is QueryProblem {}
        }
    }

    @Test func `however deep or long`() throws {
        let deep = { (levels: Int) in
            String(repeating: #"{"$not": "#, count: levels) + #"{"Name": "x"}"# + String(repeating: "}", count: levels)
        }
        let problem = try #require(throws: QueryProblem.self) {
            let filters = try JSON(parsing: deep(60))
            _ = try Query(json: ["object": "Account", "filters": filters]).resolve(in: Business.scope)
        }
        #expect(throws: QueryProblem.self) { _ = try Query(object: "Account", parameters: [("filters", deep(50_000))]) }
        #expect(problem.code == "too_costly")
        let long = JSON.array((0..<100_000).map { .string("x\($0)") })
        #expect(throws: QueryProblem.self) {
            _ = try Query(json: ["object": "Account", "filters": ["Name": ["$in": long]]]).resolve(in: Business.scope)
        }
        let wide = JSON.array((0..<200).map { ["Name": .string("x\($0)")] })
        #expect(try Laboratory().ask(["object": "Account", "filters": ["$or": wide]]).texts == [])
        var scope = Business.scope
        scope.limits[.conditions] = 3_000
        let many = JSON.array((0..<2_500).map { ["Name": .string("x\($0)")] })
        let lab = try Laboratory()
        for (name, object) in [("x7", "01890a5d-ac96-7b1c-8f3e-2b7c5d1e9f01"), ("x2499", "01890a5d-ac96-7b1c-8f3e-2b7c5d1e9f02")]
        {
            try lab.insert("Account", ["Id": .text(object), "Name": .text(name)])
        }
        let both: JSON = ["object": "Account", "fields": ["Name"], "filters": ["Name": ["$lt": "x3"], "$or": many]]
        #expect(try lab.ask(both, in: scope).texts == [#"{"Name":"x2499"}"#])
        let values = JSON.array((0..<5_000).map { .string("x\($0)") })
        #expect(try Laboratory().ask(["object": "Account", "filters": ["Name": ["$nin": values]]]).texts == [])
    }
}
