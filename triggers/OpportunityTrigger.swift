package import Engine
import Values

/// A won deal becomes business: it gets a draft of its contract, its account becomes an active customer, and its owner is told.
///
/// All of it belongs to the write that won the deal: whatever fails undoes everything.
package struct OpportunityTrigger: Trigger {
    package let name = "OpportunityTrigger"

    package init() {}

    package func run(_ work: TriggerWork) async throws {
        let won = work.changes.filter { $0.changed("Stage") && $0.new["Stage"].text == "Closed Won" }
        if won.isEmpty { return }
        try await work.create("Contract", won.map { draft(for: $0.new, from: work.session.today) })
        try await activateAccounts(of: won, work)
        try await tellOwners(of: won, work)
    }

    private func draft(for opportunity: Record, from today: Day) -> JSON.Members {
        [
            "AccountId": opportunity["AccountId"].json, "OpportunityId": .string(opportunity.id), "Status": "Draft",
            "StartDate": .string(today.description), "ContractTerm": 12, "ContractValue": opportunity["Amount"].json,
            "OwnerId": opportunity["OwnerId"].json,
        ]
    }

    private func activateAccounts(of won: [Change], _ work: TriggerWork) async throws {
        let ids = Set(won.compactMap { $0.new["AccountId"].text }).sorted()
        let accounts = try await work.records("Account", ids: ids).filter { $0["CustomerStatus"].text != "Active Customer" }
        try await work.update("Account", accounts.map { (id: $0.id, values: ["CustomerStatus": "Active Customer"]) })
    }

    private func tellOwners(of won: [Change], _ work: TriggerWork) async throws {
        let owners = try await work.records("User", ids: Set(won.compactMap { $0.new["OwnerId"].text }).sorted())
        let addresses = Dictionary(owners.map { ($0.id, $0["Email"].text) }) { first, _ in first }
        try await work.notify(
            won.compactMap { change in
                // Nobody to tell is no reason to fail a write.
                guard let owner = change.new["OwnerId"].text, let address = addresses[owner] ?? nil else { return nil }
                let name = change.new["Name"].text ?? "The deal"
                return TriggerWork.Message(
                    to: address, subject: "\(name) is won: the contract is drafted",
                    body: "Complete the draft and have it signed; the account is an active customer now.", about: change.id)
            })
    }
}
