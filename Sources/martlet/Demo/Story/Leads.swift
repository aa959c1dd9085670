import Engine
import Values

/// Those who showed interest.
extension Story {
    mutating func addLeads() {
        for _ in 0..<106 { addOpenLead() }
    }

    /// A lead that became the account, the contact and the deal.
    mutating func addLead(behind deal: Deal) {
        let reference = deal.customer.reference + "-lead"
        let (company, person) = (deal.customer.company, deal.customer.people[0])
        // Nobody is there to take a lead before the company is.
        let daysAgo = min(deal.daysAgo + dice.number(6...24), 368)
        let arrived = moment(daysAgo: daysAgo, of: Staff.marketing)
        var values = lead(person.firstName, person.lastName, company.name, company.industry, daysAgo, deal.source)
        values["Email"] = .string(person.email)
        values["NumberOfEmployees"] = .whole(company.employees)
        values["EstimatedValue"] = .whole(deal.estimate)
        values["OwnerId"] = deal.owner.id
        tell(arrived, Staff.marketing, .create(object: "Lead", values: values, reference: reference))
        touch(reference, deal.owner, arrived, daysAgo, to: ["Contacted", "Qualified"], until: deal.start)
        tell(
            deal.start.later(minutes: 5), deal.owner,
            .update(
                object: "Lead", id: "@" + reference,
                values: [
                    "Status": "Converted", "ConvertedAccountId": .record(deal.customer.reference),
                    "ConvertedContactId": person.id,
                    "ConvertedOpportunityId": .record(deal.reference),
                ]))
    }

    private mutating func addOpenLead() {
        let reference = "lead-\(scenes.count)"
        let daysAgo = dice.chance(percent: 45) ? dice.number(1...30) : dice.number(30...300)
        let arrived = moment(daysAgo: daysAgo, of: Staff.marketing)
        let (company, owner) = (dice.pick(Names.leadCompanies), dice.pick(Staff.sellers))
        let (first, last) = (dice.pick(Names.first), dice.pick(Names.last))
        let source = dice.pick([
            "Website", "Website", "Advertisement", "Social Media", "Event", "Referral", "Partner", "Outbound Call",
        ])
        var values = lead(first, last, company.name, company.industry, daysAgo, source)
        values["OwnerId"] = owner.id
        tell(arrived, Staff.marketing, .create(object: "Lead", values: values, reference: reference))
        pursue(reference, owner, arrived, daysAgo)
    }

    /// The older a lead is, the further it has come, or it is out.
    private mutating func pursue(_ reference: String, _ owner: Employee, _ arrived: Instant, _ daysAgo: Int) {
        let fate = dice.number(1...100)
        if daysAgo < 5, fate < 60 { return }
        if fate < 35 {
            touch(reference, owner, arrived, daysAgo, to: ["Contacted"], until: now)
        } else if fate < 55 {
            touch(reference, owner, arrived, daysAgo, to: ["Contacted", "Nurturing"], until: now)
        } else if fate < 68 {
            touch(reference, owner, arrived, daysAgo, to: ["Contacted", "Qualified"], until: now)
        } else if daysAgo > 12 {
            touch(reference, owner, arrived, daysAgo, to: ["Contacted"], until: now)
            let reason = dice.pick(["No Budget", "No Need", "Wrong Person", "Too Small", "Not Reachable", "Competitor"])
            tell(
                arrived.later(minutes: dice.number(9 * 1440...12 * 1440)), owner,
                .update(
                    object: "Lead", id: "@" + reference,
                    values: ["Status": "Unqualified", "UnqualifiedReason": .string(reason)]))
        }
    }

    private mutating func touch(
        _ reference: String, _ owner: Employee, _ arrived: Instant, _ daysAgo: Int, to statuses: [String], until end: Instant
    ) {
        var at = arrived
        for status in statuses {
            at = at.later(minutes: dice.number(600...3 * 1440))
            guard at < end else { return }
            tell(at, owner, .update(object: "Lead", id: "@" + reference, values: ["Status": .string(status)]))
            guard status == "Contacted" else { continue }
            tell(
                at.later(minutes: -15), owner,
                .create(
                    object: "Activity",
                    values: [
                        "Subject": "Call about the enquiry", "Type": "Call", "Status": "Completed",
                        "Outcome": .string(dice.pick(["Reached", "Reached", "Left Message", "No Answer"])), "DurationMinutes": 10,
                        "ActivityDate": .moment(at.later(minutes: -25).sharp(minutes: 5)), "WhatId": .record(reference),
                        "OwnerId": owner.id,
                    ]))
        }
    }

    private mutating func lead(
        _ first: String, _ last: String, _ company: String, _ industry: String, _ daysAgo: Int, _ source: String
    ) -> JSON.Members {
        var values: JSON.Members = [
            "FirstName": .string(first), "LastName": .string(last), "Company": .string(company),
            "Title": .string(dice.pick(Names.leadTitles)), "Industry": .string(industry), "LeadSource": .string(source),
            "Email": .string(Text.handle("\(first) \(last)") + "@" + Text.domain(company)),
            "Website": .string("https://www." + Text.domain(company)),
            "NumberOfEmployees": .whole(dice.number(8...900)), "EstimatedValue": .whole(dice.number(5...90) * 1000),
            "ProductInterest": .array(
                dice.pick([["Software"], ["Software", "Training"], ["Hardware", "Software"], ["Support"]]).map(JSON.string)),
            "Description": .string(dice.pick(Self.enquiries)),
        ]
        if dice.chance(percent: 70) { values["Phone"] = .string(phone(dice.pick([206, 303, 404, 512, 617, 720]))) }
        if let campaign = campaign(daysAgo, source) { values["CampaignId"] = .record(campaign.reference) }
        return values
    }

    private static let enquiries = [
        "Wants to replace spreadsheets before the next season.", "Asked for prices for a team of thirty.",
        "Saw the routing demo and would like to test it with own data.", "Looks for an app that works without a network.",
        "Compares three vendors, decides next quarter.", "Needs customer notifications by text message.",
        "Is not content with the support of the present system.",
    ]
}
