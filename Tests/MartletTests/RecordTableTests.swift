import Testing
import Values

@testable import martlet

@Suite struct `A table of records` {
    private let records: [JSON] = [
        ["Name": "Acme", "Amount": 1200, "Account": ["Name": "Acme, Inc."], "Deals": [["Name": "a"], ["Name": "b"]]],
        ["Name": "Ödland \"Süd\"", "Amount": nil, "Account": nil, "Deals": []],
    ]

    @Test func `lines up its columns, numbers to the right`() {
        #expect(
            RecordTable(records).lines(width: nil) == [
                "Name          Amount  Account.Name  Deals",
                "------------  ------  ------------  -----",
                "Acme            1200  Acme, Inc.    (2)",
                "Ödland \"Süd\"",
            ])
    }

    @Test func `is cut where the terminal ends`() {
        #expect(RecordTable(records).lines(width: 12)[2] == "Acme       …")
    }

    @Test func `as CSV quotes what needs quotes`() {
        #expect(
            RecordTable(records).csv == """
                Name,Amount,Account.Name,Deals\r
                Acme,1200,"Acme, Inc.","[{""Name"":""a""},{""Name"":""b""}]"\r
                "Ödland ""Süd""\",,,[]\r

                """)
    }

    @Test func `keeps the digits of money and hides what would command the terminal`() throws {
        let records = try JSON(parsing: #"[{"a": 12.50, "b": "x\u001b[2Jy\nz"}, {"a": 3, "b": ""}]"#).array ?? []
        #expect(RecordTable(records).lines(width: nil) == ["    a  b", "-----  --------", "12.50  x [2Jy z", " 3.00"])
    }

    @Test func `of nothing has nothing`() {
        #expect(RecordTable([]).lines(width: 80).isEmpty)
        #expect(RecordTable([]).csv.isEmpty)
    }
}
