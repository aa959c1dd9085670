import Engine
import Values

/// People who ask by themselves: most are asked back and let go, some become deals.
extension Teller {
    mutating func tellLeads() {
        var stream = stream("leads")
        for _ in 0..<stream.poisson(0.7) {
            let wanted = arrival.later(days: min(45, setting.industry.cycleDays * 0.6) * (0.02 + stream.unit()))
            tellLead(at: setting.clock.moment(near: wanted, notBefore: arrival.later(minutes: 20), &stream), &stream)
        }
    }

    private mutating func tellLead(at moment: Instant, _ stream: inout Stream) {
        let name = nextPerson()
        let lead = create("Lead", at: moment, by: owner, values(name, &stream))
        let clock = setting.clock
        func later(_ from: Instant, _ days: Double) -> Instant {
            clock.moment(near: from.later(days: days), notBefore: from.later(minutes: 15), &stream)
        }
        let contacted = later(moment, stream.logNormal(median: 0.4, sigma: 0.8))
        update("Lead", lead, at: contacted, by: owner, ["Status": "Contacted"])
        let decided = later(contacted, stream.logNormal(median: 4, sigma: 0.8))
        guard stream.chance(setting.industry.leadToOpportunity) else {
            let isNurtured = stream.chance(0.3)
            update(
                "Lead", lead, at: decided, by: owner,
                isNurtured
                    ? ["Status": "Nurturing"]
                    : ["Status": "Unqualified", "UnqualifiedReason": .string(stream.pick(Self.reasons))])
            return
        }
        update("Lead", lead, at: decided, by: owner, ["Status": "Qualified"])
        let converted = later(decided, 0.5)
        let person = meet(name, 1, at: converted, &stream)
        let deal = tellDeal(at: converted.later(minutes: 1), with: person, source: "Website", type: "New Business")
        update(
            "Lead", lead, at: converted.later(minutes: 3), by: owner,
            [
                "Status": "Converted", "ConvertedAccountId": .string(account.id), "ConvertedContactId": .string(person.id),
                "ConvertedOpportunityId": .string(deal),
            ])
    }

    private static let reasons = ["No Budget", "No Need", "Wrong Person", "Too Small", "Not Reachable", "Competitor", "Spam"]
    private static let sources = ["Website", "Referral", "Partner", "Event", "Advertisement", "Social Media"]

    private func values(_ name: People.Name, _ stream: inout Stream) -> JSON.Members {
        var values: JSON.Members = [
            "FirstName": .string(name.first), "LastName": .string(name.last), "Company": .string(account.name),
            "Email": .string(Address.handle(name.full) + "@" + account.domain), "Phone": .string(Address.phone(&stream)),
            "LeadSource": .string(stream.pick(Self.sources)),
            "EstimatedValue": .whole(Money.price(setting.industry.dealAmount * (0.5 + stream.unit()))),
            "Description": .string(stream.pick(StageTexts.inquiries).filled(words(for: nil, nil, &stream))),
            "OwnerId": .string(member(owner).id),
        ]
        if setting.industry.scenario == .b2b {
            values["Title"] = .string(stream.pick(setting.pack.managers))
            values["NumberOfEmployees"] = .whole(account.employees)
            values["Industry"] = setting.crm.knowsIndustry ? .string(setting.industry.name) : .null
        }
        return values
    }
}
