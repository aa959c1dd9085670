import Engine
import Foundation
import ObjectQL
import Storage
import Values

/// What the benchmark's database holds: accounts, their owners, and many opportunities.
struct Dataset {
    struct Size {
        let opportunities: Int
        var accounts: Int { max(100, opportunities / 10) }
    }

    let accounts: [String]
    let users: [String]
    let opportunities: [String]

    static func fill(_ bench: Bench, _ size: Size) async throws -> Dataset {
        print("Filling a database (\(bench.database.dialect)) with \(size.opportunities) opportunities ...")
        let users = try await bench.insert("User", 50) { index in
            [
                "Name": .string("User \(index)"), "FirstName": "User", "LastName": .string("\(index)"),
                "Username": .string("user\(index)"), "Email": .string("user\(index)@martlet.example"),
            ]
        }
        let accounts = try await bench.insert("Account", size.accounts) { index in
            [
                "Name": .string("Account \(index)"), "Phone": "+1 555 0100", "Type": "Customer", "Industry": "Technology",
                "AnnualRevenue": .number(Number(index * 1000)), "NumberOfEmployees": .number(Number(index % 5000 + 1)),
                "OwnerId": .string(users[index % users.count]),
            ]
        }
        let opportunities = try await bench.insert("Opportunity", size.opportunities) {
            opportunity($0, accounts[$0 % accounts.count], users[$0 % users.count])
        }
        return Dataset(accounts: accounts, users: users, opportunities: opportunities)
    }

    /// A new one, of one of the accounts and users.
    func opportunity(_ index: Int) -> JSON.Members {
        Self.opportunity(index, accounts[index % accounts.count], users[index % users.count])
    }

    private static func opportunity(_ index: Int, _ account: String, _ owner: String) -> JSON.Members {
        let stages = ["Prospecting", "Qualification", "Needs Analysis", "Proposal", "Negotiation"]
        let day = Day(number: 20_500 + Int32(index % 500))
        return [
            "Name": .string("Opportunity \(index)"), "AccountId": .string(account), "OwnerId": .string(owner),
            "Stage": .string(stages[index % stages.count]), "Amount": .number(Number(100 + index % 90_000)),
            "CloseDate": .string(day.description),
        ]
    }
}

extension Bench {
    /// Creates records through the engine, 2,000 in a transaction; gives their ids.
    func insert(_ object: String, _ count: Int, _ values: (Int) -> JSON.Members) async throws -> [String] {
        var ids: [String] = []
        for start in stride(from: 0, to: count, by: 2000) {
            let requests = (start..<min(count, start + 2000)).map { WriteRequest.create(object: object, values: values($0)) }
            ids += try await engine.write(requests, as: session).results.map { try $0.get().id }
        }
        return ids
    }
}
