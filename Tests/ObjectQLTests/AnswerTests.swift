import Metadata
import ObjectQL
import SQL
import Testing
import Values

@Suite struct `Queries are answered` {
    @Test func `a record with its parents and children, in the API's form`() throws {
        let lab = try Laboratory()
        try lab.insert("User", ["Id": "u1", "Name": "Ada"])
        try lab.insert("Account", ["Id": "a1", "Name": "Acme \"1\"", "AnnualRevenue": 1234, "OwnerId": "u1"])
        try lab.insert(
            "Contact", ["Id": "c1", "Name": "Bo", "AccountId": "a1", "Salary": .decimal("12.5"), "Born": .day("1990-01-02")])
        try lab.insert("Contact", ["Id": "c2", "Name": "Al\n", "AccountId": "a1"])
        let answer = try lab.ask([
            "object": "account", "fields": ["name", "AnnualRevenue", "owner.name", "Parent.Name"], "count": true,
            "related": [
                "contacts": ["fields": ["Name", "Salary", "Born", "Account.Name", "CreatedDate"], "orderBy": ["Name"]]
            ],
        ])
        let contacts = [
            #"{"Name":"Al\n","Salary":null,"Born":null,"Account":{"Name":"Acme \"1\""},"CreatedDate":"2026-03-31T12:00:00Z"}"#,
            #"{"Name":"Bo","Salary":12.50,"Born":"1990-01-02","Account":{"Name":"Acme \"1\""},"CreatedDate":"2026-03-31T12:00:00Z"}"#,
        ]
        let account = #"{"Name":"Acme \"1\"","AnnualRevenue":1234.00,"Owner":{"Name":"Ada"},"Parent":null,"Contacts":"#
        #expect(answer.texts == [account + "[" + contacts.joined(separator: ",") + "]}"])
        #expect(answer.totalCount == 1)
    }

    @Test func `children and parents of any number of fields`() throws {
        let names = (1...80).map { "Field\($0)" }
        let wide = """
            name: Wide
            label: Wide
            labelPlural: Wide
            relationships:
              - { name: Below, object: Wide, foreignKey: AboveId }
            fields:
              - { name: AboveId, type: lookup, referenceTo: Wide }
            """ + names.map { "\n  - { name: \($0), type: text }" }.joined()
        let (registry, diagnostics) = Registry.load([SourceFile("metadata/Wide.object.yml", wide)])
        let lab = try Laboratory(try #require(registry, "\(diagnostics)"))
        let values = Dictionary(uniqueKeysWithValues: names.map { ($0, Value.text("of \($0)")) })
        try lab.insert("Wide", ["Id": "w1"])
        try lab.insert("Wide", values.merging(["Id": "w2", "AboveId": "w1"]) { $1 })
        try lab.insert("Wide", ["Id": "w3", "AboveId": "w2"])
        let fields = JSON.array(names.map(JSON.string))
        let paths = JSON.array(names.map { .string("Above.\($0)") })
        let record = "{" + names.map { "\"\($0)\":\"of \($0)\"" }.joined(separator: ",") + "}"
        let scope = QueryScope(registry: lab.registry)
        let below = JSON.object(["Below": .object(["fields": fields])])
        #expect(
            try lab.ask(["object": "Wide", "fields": ["Id"], "related": below, "orderBy": ["Id"]], in: scope).texts
                == [
                    "{\"Id\":\"w1\",\"Below\":[\(record)]}",
                    "{\"Id\":\"w2\",\"Below\":[\(record.replacing(/"of \w+"/, with: "null"))]}", "{\"Id\":\"w3\",\"Below\":[]}",
                ])
        let upward = JSON.object(["Below": .object(["fields": paths])])
        #expect(
            try lab.ask(["object": "Wide", "fields": ["Id"], "related": upward, "filters": ["Field1": "of Field1"]], in: scope)
                .texts
                == ["{\"Id\":\"w2\",\"Below\":[{\"Above\":\(record)}]}"])
    }

    @Test func `without fields, everything that may be read but hidden fields`() throws {
        let lab = try Laboratory()
        try lab.insert("Account", ["Id": "a1", "Name": "Acme"])
        var scope = Business.scope
        scope.access = try RestrictedAccess(hiding: ["Account.Budget"])
        let record = try #require(try lab.ask(["object": "Account"], in: scope).records.first?.object)
        let all = try #require(Business.registry.object("Account")).fields.map(\.name)
        #expect(record.names == all.filter { !["Note", "Budget"].contains($0) })
        #expect(try lab.ask(["object": "Account", "fields": ["Note"]]).texts == [#"{"Note":null}"#])
    }

    /// Five accounts; what is left out is null.
    private func accounts() throws -> Laboratory {
        let lab = try Laboratory()
        let day = { (text: String) in Value.moment(text) }
        try lab.insert(
            "Account",
            ["Id": "1", "Name": "Acme", "Employees": 10, "Industry": "Energy", "LastCall": day("2026-03-31T00:00:00Z")])
        try lab.insert(
            "Account", ["Id": "2", "Name": "acme 50% off", "Employees": 20, "LastCall": day("2026-03-31T23:59:59.999999Z")])
        try lab.insert("Account", ["Id": "3", "Name": "Bolt_x", "Industry": "Banking", "LastCall": day("2026-04-01T00:00:00Z")])
        try lab.insert(
            "Account", ["Id": "4", "Name": "Éclair", "Employees": 20, "IsActive": true, "Interests": .list(["Golf", "Chess"])])
        try lab.insert("Account", ["Id": "5", "IsDeleted": true])
        return lab
    }

    @Test(arguments: [
        ("{}", "1234"),
        (#"{"Industry": "Energy"}"#, "1"),
        (#"{"Industry": {"$ne": "Energy"}}"#, "234"),
        (#"{"Industry": {"$nin": ["Energy"]}}"#, "234"),
        (#"{"Industry": {"$nin": ["Energy", null]}}"#, "3"),
        (#"{"Industry": {"$in": ["Energy", null]}}"#, "124"),
        (#"{"Industry": {"$in": []}}"#, ""),
        (#"{"Industry": {"$nin": []}}"#, "1234"),
        (#"{"Industry": null}"#, "24"),
        (#"{"Industry": ""}"#, "24"),
        (#"{"Industry": {"$null": false}}"#, "13"),
        (#"{"$not": {"Employees": {"$gt": 10}}}"#, "13"),
        (#"{"Employees": {"$not": {"$gt": 10}}}"#, "13"),
        (#"{"$not": {"$or": [{"Employees": {"$gt": 10}}, {"Industry": "Energy"}]}}"#, "3"),
        (#"{"$not": {"$not": {"Employees": {"$gt": 10}}}}"#, "24"),
        (#"{"$or": []}"#, ""),
        (#"{"$and": []}"#, "1234"),
        (#"{"$not": {"$or": []}}"#, "1234"),
        (#"{"Employees": {"$gt": 10, "$lt": 30}}"#, "24"),
        (#"{"Employees": {"$between": [10, 10.5]}}"#, "1"),
        (#"{"Employees": 10.5}"#, ""),
        (#"{"Employees": {"$ne": 10.5}}"#, "1234"),
        (#"{"Employees": {"$gt": 9.99}}"#, "124"),
        (#"{"Employees": {"$lt": 1e40}}"#, "124"),
        (#"{"Employees": {"$gte": 1e40}}"#, ""),
        (#"{"Name": {"$contains": "%"}}"#, "2"),
        (#"{"Name": {"$contains": "_"}}"#, "3"),
        (#"{"Name": {"$startsWith": "A"}}"#, "1"),
        (#"{"Name": {"$icontains": "ACME"}}"#, "12"),
        (#"{"Name": {"$icontains": "éCL"}}"#, "4"),
        (#"{"Name": {"$like": "_cme%"}}"#, "12"),
        (#"{"Name": {"$like": "%50\\%%"}}"#, "2"),
        (#"{"Name": {"$ilike": "a%"}}"#, "12"),
        (#"{"Name": {"$endsWith": "air"}}"#, "4"),
        (#"{"Name": {"$not": {"$contains": "cme"}}}"#, "34"),
        (#"{"Name": {"$gt": "acme"}}"#, "24"),
        (#"{"Interests": {"$includes": ["Golf"]}}"#, "4"),
        (#"{"Interests": {"$includes": [["Golf", "Opera"]]}}"#, ""),
        (#"{"Interests": {"$excludes": ["Golf"]}}"#, "123"),
        (#"{"LastCall": "2026-03-31"}"#, "12"),
        (#"{"LastCall": {"$lte": "2026-03-31"}}"#, "12"),
        (#"{"LastCall": {"$gt": "2026-03-31"}}"#, "3"),
        (#"{"LastCall": {"$between": ["2026-03-31", "2026-03-31"]}}"#, "12"),
        (#"{"LastCall": {"$ne": "2026-03-31"}}"#, "34"),
        (#"{"LastCall": "TODAY"}"#, "12"),
        (#"{"LastCall": "$today"}"#, "12"),
        (#"{"LastCall": "tomorrow"}"#, "3"),
        (#"{"LastCall": {"$gt": "THIS_MONTH"}}"#, "3"),
        (#"{"LastCall": "2026-03-31T02:00:00+02:00"}"#, "1"),
        (#"{"IsBig": false}"#, "1234"),
        (#"{"IsBig": {"$ne": true}}"#, "1234"),
        (#"{"IsActive": true}"#, "4"),
        (#"[{"field": "Industry", "operator": "not_equals", "value": "Energy"}]"#, "234"),
        (#"[{"field": "Name", "operator": "notContains", "value": "cme"}, {"field": "Industry", "operator": "isNull"}]"#, "4"),
        (
            #"[{"or": [{"field": "LastCall", "operator": "today"}, {"field": "IsActive", "operator": "equals", "value": true}]}]"#,
            "124"
        ),
        (#"[{"field": "Employees", "operator": "in", "value": [10, 20]}]"#, "124"),
    ])
    func `filters are two-valued`(_ filter: String, _ ids: String) throws {
        let lab = try accounts()
        let answer = try lab.ask(["object": "Account", "fields": ["Id"], "filters": try JSON(parsing: filter)])
        #expect(answer.records.compactMap { $0["Id"]?.string }.joined() == ids)
    }

    @Test(arguments: [(#""deleted": true"#, "12345"), (#""deleted": "only""#, "5"), (#""deleted": false"#, "1234")])
    func `the recycle bin is seen only when asked for`(_ part: String, _ ids: String) throws {
        let lab = try accounts()
        let query = try JSON(parsing: #"{"object": "Account", "fields": ["Id"], \#(part)}"#)
        #expect(try lab.ask(query).records.compactMap { $0["Id"]?.string }.joined() == ids)
    }

    @Test(arguments: [
        (#"["Employees"]"#, "3124"), (#"["-Employees"]"#, "4213"), (#"[{"field": "Employees", "nulls": "last"}]"#, "1243"),
        (#"[{"field": "Employees", "direction": "desc", "nulls": "first"}]"#, "3421"), (#"["IsActive", "-Name"]"#, "2314"),
    ])
    func `nulls count as the least unless the order says where they go`(_ order: String, _ ids: String) throws {
        let lab = try accounts()
        let answer = try lab.ask(["object": "Account", "fields": ["Id"], "orderBy": try JSON(parsing: order)])
        #expect(answer.records.compactMap { $0["Id"]?.string }.joined() == ids)
    }

    @Test func `a day begins where the session's zone says`() throws {
        let lab = try accounts()
        var scope = Business.scope
        scope.zone = try #require(Zone("Europe/Zurich"))
        let answer = try lab.ask(["object": "Account", "fields": ["Id"], "filters": ["LastCall": "2026-03-31"]], in: scope)
        #expect(answer.records.compactMap { $0["Id"]?.string } == ["1"])
    }

    @Test func `a value may be given when the statement runs`() throws {
        let lab = try accounts()
        var query = Query(object: "Account")
        query.select = [.term(.field("Id"), as: nil, .top)]
        query.filter = .among(.field("Name"), [.argument("names")], .top)
        #expect(try lab.ask(query, arguments: ["names": .list(["Acme", "Bolt_x"])]).texts == [#"{"Id":"1"}"#, #"{"Id":"3"}"#])
        query.filter = .compare(.field("Name"), .equal, .argument("name"), .top)
        #expect(try lab.ask(query, arguments: ["name": .text("Acme")]).texts == [#"{"Id":"1"}"#])
    }
}

@Suite struct `Figures are exact` {
    @Test func `sums beyond 64 bits, and averages, keep every digit`() throws {
        let lab = try Laboratory()
        for id in 0..<12 {
            try lab.insert("Opportunity", ["Id": .text("o\(id)"), "Name": "x", "Amount": .decimal("9999999999999999.99")])
        }
        let answer = try lab.ask([
            "object": "Opportunity",
            "aggregate": ["total": ["$sum": "Amount"], "mean": ["$avg": "Amount"], "n": ["$count": "*"]],
        ])
        #expect(answer.texts == [#"{"total":119999999999999999.88,"mean":9999999999999999.990000,"n":12}"#])
    }

    @Test func `an average is rounded half away from zero, four digits beyond its field's`() throws {
        let lab = try Laboratory()
        for (id, amount) in ["-0.01", "0.00", "-0.01"].enumerated() {
            try lab.insert("Opportunity", ["Id": .text("o\(id)"), "Name": "x", "Amount": .decimal(amount)])
        }
        let answer = try lab.ask(["object": "Opportunity", "aggregate": ["mean": ["$avg": "Amount"]]])
        #expect(answer.texts == [#"{"mean":-0.006667}"#])
    }

    @Test func `nothing sums up to nothing`() throws {
        let lab = try Laboratory()
        let query: JSON = [
            "object": "Opportunity",
            "aggregate": ["n": ["$count": "*"], "total": ["$sum": "Amount"], "last": ["$max": "CloseDate"]],
        ]
        #expect(try lab.ask(query).texts == [#"{"n":0,"total":null,"last":null}"#])
    }

    @Test func `results stand in the order of fields, under their names`() throws {
        let lab = try Laboratory()
        try lab.insert("Account", ["Id": "a", "Name": "Acme", "Industry": "Energy"])
        for (id, date) in ["2026-01-31", "2026-01-01", "2026-02-01"].enumerated() {
            try lab.insert(
                "Opportunity", ["Id": .text("o\(id)"), "Name": "x", "Amount": 5, "CloseDate": .day(date), "AccountId": "a"])
        }
        let answer = try lab.ask([
            "object": "opportunity", "groupBy": [["field": "closedate", "by": "month", "as": "Month"], "account.name"],
            "aggregate": ["total": ["$sum": "amount"]], "fields": ["TOTAL", "account.name", "month"], "orderBy": ["-total"],
            "count": true,
        ])
        #expect(
            answer.texts == [
                #"{"total":10.00,"Account":{"Name":"Acme"},"Month":"2026-01-01"}"#,
                #"{"total":5.00,"Account":{"Name":"Acme"},"Month":"2026-02-01"}"#,
            ])
        #expect(answer.totalCount == 2)
    }
}
