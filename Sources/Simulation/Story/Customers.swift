import Engine
import Values

/// What follows a won deal: its contract, questions, more business, and a renewal or a farewell.
extension Teller {
    mutating func tellCustomer(of deal: Deal, wonAt won: Instant, _ seed: IDSeed) {
        var stream = stream("customer", deal.number)
        let clock = setting.clock
        let term = setting.industry.scenario == .b2c ? 12 : stream.pick([12, 12, 12, 24])
        let signed = clock.moment(near: won.later(days: 2 + stream.unit() * 7), notBefore: won.later(days: 0.6), &stream)
        let (contract, renewal) = agree(deal, won, signed, term, seed, &stream)
        let end = setting.window.zone.instant(setting.window.zone.day(signed).adding(months: term))
        tellCases(from: signed, to: min(end, setting.window.end), deal, &stream)
        grow(from: signed, to: end, deal, &stream)
        // In time for the customer's notice.
        if setting.crm.plansRenewals { finish(renewal, within: 10, from: max(end.later(days: -95), signed), &stream) }
        if isOver(end) { return }
        // Who leaves within a year leaves at the end of the term.
        let leaves = stream.chance(setting.industry.annualChurn)
        let last = clock.moment(near: end, notBefore: end, &stream)
        update("Contract", contract, at: last, by: owner, ["Status": "Expired"])
        if leaves {
            update(
                "Account", account.id, at: last.later(minutes: 9), by: setting.team.success,
                [
                    "CustomerStatus": "Churned",
                    "ChurnReason": .string(stream.pick(["Price", "Product Fit", "Competitor", "Service Quality"])),
                ])
        } else if deals < 40 {
            let worth = Money.price(Double(deal.amount) * (0.95 + stream.unit() * 0.2))
            let opened = clock.moment(near: last.later(days: 1), notBefore: last.later(minutes: 20), &stream)
            tellDeal(at: opened, with: deal.contact, source: "Other", type: "Renewal", worth: worth)
        }
    }

    /// Completes and signs the contract that the won deal has drafted; gives its id, and that of the task to renew it.
    private mutating func agree(
        _ deal: Deal, _ won: Instant, _ signed: Instant, _ term: Int, _ seed: IDSeed, _ stream: inout Stream
    ) -> (contract: String, renewal: String) {
        let zone = setting.window.zone
        let ours = JSON.string(member(owner).id)
        var contract = seed.child("Contract", 0).id(at: won)
        if !setting.crm.draftsContracts {
            contract = create(
                "Contract", at: won.later(minutes: 5), by: owner,
                [
                    "AccountId": .string(account.id), "OpportunityId": .string(deal.id), "ContractValue": .whole(deal.amount),
                    "StartDate": .day(zone.day(won)), "ContractTerm": .whole(term), "OwnerId": ours,
                ])
        }
        update("Contract", contract, at: won.later(minutes: 45), by: owner, ["Status": "In Approval", "Type": "Subscription"])
        let activation = update(
            "Contract", contract, at: signed, by: owner,
            [
                "Status": "Activated", "StartDate": .day(zone.day(signed)), "ContractTerm": .whole(term),
                "CustomerSignedId": .string(deal.contact.id), "CustomerSignedDate": .day(zone.day(signed)),
                "CompanySignedId": ours, "CompanySignedDate": .day(zone.day(signed)), "AutoRenew": .bool(stream.chance(0.5)),
                "PaymentTerms": .string(stream.pick(["Net 14", "Net 30", "Net 30", "Net 60"])),
                "BillingFrequency": .string(stream.pick(["Yearly", "Yearly", "Quarterly", "Monthly"])),
            ])
        return (contract, activation.child("Task", 0).id(at: signed))
    }

    /// Some customers want more before the term is over.
    private mutating func grow(from signed: Instant, to end: Instant, _ deal: Deal, _ stream: inout Stream) {
        let wanted = signed + Int64((0.3 + stream.unit() * 0.5) * Double(end - signed))
        let moment = setting.clock.moment(near: wanted, notBefore: signed.later(minutes: 30), &stream)
        let worth = Money.price(Double(deal.amount) * (0.15 + stream.unit() * 0.35))
        guard stream.chance(0.25), !isOver(moment), deals < 40 else { return }
        tellDeal(at: moment, with: deal.contact, source: "Other", type: "Expansion", worth: worth)
    }

    /// About one question in two months.
    private mutating func tellCases(from start: Instant, to end: Instant, _ deal: Deal, _ stream: inout Stream) {
        let days = Double(end - start) / 86_400_000_000
        guard days > 1 else { return }
        for _ in 0..<stream.poisson(days / 60) {
            let wanted = start.later(days: stream.unit() * days)
            let moment = setting.clock.moment(near: wanted, notBefore: start.later(minutes: 15), &stream)
            tellCase(at: moment, deal, &stream)
        }
    }

    private mutating func tellCase(at moment: Instant, _ deal: Deal, _ stream: inout Stream) {
        let question = stream.pick(Question.all)
        let words = words(for: deal.contact, deal, &stream)
        let (support, clock) = (setting.team.support, setting.clock)
        let (id, seed) = enter(
            "Case", at: moment, by: support,
            [
                "Subject": .string(question.subject.filled(words)), "Description": .string(question.text.filled(words)),
                "Type": .string(question.type), "Reason": .string(question.reason), "Priority": .string(question.priority),
                "Origin": .string(stream.pick(["Email", "Email", "Phone", "Web", "Chat"])), "AccountId": .string(account.id),
                "ContactId": .string(deal.contact.id), "OwnerId": .string(member(support).id),
                "ProductId": setting.crm.quotesProducts ? .string(deal.product.id) : .null,
            ])
        let begun = clock.moment(near: moment.later(days: 0.2), notBefore: moment.later(minutes: 12), &stream)
        update("Case", id, at: begun, by: support, ["Status": "In Progress"])
        if question.priority == "Critical", setting.crm.escalatesCases {
            update("Task", seed.child("Task", 0).id(at: moment), at: begun, by: support, ["Status": "Completed"])
        }
        if stream.chance(0.3) {
            update("Case", id, at: begun.later(minutes: stream.number(20...300)), by: support, ["Status": "Waiting on Customer"])
        }
        // Wishes stay open for long, problems do not.
        let days = stream.logNormal(median: question.type == "Feature Request" ? 25 : 2, sigma: 0.9)
        let solved = clock.moment(near: begun.later(days: days), notBefore: begun.later(minutes: 320), &stream)
        update(
            "Case", id, at: solved, by: support,
            [
                "Status": "Closed", "Resolution": .string(question.resolution.filled(words)),
                "Satisfaction": .string(stream.pick(["5", "5", "4", "4", "3", "2"])),
            ])
    }
}
