import Metadata
import Values

extension Composer {
    /// What to talk about: first what lies between us, then what moves the industry.
    var talkingPoints: [Sentence] {
        let own = [apology, renewal, deal, result, lostDeal].compactMap { $0 }.prefix(3)
        let industry = dossier.industry.talkingPoints.filter { !$0.isEmpty }.map { Sentence($0) }
        let points = own + industry.prefix(5 - own.count)
        let rest = [
            "How they see the work with us", "What they want to reach this year", "Who else should be part of the conversation",
        ]
        return Array(points) + rest.prefix(max(0, 3 - points.count)).map { Sentence($0) }
    }

    private var apology: Sentence? {
        guard let ticket = analysis.service.open.first else { return nil }
        return Sentence("What we are doing about \(Wording.quote(ticket.item.title))", 50, Evidence(ticket.item, .title))
    }

    private var renewal: Sentence? {
        guard let due = analysis.commitments.due else { return nil }
        return Sentence("What they need in order to renew \(due.item.title)", 50, Evidence(due.item, .title))
    }

    private var deal: Sentence? {
        guard let deal = analysis.deals.open.first else { return nil }
        let name = Wording.quote(deal.item.title)
        return Sentence("What is still missing before \(name) can be signed", 50, Evidence(deal.item, .title))
    }

    private var result: Sentence? {
        guard analysis.deals.open.isEmpty, let won = analysis.deals.won.first else { return nil }
        return Sentence("What \(Wording.quote(won.title)) has brought them so far", 50, Evidence(won, .title))
    }

    private var lostDeal: Sentence? {
        guard analysis.deals.open.isEmpty, analysis.deals.won.isEmpty, let lost = analysis.deals.lost.first else { return nil }
        return Sentence("What should go differently than with \(Wording.quote(lost.title))", 50, Evidence(lost, .title))
    }
}
