import Engine
import Foundation
import Values

/// An opportunity on its way.
struct Deal {
    let id: String
    let name: String
    let amount: Int
    let contact: Person
    let start: Instant
    let product: Catalogue.Product
    /// The number of its series of random numbers.
    let number: Int

    var goods: String { product.goods }
}

/// How deals move: a chain of stages, each of which is passed with a probability and takes its time.
///
/// The product of the probabilities is the industry's win rate, the shares of the cycle add up to the whole of it.
enum Funnel {
    static let stages = ["Qualification", "Needs Analysis", "Proposal", "Negotiation", "Closed Won"]
    static let weights = [0.30, 0.28, 0.18, 0.14, 0.10]
    static let shares = [0.12, 0.18, 0.20, 0.25, 0.25]

    /// The time in each stage, in days: log-normal, together log-normal with the industry's median and deviation.
    static func dwell(_ industry: Industry, scale: Double, _ stream: inout Stream) -> [Double] {
        let total = stream.logNormal(median: industry.cycleDays * scale, sigma: industry.cycleSigma)
        let parts = shares.map { $0 * exp(0.5 * stream.normal()) }
        let sum = parts.reduce(0, +)
        return parts.map { total * $0 / sum }
    }
}

extension Teller {
    mutating func tellDeals() {
        var stream = stream("deals")
        guard stream.chance(0.75) else { return }
        // Who decides quickly begins quickly.
        let wanted = arrival.later(days: min(9, setting.industry.cycleDays * 0.12) * (0.02 + stream.unit()))
        let start = setting.clock.moment(near: wanted, notBefore: arrival.later(minutes: 40), &stream)
        let source = stream.pick(["Website", "Referral", "Event", "Partner", "Outbound Call", "Social Media", "Advertisement"])
        tellDeal(at: start, with: account.people[0], source: source, type: "New Business")
    }

    /// The whole life of a deal, and what follows when it is won; gives its id.
    @discardableResult
    mutating func tellDeal(at start: Instant, with contact: Person, source: String, type: String, worth: Int? = nil) -> String {
        deals += 1
        var stream = stream("deal", deals)
        let product = stream.pick(setting.catalogue.goods)
        let goods = product.goods
        let amount = worth ?? Money.amount(setting.industry, &stream)
        let scale = type == "New Business" ? 1 : 0.4
        let days = Funnel.dwell(setting.industry, scale: scale, &stream)
        let close = start.later(days: days.reduce(0, +))
        let name = type == "New Business" ? "\(account.name): \(goods)" : "\(account.name): \(type.lowercased()), \(goods)"
        let id = create(
            "Opportunity", at: start, by: owner,
            [
                "Name": .string(name), "AccountId": .string(account.id), "ContactId": .string(contact.id),
                "Stage": "Prospecting", "Amount": .whole(amount), "CloseDate": .day(setting.window.zone.day(min(close, .latest))),
                "Type": .string(type), "LeadSource": .string(source), "OwnerId": .string(member(owner).id),
                "NextStep": .string(stream.pick(StageTexts.of("Prospecting").nextSteps)),
            ])
        let deal = Deal(id: id, name: name, amount: amount, contact: contact, start: start, product: product, number: deals)
        play(deal, days, renews: type == "Renewal", &stream)
        return id
    }

    private mutating func play(_ deal: Deal, _ days: [Double], renews: Bool, _ stream: inout Stream) {
        // Who has bought before buys again unless they leave; that is decided before a renewal begins.
        let winRate = renews ? 1 : min(setting.industry.winRate * member(owner).skill, 0.97)
        var passages: [(moment: Instant, stage: String, isLost: Bool)] = []
        var moment = deal.start
        for (place, stage) in Funnel.stages.enumerated() {
            let isLost = !stream.chance(pow(winRate, Funnel.weights[place]))
            let wanted = moment.later(days: days[place])
            moment = setting.clock.moment(near: wanted, notBefore: moment.later(minutes: 5), &stream)
            if stage == "Closed Won" || isLost { moment = pulled(to: moment, after: deal, &stream) }
            passages.append((moment, isLost ? "Closed Lost" : stage, isLost))
            if isLost { break }
        }
        converse(about: deal, passages.map(\.moment), passages.map(\.stage))
        for (place, passage) in passages.enumerated() {
            if passage.stage == "Proposal" { quote(deal, at: passage.moment.later(minutes: -2)) }
            if isOver(passage.moment) { return }
            let seed = update("Opportunity", deal.id, at: passage.moment, by: owner, values(deal, passage.stage, &stream))
            finishTask(of: seed, since: passage.moment, passage.stage, &stream)
            if place == Funnel.stages.count - 1, !passage.isLost { tellCustomer(of: deal, wonAt: passage.moment, seed) }
        }
    }

    /// Deals close more often at the ends of quarters: some that are due in the weeks before are pulled there.
    private func pulled(to moment: Instant, after deal: Deal, _ stream: inout Stream) -> Instant {
        let reach = min(30, setting.industry.cycleDays / 2.5)
        let probability = min((setting.industry.quarterEndBoost - 1) * 10 / reach, 0.5)
        let (isPulled, share) = (stream.chance(probability), stream.unit())
        let day = setting.window.zone.day(moment)
        let last = day.firstOfMonth.adding(months: 3 - (day.month - 1) % 3) - 1
        let days = Double(last - day)
        guard isPulled, days >= 10, days < 10 + reach else { return moment }
        return setting.clock.moment(near: moment.later(days: days - share * 9), notBefore: moment, &stream)
    }

    private func values(_ deal: Deal, _ stage: String, _ stream: inout Stream) -> JSON.Members {
        var values: JSON.Members = ["Stage": .string(stage)]
        let texts = StageTexts.of(stage)
        if stage == "Closed Lost" {
            values["LossReason"] = .string(stream.pick(Self.lossReasons))
            values["LossDetails"] = .string(stream.pick(texts.memos).body.filled(words(for: deal.contact, deal, &stream)))
        } else if stage != "Closed Won" {
            values["NextStep"] = .string(stream.pick(texts.nextSteps))
        }
        return values
    }

    private static let lossReasons = [
        "Price", "Price", "Competitor", "Competitor", "No Decision", "No Decision", "No Budget", "Missing Features", "Timing",
        "Relationship",
    ]

    /// The task that the stage's trigger has made is done: to ask again after half a year, to welcome a customer within a week.
    private mutating func finishTask(of seed: IDSeed, since moment: Instant, _ stage: String, _ stream: inout Stream) {
        guard setting.crm.plansTasks else { return }
        let start = stage == "Closed Lost" ? moment.later(days: 170) : moment
        finish(seed.child("Task", 0).id(at: moment), within: stage == "Closed Won" ? 7 : 3, from: start, &stream)
    }
}
