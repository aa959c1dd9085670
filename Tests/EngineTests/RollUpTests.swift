import Engine
import Metadata
import Testing
import Values

@Suite struct `Roll-ups` {
    @Test func `they follow children that come, change, move and go`() async throws {
        try await World.run { world in
            let (a, b) = (try await world.account("A"), try await world.account("B"))
            func sums(_ id: String) async throws -> [String] {
                let record = try await world.record("Account", id)
                return [record["OpenAmount"], record["Deals"], record["LastClose"]].map { $0?.description ?? "-" }
            }
            let deal = try await world.create(
                "Opportunity", ["Name": "D", "AccountId": .string(a), "Amount": 1500, "CloseDate": "2026-05-01"])
            #expect(try await sums(a) == ["1500", "1", "\"2026-05-01\""])
            #expect(try await world.record("Account", a)["IsBig"] == true)
            try await world.update("Opportunity", deal, ["Amount": 700])
            #expect(try await sums(a) == ["700", "1", "\"2026-05-01\""])
            try await world.update("Opportunity", deal, ["AccountId": .string(b)])
            #expect(try await sums(a) == ["0", "0", "null"])
            #expect(try await sums(b) == ["700", "1", "\"2026-05-01\""])
            try await world.update("Opportunity", deal, ["Stage": "Closed Lost", "LossReason": "Price"])
            #expect(try await sums(b) == ["0", "1", "\"2026-05-01\""])
            try await world.delete("Opportunity", deal)
            #expect(try await sums(b) == ["0", "0", "null"])
            _ = try await world.write([.undelete(object: "Opportunity", id: deal)])
            #expect(try await sums(b) == ["0", "1", "\"2026-05-01\""])
        }
    }

    @Test func `an average has the field's own scale`() async throws {
        try await World.run { world in
            let id = try await world.account()
            for amount in [10, 10, 5] as [JSON] {
                try await world.create("Opportunity", ["Name": "D", "AccountId": .string(id), "Amount": amount])
            }
            let record = try await world.record("Account", id)
            #expect(record["AverageDeal"]?.description == "8.33")
        }
    }

    @Test func `a roll-up does not count as a change of the parent by its user`() async throws {
        try await World.run { world in
            let id = try await world.account()
            try await world.create("Opportunity", ["Name": "D", "AccountId": .string(id), "Amount": 5])
            try await world.update("Account", id, ["Name": "Edited meanwhile"], version: 1)
        }
    }

    @Test func `another definition counts for the children that are there already`() async throws {
        try await World.run { world in
            let id = try await world.account()
            for amount in [10, 20] as [JSON] {
                try await world.create("Opportunity", ["Name": "D", "AccountId": .string(id), "Amount": amount])
            }
            let files = Business.files.map { file in
                SourceFile(
                    file.path,
                    file.text.split(separator: "function: count }").joined(
                        separator: "function: count, filters: [{ field: Amount, operator: greaterThan, value: 15 }] }"))
            }
            try await world.engine.install(World.registry(files))
            #expect(try await world.record("Account", id)["Deals"] == 1)
            try await world.create("Opportunity", ["Name": "D", "AccountId": .string(id), "Amount": 30])
            #expect(try await world.record("Account", id)["Deals"] == 2)
        }
    }

    @Test func `one that comes back is computed, though it is defined as before`() async throws {
        try await World.run { world in
            let id = try await world.account()
            let without = Business.files.map { file in
                SourceFile(
                    file.path,
                    file.text.split(separator: "\n").filter { !$0.contains("name: Deals") }.joined(separator: "\n"))
            }
            try await world.engine.install(World.registry(without))
            try await world.create("Opportunity", ["Name": "D", "AccountId": .string(id), "Amount": 10])
            try await world.engine.install(World.registry(Business.files))
            #expect(try await world.record("Account", id)["Deals"] == 1)
        }
    }

    @Test func `the sum of a formula follows what the formula reads`() async throws {
        let files = Business.files.map { file in
            let text = file.text
            if file.path.hasSuffix("Opportunity.object.yml") {
                return SourceFile(
                    file.path,
                    text.split(separator: "fields:\n").joined(
                        separator:
                            "fields:\n  - { name: Twice, type: formula, returnType: currency, precision: 12, scale: 2, formula: Amount * 2 }\n"
                    ))
            }
            return SourceFile(
                file.path,
                text.split(separator: "relationships:\n  - { name: Opportunities").joined(
                    separator:
                        "  - { name: TwiceSum, type: summary, relationship: Opportunities, function: sum, field: Twice }\nrelationships:\n  - { name: Opportunities"
                ))
        }
        try await World.run(files) { world in
            let id = try await world.account()
            let deal = try await world.create("Opportunity", ["Name": "D", "AccountId": .string(id), "Amount": 10])
            #expect(try await world.record("Account", id)["TwiceSum"] == 20)
            try await world.update("Opportunity", deal, ["Amount": 15])
            #expect(try await world.record("Account", id)["TwiceSum"] == 30)
        }
    }

    @Test func `what a request changes several times is summed up once`() async throws {
        try await World.run { world in
            let id = try await world.account()
            func deal(_ name: String, _ amount: JSON) -> WriteRequest {
                .create(
                    object: "Opportunity", values: ["Name": .string(name), "AccountId": .string(id), "Amount": amount],
                    reference: name)
            }
            let contact = WriteRequest.create(object: "Contact", values: ["Name": "Ann", "AccountId": .string(id)])
            let raise = WriteRequest.update(object: "Opportunity", id: "@one", values: ["Amount": 15])
            let outcome = try await world.engine.write(
                [deal("one", 10), contact, raise, contact, deal("two", 7)], as: world.session,
                options: WriteOptions(explain: true))
            let steps = try #require(outcome.trace?.json["steps"]?.array)
            let sums = steps.filter { $0["kind"] == "rollUp" && $0["name"] == "OpenAmount" }
            #expect(sums.count == 1)
            #expect(steps.last?["kind"] == "rollUp")
            let record = try await world.record("Account", id)
            #expect(record["OpenAmount"] == 22)
            #expect(record["Deals"] == 2)
            let changes = try await world.engine.history("Account", id: id, as: world.session).array ?? []
            #expect(changes.map { $0["kind"] } == ["rollUp", "create"])
        }
    }

    /// Each refuses what comes last in a request if it knows what stood before it.
    @Test(arguments: [
        ("Account", "AND(NOT(ISNEW()), OpenAmount > 1000)"), ("Account", "AND(NOT(ISNEW()), IsBig)"),
        ("Contact", "Account.OpenAmount > 1000"), ("Contact", "Account.IsBig"), ("Contact", "Account.Parent.OpenAmount > 1000"),
    ])
    func `whoever asks for a parent in between is told what stands before`(_ object: String, _ formula: String) async throws {
        let rule = "{ name: Enough, errorMessage: That is enough, formula: '\(formula)' }"
        let files = Business.files.map { file in
            guard file.path.hasSuffix("/\(object).object.yml") else { return file }
            let rules = file.text.contains("validationRules:\n") ? [] : ["validationRules:", "  - \(rule)"]
            let text = file.text.split(separator: "validationRules:\n").joined(separator: "validationRules:\n  - \(rule)\n")
            return SourceFile(file.path, ([text] + rules).joined(separator: "\n"))
        }
        try await World.run(files) { world in
            let parent = try await world.account("Parent")
            let id = try await world.account("Acme", ["ParentId": .string(parent)])
            let owner = formula.contains("Parent") ? parent : id
            let deal = WriteRequest.create(
                object: "Opportunity", values: ["Name": "D", "AccountId": .string(owner), "Amount": 1500])
            let last =
                object == "Account"
                ? WriteRequest.update(object: "Account", id: id, values: ["Phone": "+1 555 0199"])
                : .create(object: "Contact", values: ["Name": "Ann", "AccountId": .string(id)])
            let problem = await #expect(throws: BatchProblem.self) { _ = try await world.write([deal, last]) }
            #expect(problem?.problems.map { $0?.detail } == [nil, "That is enough"])
            try await world.expect(0, of: "Opportunity")
            #expect(try await world.record("Account", owner)["OpenAmount"] == 0)
            // The other way round nothing is known yet.
            _ = try await world.write([last, deal])
        }
    }

    @Test func `a roll-up of roll-ups knows what stands before, too`() async throws {
        let rule = "  - { name: Enough, errorMessage: That is enough, formula: 'AND(NOT(ISNEW()), LineTotal > 1000)' }"
        let line = SourceFile(
            "metadata/Line.object.yml",
            """
            name: Line
            label: Line
            labelPlural: Lines
            fields:
              - { name: OpportunityId, type: lookup, referenceTo: Opportunity, required: true }
              - { name: Price, type: currency }
            """)
        let files = Business.files.map { file in
            func with(_ mark: String, _ new: String) -> SourceFile {
                SourceFile(file.path, file.text.split(separator: mark).joined(separator: new))
            }
            if file.path.hasSuffix("/Opportunity.object.yml") {
                let sum = "  - { name: LineSum, type: summary, relationship: Lines, function: sum, field: Price }\n"
                let lines = "relationships:\n  - { name: Lines, type: hasMany, object: Line, foreignKey: OpportunityId }\n"
                return with("validationRules:\n", sum + lines + "validationRules:\n")
            }
            guard file.path.hasSuffix("/Account.object.yml") else { return file }
            let total = "  - { name: LineTotal, type: summary, relationship: Opportunities, function: sum, field: LineSum }\n"
            return SourceFile(file.path, with("relationships:\n", total + "relationships:\n").text + "\n" + rule)
        }
        try await World.run(files + [line]) { world in
            let id = try await world.account()
            let deal = try await world.create("Opportunity", ["Name": "D", "AccountId": .string(id)])
            let last = WriteRequest.update(object: "Account", id: id, values: ["Phone": "+1 555 0199"])
            let sale = WriteRequest.create(object: "Line", values: ["OpportunityId": .string(deal), "Price": 1500])
            let problem = await #expect(throws: BatchProblem.self) { _ = try await world.write([sale, last]) }
            #expect(problem?.problems.map { $0?.detail } == [nil, "That is enough"])
            _ = try await world.write([last, sale])
            #expect(try await world.record("Account", id)["LineTotal"] == 1500)
        }
    }

    @Test func `a refused part of a request leaves them to the others`() async throws {
        try await World.run { world in
            let id = try await world.account()
            func deal(_ stage: JSON, _ amount: JSON) -> WriteRequest {
                .create(object: "Opportunity", values: ["Name": "D", "AccountId": .string(id), "Stage": stage, "Amount": amount])
            }
            let outcome = try await world.engine.write(
                [deal("Proposal", 1), deal("Closed Lost", 10), deal("Proposal", 100)], as: world.session,
                options: WriteOptions(allOrNone: false))
            #expect(outcome.results.map { (try? $0.get()) != nil } == [true, false, true])
            #expect(try await world.record("Account", id)["OpenAmount"] == 101)
        }
    }

    @Test(arguments: 0..<6) func `after any requests of many changes they equal a fresh sum`(seed: UInt64) async throws {
        try await World.run { world in
            var random = SplitMix64(seed &+ 100)
            var accounts: [String] = []
            for index in 0..<3 { accounts.append(try await world.account("A\(index)")) }
            var (made, deals) = (Set<String>(), Set<String>())
            for _ in 0..<12 {
                let gone = made.subtracting(deals)
                let requests = (0..<12).map { _ in anyChange(of: deals.sorted(), gone.sorted(), under: accounts, &random) }
                let options = WriteOptions(allOrNone: random.next() % 3 == 0)
                // With allOrNone one refused change refuses them all.
                _ = try? await world.engine.write(requests, as: world.session, options: options)
                deals = Set(try await world.query(["object": "Opportunity", "fields": ["Id"]]).compactMap { $0["Id"]?.string })
                made.formUnion(deals)
            }
            for account in accounts { try await world.expectFreshSums(account) }
        }
    }

    private func named(_ values: JSON.Members) -> JSON.Members {
        var values = values
        values["Name"] = "D"
        return values
    }

    /// A change that may be refused: a lost deal without a reason is.
    private func anyChange(
        of deals: [String], _ gone: [String], under accounts: [String], _ random: inout SplitMix64
    ) -> WriteRequest {
        let account = JSON.string(accounts[Int(random.next() % 3)])
        let values: JSON.Members = [
            "AccountId": account, "Amount": .number(Number(Int(random.next() % 1000))),
            "CloseDate": .string("2026-03-\(10 + random.next() % 20)"),
            "Stage": random.next() % 8 == 0 ? "Closed Lost" : random.next() % 4 == 0 ? "Closed Won" : "Proposal",
        ]
        switch random.next() % 7 {
        case 0, 1:
            if let id = deals.randomElement(using: &random) { return .update(object: "Opportunity", id: id, values: values) }
        case 2: if let id = deals.randomElement(using: &random) { return .delete(object: "Opportunity", id: id) }
        case 3: if let id = gone.randomElement(using: &random) { return .undelete(object: "Opportunity", id: id) }
        case 4:
            return .update(
                object: "Account", id: account.string ?? "", values: ["Phone": .string("+1 555 0\(100 + random.next() % 900)")])
        default: break
        }
        return .create(object: "Opportunity", values: named(values))
    }

    @Test(arguments: 0..<4) func `after any writes they equal a fresh sum`(seed: UInt64) async throws {
        try await World.run { world in
            var random = SplitMix64(seed)
            var accounts: [String] = []
            for index in 0..<3 { accounts.append(try await world.account("A\(index)")) }
            var (deals, gone): ([String], [String]) = ([], [])
            for step in 0..<60 {
                let account = JSON.string(accounts[Int(random.next() % 3)])
                let amount = JSON.number(Number(Int(random.next() % 100_000)) * (Number("0.01") ?? 1))
                let close = JSON.string("2026-03-\(10 + random.next() % 20)")
                switch random.next() % 6 {
                case 0, 1:
                    deals.append(
                        try await world.create(
                            "Opportunity",
                            ["Name": .string("D\(step)"), "AccountId": account, "Amount": amount, "CloseDate": close]))
                case 2:
                    guard let deal = deals.randomElement(using: &random) else { continue }
                    try await world.update("Opportunity", deal, ["AccountId": account, "Amount": amount, "CloseDate": close])
                case 3:
                    guard let deal = deals.randomElement(using: &random) else { continue }
                    let isLost = random.next() % 2 == 0
                    try await world.update(
                        "Opportunity", deal,
                        ["Stage": isLost ? "Closed Lost" : "Prospecting", "LossReason": isLost ? "Price" : .null])
                case 4:
                    guard let deal = gone.popLast() else { continue }
                    _ = try await world.write([.undelete(object: "Opportunity", id: deal)])
                    deals.append(deal)
                default:
                    guard !deals.isEmpty else { continue }
                    gone.append(deals.remove(at: Int(random.next() % UInt64(deals.count))))
                    try await world.delete("Opportunity", gone[gone.count - 1])
                }
            }
            for account in accounts { try await world.expectFreshSums(account) }
        }
    }
}

extension World {
    /// That an account's roll-ups are what its children give when they are asked.
    fileprivate func expectFreshSums(_ account: String) async throws {
        let fresh = try await query([
            "object": "Opportunity", "filters": ["AccountId": .string(account)],
            "aggregate": ["n": ["$count": "*"], "last": ["$max": "CloseDate"]],
        ]).first
        let open = try await query([
            "object": "Opportunity",
            "filters": ["AccountId": .string(account), "Stage": ["$nin": ["Closed Won", "Closed Lost"]]],
            "aggregate": ["sum": ["$sum": "Amount"]],
        ]).first
        let record = try await record("Account", account)
        #expect(record["Deals"] == fresh?["n"])
        #expect(record["LastClose"] == fresh?["last"])
        #expect(record["OpenAmount"]?.number ?? 0 == open?["sum"]?.number ?? 0)
    }
}

/// Sebastiano Vigna's SplitMix64: small, and the same everywhere.
struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64
    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
