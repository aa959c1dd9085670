import ObjectQL
import SQL
import Testing
import Values

/// What the text form can say beyond the JSON form's own parts, asked of records.
@Suite struct `Texts are answered` {
    private let lab: Laboratory

    init() throws {
        lab = try Laboratory()
        for index in 1...5 {
            try lab.insert(
                "Account",
                [
                    "Id": id(index), "Name": .text("A\(index)"), "Industry": .text(index < 4 ? "Energy" : "Banking"),
                    "Founded": .day("2026-0\(index)-15"), "LastCall": .moment("2026-03-31T22:30:00Z"),
                    "OwnerId": index == 1 ? .text(Laboratory.me) : .null,
                    "AnnualRevenue": .number(Number(index * 1_000_000)), "CreatedDate": .moment("2026-01-01T00:00:00Z"),
                ])
        }
        for index in 1...2 {
            try lab.insert("Contact", ["Id": id(10 + index), "Name": .text("C\(index)"), "AccountId": id(index)])
            try lab.insert(
                "Activity",
                ["Id": id(20 + index), "Subject": .text("S\(index)"), "WhatId": id(index), "WhatIdType": .text("Account")])
        }
        let bern = Value.location(try #require(Location(latitude: 46.948, longitude: 7.4474)))
        try lab.insert("Site", ["Id": id(31), "Name": .text("Bern"), "Kind": .text("HQ"), "Location": bern, "Depot": bern])
        try lab.insert("Site", ["Id": id(32), "Name": .text("Nowhere"), "Kind": .text("BR")])
    }

    private func id(_ number: Int) -> Value { .text("01890a5d-ac96-7b1c-8f3e-" + String(number + 100_000_000_000)) }

    private func ask(_ text: String, _ binds: JSON.Members = [:], zone: String = "UTC") throws -> [String] {
        var scope = Business.scope
        scope.zone = try #require(Zone(zone))
        scope.calendar.fiscalYearStart = 4
        return try lab.ask(try Query(soql: text).binding(binds), in: scope).texts
    }

    @Test(arguments: [
        ("CALENDAR_YEAR(Founded)", "2026"), ("CALENDAR_QUARTER(Founded)", "1"), ("CALENDAR_MONTH(Founded)", "3"),
        ("DAY_IN_MONTH(Founded)", "15"), ("DAY_IN_WEEK(Founded)", "1"), ("DAY_IN_YEAR(Founded)", "74"),
        ("WEEK_IN_MONTH(Founded)", "3"),
        ("WEEK_IN_YEAR(Founded)", "11"), ("FISCAL_MONTH(Founded)", "12"), ("FISCAL_QUARTER(Founded)", "4"),
        ("FISCAL_YEAR(Founded)", "2026"),
        ("HOUR_IN_DAY(LastCall)", "22"), ("HOUR_IN_DAY(convertTimezone(LastCall))", "0"),
        ("DAY_ONLY(LastCall)", #""2026-03-31""#),
        ("DAY_ONLY(convertTimezone(LastCall))", #""2026-04-01""#), ("FISCAL_YEAR(convertTimezone(LastCall))", "2027"),
        ("FORMAT(AnnualRevenue)", #""3,000,000.00""#), ("FORMAT(LastCall)", #""2026-04-01 00:30""#),
        ("FORMAT(Founded)", #""2026-03-15""#),
        ("convertCurrency(AnnualRevenue)", "3000000.00"), ("START_OF_QUARTER(Founded)", #""2026-01-01""#),
    ])
    func `a function of a field`(_ function: String, _ value: String) throws {
        #expect(try ask("SELECT \(function) x FROM Account WHERE Name = 'A3'", zone: "Europe/Zurich") == [#"{"x":\#(value)}"#])
        #expect(try ask("SELECT Id FROM Account WHERE Name = 'A3' ORDER BY \(function) DESC", zone: "Europe/Zurich").count == 1)
    }

    @Test func `functions without a name are numbered, displays go by their field's`() throws {
        #expect(
            try ask("SELECT CALENDAR_MONTH(Founded), toLabel(Industry), DAY_IN_MONTH(Founded) FROM Account WHERE Name = 'A3'")
                == [
                    #"{"expr0":3,"Industry":"Energy","expr1":15}"#
                ])
    }

    @Test func `labels are shown and compared`() throws {
        #expect(try ask("SELECT toLabel(Kind) FROM Site ORDER BY Name") == [#"{"Kind":"Head office"}"#, #"{"Kind":"Branch"}"#])
        #expect(try ask("SELECT Kind FROM Site WHERE toLabel(Kind) = 'Branch'") == [#"{"Kind":"BR"}"#])
    }

    @Test func `distances are measured along the globe`() throws {
        let text = "SELECT Name FROM Site WHERE DISTANCE(Location, GEOLOCATION(47.3769, 8.5417), 'km') "
        #expect(try ask(text + "< 96") == [#"{"Name":"Bern"}"#])
        #expect(try ask(text + "< 95") == [])
        #expect(
            try ask(
                "SELECT Name FROM Site WHERE DISTANCE(Location, GEOLOCATION(:lat, :lon), 'mi') < 60",
                ["lat": 47, "lon": 8]
            ).count == 1)
        #expect(try ask("SELECT Name FROM Site WHERE DISTANCE(Location, Depot, 'mi') = 0") == [#"{"Name":"Bern"}"#])
    }

    @Test func `semi-joins and anti-joins`() throws {
        let contacts = "(SELECT AccountId FROM Contact WHERE Name LIKE 'c%')"
        #expect(
            try ask("SELECT Name FROM Account WHERE Id IN \(contacts) ORDER BY Name") == [#"{"Name":"A1"}"#, #"{"Name":"A2"}"#])
        #expect(try ask("SELECT COUNT() FROM Account WHERE Id NOT IN \(contacts)") == [#"{"expr0":3}"#])
        #expect(
            try ask("SELECT Name FROM Account WHERE ParentId NOT IN (SELECT Id FROM Account WHERE Name = 'A1') LIMIT 1").count
                == 1)
    }

    @Test func `subtotals`() throws {
        let text =
            "SELECT Industry, GROUPING(Industry) g, COUNT(Id) n FROM Account GROUP BY ROLLUP(Industry) ORDER BY GROUPING(Industry), Industry"
        #expect(
            try ask(text) == [
                #"{"Industry":"Banking","g":0,"n":2}"#, #"{"Industry":"Energy","g":0,"n":3}"#, #"{"Industry":null,"g":1,"n":5}"#,
            ])
        let cube =
            "SELECT Industry i, Name, SUM(AnnualRevenue) s FROM Account GROUP BY CUBE(Industry, Name) HAVING GROUPING(Name) = 1"
        #expect(try ask(cube).count == 3)
        let last = "SELECT IsActive, COUNT(Id) n FROM Account GROUP BY ROLLUP(IsActive) ORDER BY IsActive NULLS LAST"
        #expect(try ask(last) == [#"{"IsActive":false,"n":5}"#, #"{"IsActive":null,"n":5}"#])
        #expect(try ask("SELECT FORMAT(SUM(AnnualRevenue)) t FROM Account") == [#"{"t":"15,000,000.00"}"#])
    }

    @Test func `fields by a parent's object`() throws {
        let text =
            "SELECT Subject, TYPEOF What WHEN Account THEN Name, Industry WHEN Opportunity THEN Amount END FROM Activity ORDER BY Subject LIMIT 1"
        #expect(try ask(text) == [#"{"Subject":"S1","What":{"Name":"A1","Industry":"Energy"}}"#])
        #expect(
            try ask(
                "SELECT Id, (SELECT TYPEOF What WHEN Opportunity THEN Amount ELSE Name END FROM Activities) FROM Account WHERE Name = 'A2'"
            ) == [
                #"{"Id":"\#(id(2).text ?? "")","Activities":[{"What":{"Name":"A2"}}]}"#
            ])
    }

    @Test func `whose records`() throws {
        #expect(try ask("SELECT Name FROM Account USING SCOPE mine") == [#"{"Name":"A1"}"#])
        #expect(try ask("SELECT Name FROM Account USING SCOPE team") == [#"{"Name":"A1"}"#])
        #expect(try ask("SELECT COUNT() FROM Account USING SCOPE everything") == [#"{"expr0":5}"#])
    }

    @Test func `values given with the query`() throws {
        let text =
            "SELECT Name FROM Account WHERE Name IN :names AND Name LIKE :pattern AND AnnualRevenue > :least ORDER BY Name LIMIT :size"
        #expect(
            try ask(text, ["names": ["A1", "A2", "A3"], "pattern": "a_", "least": 1_000_000, "size": 1]) == [#"{"Name":"A2"}"#])
        let problem = try #require(throws: QueryProblem.self) { try ask(text, ["names": []]) }
        #expect((problem.code, problem.message) == ("missing_bind", "The query reads :pattern, but no value was given for it"))
    }

    @Test func `an object's own name leads to its fields`() throws {
        #expect(try ask("SELECT Account.Name FROM Account WHERE Account.Name = 'A1'") == [#"{"Name":"A1"}"#])
    }

    @Test(arguments: [
        ("SELECT Id FROM Account WHERE Budget > EUR5", "Amounts are in USD, and nothing says what they are in EUR"),
        ("SELECT Id FROM Account WITH DATA CATEGORY Geo AT usa", "There are no data categories, and so no Geo"),
        (
            "SELECT Id FROM Account USING SCOPE delegated",
            "There is no scope delegated: nothing is delegated, and there are no territories"
        ),
        ("SELECT Id FROM Account WHERE toLabel(Name) = 'x'", "Name is no picklist"),
        ("SELECT Id FROM Account WHERE HOUR_IN_DAY(Founded) = 1", "Founded is a date: HOUR_IN_DAY takes datetimes"),
        ("SELECT Id FROM Account WHERE CALENDAR_YEAR(Name) = 1", "Name is a text: CALENDAR_YEAR takes dates and datetimes"),
        ("SELECT Id FROM Account WHERE DISTANCE(Name, GEOLOCATION(1, 2), 'km') < 1", "Name is no geolocation"),
        ("SELECT GROUPING(Name) FROM Account GROUP BY Industry", "Name is not grouped by"),
        (
            "SELECT Id FROM Account WHERE Id IN (SELECT Name FROM Contact)",
            "Id is an id and Contact.Name a text: they cannot be compared"
        ),
        ("SELECT Id FROM Account WHERE CHANGED(Label)", "Label is computed: its changes are not logged"),
        ("SELECT Id FROM Account WHERE CHANGED(TaxNumber TO 'x')", "TaxNumber is encrypted: its changes tell no values"),
        ("SELECT TYPEOF What WHEN Contact THEN Name END FROM Activity", "What is never of Contact"),
        ("SELECT Stage, Id FROM Opportunity GROUP BY ROLLUP(Stage, Id, Name, Amount)", "ROLLUP takes at most 3 keys, not 4"),
    ])
    func `what makes no sense is told`(_ text: String, _ message: String) throws {
        #expect(try #require(throws: QueryProblem.self) { try ask(text) }.message == message)
    }

    @Test func `no system mode without an administrator's rights`() throws {
        var scope = Business.scope
        scope.access = try RestrictedAccess(hiding: ["Secret"])
        #expect(throws: QueryProblem.self) { try Query(soql: "SELECT Id FROM Account WITH SYSTEM_MODE").resolve(in: scope) }
        _ = try Query(soql: "SELECT Id FROM Account WITH USER_MODE").resolve(in: scope)
        #expect(throws: QueryProblem.self) {
            try Query(soql: "SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Secret)").resolve(in: scope)
        }
    }
}
