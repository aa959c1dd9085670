import Metadata
import Values

extension Composer {
    /// Whether nobody goes on with it: a closed deal or lead, a customer or a person who has left.
    var isOver: Bool {
        let subject = dossier.subject
        if isDeal { return analysis.deals.open.isEmpty }
        if subject.value("CustomerStatus").string == "Churned" || subject.value("Status").string == "Left Company" { return true }
        let status = subject.object.field("Status")?.options.first { $0.value == subject.value("Status").string }
        return status?.isClosed ?? false
    }

    /// What is left to do where a deal or a lead is closed, or a person has left.
    var goOn: Sentence? {
        guard isOver else { return nil }
        let subject = dossier.subject
        switch subject.object.name {
        case "Opportunity": return afterDeal
        case "Contact": return Sentence("Find out who has taken over from \(subject.name).", 60, Evidence(subject, "Status"))
        case "Lead" where subject.value("Status").string == "Converted":
            let text = "Go on with the account, the contact and the deal that the lead has become."
            return Sentence(text, 60, Evidence(subject, "Status"))
        case "Lead":
            guard let reason = subject.value("UnqualifiedReason").string?.lowercased() else { return nil }
            let evidence = Evidence(subject, "Status", "UnqualifiedReason")
            return Sentence("Check whether the reason given, \(Wording.quote(reason)), still holds.", 60, evidence)
        default: return nil
        }
    }

    private var afterDeal: Sentence? {
        if let won = analysis.deals.won.first {
            return Sentence("Ask \(partner) how \(Wording.quote(won.title)) is working out.", 60, Evidence(won, .title, .stage))
        }
        guard let lost = analysis.deals.lost.first else { return nil }
        let reason = lost[.reason].string.map { "whether the reason given, \(Wording.quote($0.lowercased())), still holds" }
        return Sentence(
            "Ask \(partner) \(reason ?? "what would have to change for \(Wording.quote(lost.title))").", 60,
            Evidence(lost, .title, .stage, .reason))
    }
}
