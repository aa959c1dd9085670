import Metadata
import Values

extension Composer {
    /// What is at stake: deals and contracts.
    var business: [Sentence] { deals + contracts }

    private var today: Day { dossier.today }

    private var deals: [Sentence] {
        let deals = analysis.deals
        guard let first = deals.troubled ?? deals.open.first else { return noDeal }
        if isDeal { return [state(of: first, subject: "It")].compactMap { $0 } }
        var sentences: [Sentence] = []
        let name = Wording.quote(first.item.title)
        if deals.open.count > 1, let sum = deals.openAmount {
            let least = dossier.partial.contains(.opportunity) ? "at least " : ""
            let many = Wording.sentence(least + Wording.count(deals.open.count, "open deal"))
            sentences.append(
                Sentence(
                    "\(many) are worth \(least)\(Wording.amount(sum)) together.", 78, Evidence(deals.open.map(\.item), .amount)))
            sentences += [state(of: first, subject: name + (first.amount.map { " (\(Wording.amount($0)))" } ?? ""))].compactMap {
                $0
            }
        } else {
            let worth = first.amount.map { " worth \(Wording.amount($0))" } ?? ""
            let stage = first.stageName.map { ", in the stage \($0)" } ?? ""
            sentences.append(
                Sentence("One deal is open: \(name)\(worth)\(stage).", 78, Evidence(first.item, .title, .amount, .stage)))
            sentences += [state(of: first, subject: "It")].compactMap { $0 }
        }
        return sentences
    }

    /// Where the deal stands: late, stuck, or on its way.
    private func state(of deal: Deals.Deal, subject: String) -> Sentence? {
        let evidence = Evidence(deal.item, .stage, .since, .end)
        var parts: [String] = []
        if let dwell = deal.dwell, let usual = deal.usual, deal.isStuck {
            let stage = subject == "It" ? "there" : "in the stage \(deal.stageName ?? "")"
            parts.append("has been \(stage) for \(dwell) days, where \(usual) is usual")
        }
        if let close = deal.close {
            let date = Wording.date(close, today: today)
            if deal.overdue != nil {
                parts.append("should have closed on \(date)")
            } else if parts.isEmpty || close - today <= 30 {
                parts.append("is due to close on \(date)")
            }
        }
        if parts.isEmpty { return nil }
        let isTrouble = deal.isStuck || deal.overdue != nil
        return Sentence("\(subject) \(parts.joined(separator: ", and ")).", isTrouble ? 86 : 50, evidence)
    }

    private var noDeal: [Sentence] {
        if isDeal || !dossier.isComplete(.opportunity) { return [] }
        let isAccount = dossier.subject.object.name == "Account"
        if let lost = analysis.deals.lost.first, analysis.deals.won.isEmpty {
            let reason = lost[.reason].string.map { ", for the reason \(Wording.quote($0.lowercased()))" } ?? ""
            return [
                Sentence(
                    "\(isAccount ? "No deal is open; " : "")\(Wording.quote(lost.title)) was lost\(reason).", 60,
                    Evidence(lost, .title, .stage, .reason))
            ]
        }
        return isAccount ? [Sentence("No deal is open.", 30)] : []
    }

    private var contracts: [Sentence] {
        if let due = analysis.commitments.due, let end = due.end, let days = due.daysLeft {
            let worth = due.value.map { " worth \(Wording.amount($0))" } ?? ""
            let renewal = due.renewsByItself ? "renews by itself" : "does not renew by itself"
            let when = days == 0 ? "today" : "in \(Wording.days(days))"
            return [
                Sentence(
                    "The contract \(due.item.title)\(worth) ends on \(Wording.date(end, today: today)), \(when), and \(renewal).",
                    90,
                    Evidence(due.item, .title, .amount, .end, .renews))
            ]
        }
        guard let value = analysis.commitments.activeValue, !dossier.partial.contains(.contract) else { return [] }
        let count = analysis.commitments.active.count
        return [
            Sentence(
                "\(Wording.sentence(Wording.count(count, "contract"))) in force \(count == 1 ? "is" : "are") worth \(Wording.amount(value)).",
                35,
                Evidence(analysis.commitments.active.map(\.item), .amount))
        ]
    }
}
