import Engine
import Values

/// An opportunity of the story, from its first day on.
struct Deal {
    let reference: String
    let customer: Customer
    let contact: Person
    let type: String
    let name: String
    let lines: [Line]
    let start: Instant
    let daysAgo: Int
    let source: String

    struct Line {
        let product: Product
        let quantity: Int
        /// In percent.
        let discount: Int

        var cents: Int { quantity * product.price * (100 - discount) }
    }

    var owner: Employee { customer.owner }
    var cents: Int { lines.reduce(0) { $0 + $1.cents } }
    /// What the seller guesses before there is an offer.
    var estimate: Int { max(1000, cents / 100_000 * 1000) }
}

extension Story {
    private static let stages = ["Qualification", "Needs Analysis", "Proposal", "Negotiation", "Closed Won"]

    mutating func addDeals(of customer: inout Customer) {
        let isFromLead = dice.chance(percent: 25)
        var daysAgo = customer.daysAgo - (isFromLead ? 0 : dice.number(1...12))
        for number in 0..<5 where daysAgo > 1 {
            let deal = newDeal(number, of: customer, daysAgo: daysAgo, from: number == 0 && isFromLead ? customer.since : nil)
            if number == 0, isFromLead { addLead(behind: deal) }
            if let won = play(deal) { customer.wins.append(won) }
            // Those who ask again do so the sooner the less time has passed.
            daysAgo = daysAgo < 70 ? daysAgo - dice.number(20...60) : dice.number(4...daysAgo - 30)
        }
    }

    private mutating func newDeal(_ number: Int, of customer: Customer, daysAgo: Int, from lead: Instant?) -> Deal {
        let day = moment(daysAgo: daysAgo, of: customer.owner)
        let start = lead?.later(minutes: 10) ?? max(day, customer.since.later(minutes: 10))
        let type = kind(of: customer, daysAgo)
        let lines = offer(type, users: max(10, customer.company.employees / dice.number(9...26)))
        let people = customer.people.filter { $0.met < start }
        return Deal(
            reference: customer.reference + "-deal-\(number)", customer: customer,
            contact: people.isEmpty ? customer.people[0] : dice.pick(people), type: type,
            name: "\(customer.company.name): \(title(type, number, lines))", lines: lines, start: start, daysAgo: daysAgo,
            source: dice.pick(["Website", "Referral", "Event", "Partner", "Outbound Call", "Social Media", "Advertisement"]))
    }

    /// Only who has bought buys more, and only who has had something for long renews it.
    private mutating func kind(of customer: Customer, _ daysAgo: Int) -> String {
        guard let first = customer.wins.max() else { return "New Business" }
        return first - daysAgo > 150 && dice.chance(percent: 60) ? "Renewal" : "Expansion"
    }

    private mutating func title(_ type: String, _ number: Int, _ lines: [Deal.Line]) -> String {
        switch type {
        case "New Business": Self.beginnings[number]
        case "Renewal": "Renewal \(today.year)"
        default: dice.chance(percent: 30) && lines.count > 1 ? lines[1].product.name : Self.growth[number]
        }
    }

    private static let beginnings = [
        "Field rollout", "Scheduling for all depots", "Replacing the old dispatch", "First region", "Pilot",
    ]
    private static let growth = ["More users", "Second region", "Subsidiary", "New depot", "Night shift"]

    private mutating func offer(_ type: String, users: Int) -> [Deal.Line] {
        let platform = users > 150 ? Catalogue.platform[2] : users > 50 ? Catalogue.platform[1] : Catalogue.platform[0]
        let discount = users > 150 ? dice.pick([8, 12, 15]) : dice.pick([0, 0, 5])
        let seats = type == "Expansion" ? max(5, users / 4) : users
        var lines = [Deal.Line(product: platform, quantity: seats, discount: discount)]
        if dice.chance(percent: 60) {
            lines.append(Deal.Line(product: dice.pick(Catalogue.additions), quantity: 1, discount: dice.pick([0, 0, 10])))
        }
        if type != "Renewal", dice.chance(percent: 45) {
            lines.append(Deal.Line(product: dice.pick(Catalogue.equipment), quantity: max(5, seats / 3), discount: 0))
        }
        if type == "New Business" {
            lines.append(Deal.Line(product: dice.pick(Catalogue.services), quantity: dice.number(1...8), discount: 0))
        }
        return lines
    }

    /// Takes the deal through its stages; tells how many days ago it was won, if it was.
    private mutating func play(_ deal: Deal) -> Int? {
        let isLost = dice.chance(percent: 38)
        let lostAfter = isLost ? dice.number(1...4) : .max
        // Some deals stay where they are, and nobody closes them.
        let stallsAfter = dice.chance(percent: 8) ? dice.number(1...3) : .max
        var days = Self.stages.map { _ in dice.number(4...21) }
        if deal.type == "Renewal" { days = days.map { $0 / 2 + 1 } }
        let end = deal.daysAgo - days.reduce(0, +)
        open(deal, closing: today - end)
        converse(about: deal, in: "Prospecting", from: deal.start)

        var daysAgo = deal.daysAgo
        for (index, stage) in Self.stages.enumerated() {
            if index == stallsAfter { return nil }
            daysAgo -= days[index]
            guard daysAgo > 0 else {
                plan(deal, "Next talk with \(deal.contact.name)")
                return nil
            }
            let at = max(moment(daysAgo: daysAgo, of: deal.owner), deal.start.later(minutes: 60 * (index + 1)))
            if index == lostAfter {
                lose(deal, at)
                return nil
            }
            move(deal, to: stage, at, closing: today - end)
        }
        return daysAgo
    }

    private mutating func open(_ deal: Deal, closing: Day) {
        var values: JSON.Members = [
            "Name": .string(deal.name), "AccountId": .record(deal.customer.reference), "ContactId": deal.contact.id,
            "Stage": "Prospecting", "Type": .string(deal.type), "CloseDate": .day(workday(closing)),
            "LeadSource": .string(deal.source),
            "OwnerId": deal.owner.id, "NextStep": .string(nextStep(deal, "Prospecting")),
        ]
        if dice.chance(percent: 70) { values["Amount"] = .whole(deal.estimate) }
        if let campaign = campaign(deal.daysAgo, deal.source) { values["CampaignId"] = .record(campaign.reference) }
        if dice.chance(percent: 40) {
            values["Competitors"] = .array([.string(dice.pick(StageTexts.competitors))])
        }
        tell(deal.start, deal.owner, .create(object: "Opportunity", values: values, reference: deal.reference))
    }

    private mutating func move(_ deal: Deal, to stage: String, _ at: Instant, closing: Day) {
        var values: JSON.Members = ["Stage": .string(stage), "NextStep": .string(nextStep(deal, stage))]
        switch stage {
        case "Needs Analysis":
            values["Amount"] = .whole(deal.estimate)
            values["Budget"] = .whole(deal.estimate * dice.number(90...120) / 100 / 500 * 500)
        case "Proposal":
            quote(deal, at)
            values["Amount"] = .cents(deal.cents)
        case "Closed Won": values["NextStep"] = nil
        default: break
        }
        tell(at, deal.owner, .update(object: "Opportunity", id: "@" + deal.reference, values: values))
        converse(about: deal, in: stage, from: at)
    }

    private mutating func quote(_ deal: Deal, _ at: Instant) {
        for line in deal.lines {
            tell(
                at.later(minutes: -5), deal.owner,
                .create(
                    object: "OpportunityLineItem",
                    values: [
                        "OpportunityId": .record(deal.reference), "ProductId": .record(line.product.reference),
                        "Quantity": .whole(line.quantity), "Discount": .whole(line.discount),
                        "ServiceDate": .day(at.day.adding(months: 2).firstOfMonth),
                    ]))
        }
    }

    private mutating func lose(_ deal: Deal, _ at: Instant) {
        let loss = dice.pick(StageTexts.losses)
        tell(
            at, deal.owner,
            .update(
                object: "Opportunity", id: "@" + deal.reference,
                values: ["Stage": "Closed Lost", "LossReason": .string(loss.reason), "LossDetails": .string(loss.lesson)]))
        converse(about: deal, in: "Closed Lost", from: at)
    }

    /// A campaign that ran when something began and brings in such things.
    mutating func campaign(_ daysAgo: Int, _ source: String) -> CampaignPlan? {
        let running = Campaigns.all.filter {
            $0.source == source && ($0.days.lowerBound - 20...$0.days.upperBound).contains(daysAgo)
        }
        return running.isEmpty || dice.chance(percent: 30) ? nil : dice.pick(running)
    }
}
