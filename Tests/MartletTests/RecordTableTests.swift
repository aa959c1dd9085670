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

    @Test func `of nothing has nothing`() {
        #expect(RecordTable([]).lines(width: 80).isEmpty)
        #expect(RecordTable([]).csv.isEmpty)
    }
}
