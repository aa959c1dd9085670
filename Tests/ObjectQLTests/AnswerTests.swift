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
        try lab.insert("Contact", ["Id": "c2", "Name": "Al", "AccountId": "a1"])
        let answer = try lab.ask([
            "object": "account", "fields": ["name", "AnnualRevenue", "owner.name", "Parent.Name"], "count": true,
            "related": [
                "contacts": ["fields": ["Name", "Salary", "Born", "Account.Name", "CreatedDate"], "orderBy": ["Name"]]
            ],
        ])
        let contacts = [
            #"{"Name":"Al","Salary":null,"Born":null,"Account":{"Name":"Acme \"1\""},"CreatedDate":"2026-03-31T12:00:00Z"}"#,
            #"{"Name":"Bo","Salary":12.50,"Born":"1990-01-02","Account":{"Name":"Acme \"1\""},"CreatedDate":"2026-03-31T12:00:00Z"}"#,
        ]
        let account = #"{"Name":"Acme \"1\"","AnnualRevenue":1234.00,"Owner":{"Name":"Ada"},"Parent":null,"Contacts":"#
        #expect(answer.texts == [account + "[" + contacts.joined(separator: ",") + "]}"])
        #expect(answer.totalCount == 1)
    }
}
