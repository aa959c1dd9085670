import ObjectQL
import PostgresCluster
import Testing
import Values

/// Random questions on random records, answered by either database and by walking over the records.
@Suite struct `Answers are what walking over the records finds` {
    private static let settings: [(zone: String, firstWeekday: Int)] = [
        ("UTC", 1), ("Europe/Zurich", 1), ("America/New_York", 7),
    ]

    /// Questions are made without a thought of what they cost.
    private static var scope: QueryScope {
        var scope = Business.scope
        scope.limits[.joins] = 60
        scope.limits[.answer] = .max
        return scope
    }

    @Test func `nothing is left unasked`() {
        var random = RandomQuestion(seed: 1)
        let asked = (0..<6000).map { _ in random.question().json.description }.joined()
        let words =
            DateFunction.parts.map { "\"\($0)(" } + DateFunction.starts.map { "\"\($0)(" }
            + DateWord.spellings.map { "\"\($0.replacing(":n", with: ":"))" }
            + ["convertTimezone(", "\"GROUPING(", "\"rollup\":", "\"cube\":", "\"typeof\":", "\"else\":", "\"having\":"]
            + ["$in", "$nin"].map { "{\"\($0)\":{\"object\":" } + ["$ne", "$lt", "$lte", "$gt", "$gte"].map { "\"\($0)\":" }
            + ["$null", "$between", "$like", "$ilike", "$contains", "$includes", "$excludes", "$field"].map { "\"\($0)\":" }
        #expect(words.filter { !asked.contains($0) } == [])
        let hasGreatGrandchildren = asked.contains(/"related":\{"\w+":\{[^{}]*"related":\{"\w+":\{[^{}]*"related"/)
        #expect(hasGreatGrandchildren)
    }

    /// A server takes longer over each question.
    private static let businesses: [(DatabaseKind, UInt64)] = (0..<12).map { (.sqlite, $0) } + (12..<18).map { (.postgres, $0) }

    @Test(arguments: businesses) func `whatever is asked`(_ kind: DatabaseKind, _ seed: UInt64) async throws {
        let business = RandomBusiness(seed: seed)
        var random = RandomQuestion(seed: seed &* 7919)
        let (zone, firstWeekday) = Self.settings[Int(seed) % Self.settings.count]
        var scope = Self.scope
        scope.zone = try #require(Zone(zone))
        scope.calendar = CalendarRules(firstWeekday: firstWeekday, fiscalYearStart: 4)
        let interpreter = Interpreter(business, zone: scope.zone, calendar: scope.calendar)
        try await BusinessDatabase.with(business, on: kind) { database in
            for _ in 0..<180 {
                guard try await check(random.question(), database, interpreter, scope) else { return }
            }
        }
    }

    @Test(arguments: DatabaseKind.allCases, 100..<104)
    func `whoever may see some rows only`(_ kind: DatabaseKind, _ seed: UInt64) async throws {
        let business = RandomBusiness(seed: seed)
        var random = RandomQuestion(seed: seed)
        var scope = Self.scope
        scope.access = try RestrictedAccess(rules: [
            "Account": #"Industry = "Technology" || Owner.Region = $User.Region"#, "Contact": "Account.IsActive",
            "User": "Manager.Manager.IsActive || IsActive",
        ])
        var interpreter = Interpreter(business)
        interpreter.rules = [
            "Account": { all, account in
                account["Industry"] == "Technology"
                    || all.value("Owner.Region", account, "Account", isInternal: true).value == "EMEA"
            },
            "Contact": { all, contact in all.value("Account.IsActive", contact, "Contact", isInternal: true).value == true },
            "User": { all, user in
                all.value("Manager.Manager.IsActive", user, "User", isInternal: true).value == true || user["IsActive"] == true
            },
        ]
        try await BusinessDatabase.with(business, on: kind) { database in
            for _ in 0..<100 {
                var question = random.question()
                question.deleted = false
                guard try await check(question, database, interpreter, scope) else { return }
            }
        }
    }

    @Test(arguments: DatabaseKind.allCases, 200..<206)
    func `page by page, no record missing and none twice`(_ kind: DatabaseKind, _ seed: UInt64) async throws {
        let business = RandomBusiness(seed: seed)
        var random = RandomQuestion(seed: seed)
        let interpreter = Interpreter(business)
        try await BusinessDatabase.with(business, on: kind) { database in
            for _ in 0..<40 {
                var question = random.question()
                if question.isGrouped { continue }
                (question.limit, question.offset, question.related) = (1 + random.generator.below(5), 0, [])
                let pages = try await pages(question, database)
                guard pages != interpreter.answers(question) else { continue }
                Issue.record("\(question.json)\n  found  \(pages)\n  wanted \(interpreter.answers(question))")
                return
            }
        }
    }

    private func pages(_ question: Question, _ database: BusinessDatabase) async throws -> [String] {
        var query = try Query(json: question.json)
        var texts: [String] = []
        repeat {
            let answer = try await database.ask(query, in: Business.scope)
            texts += answer.texts
            query.cursor = answer.nextCursor
        } while query.cursor != nil && texts.count < 1000
        return texts
    }

    /// Whether both agree; records the first difference.
    private func check(
        _ question: Question, _ database: BusinessDatabase, _ interpreter: Interpreter, _ scope: QueryScope
    ) async throws -> Bool {
        let expected = interpreter.answers(question)
        let limit = question.limit ?? 50
        let hasMore = expected.count > question.offset + limit
        let wanted = expected.dropFirst(question.offset).prefix(limit) + ["\(expected.count) in all", "more: \(hasMore)"]
        let found = try await answer(question, database, scope)
        if found == Array(wanted) { return true }
        let place = zip(found, wanted).prefix { $0 == $1 }.count
        Issue.record("\(question.json)\n  found  \(found[place])\n  wanted \(Array(wanted)[place])")
        return false
    }

    private func answer(_ question: Question, _ database: BusinessDatabase, _ scope: QueryScope) async throws -> [String] {
        do {
            let answer = try await database.ask(Query(json: question.json), in: scope)
            return answer.texts + ["\(answer.totalCount ?? -1) in all", "more: \(answer.hasMore)"]
        } catch { throw LaboratoryError("\(error) for \(question.json)") }
    }
}
