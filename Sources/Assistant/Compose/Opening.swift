import Metadata
import Values

extension Composer {
    /// Who they are, in a sentence.
    var opening: [Sentence] {
        let subject = dossier.subject
        switch subject.object.name {
        case "Account": return [account]
        case "Contact": return [contact]
        case "Lead": return [lead]
        case "Opportunity": return deal.map { [$0] } ?? [plain]
        default: return [plain]
        }
    }

    private var subject: SubjectRecord { dossier.subject }
    private var nameField: String { subject.object.nameField.name }

    private var plain: Sentence {
        let label = subject.object.label.lowercased()
        return Sentence("\(subject.name) is \(article(label)) \(label).", 100, Evidence(subject, nameField))
    }

    private var account: Sentence {
        let branch =
            (dossier.industry.spoken ?? subject.industry?.lowercased()).map { " in \(Wording.clean($0, limit: 60))" } ?? ""
        let status = subject.value("CustomerStatus", "Status").string
        let evidence = [
            Evidence(subject, nameField, "CustomerStatus", "Industry", "CustomerSince"),
            Evidence(subject, "ChurnReason", "ChurnedDate"),
        ]
        let text =
            switch status {
            case "Active Customer": "\(subject.name) \(since.isEmpty ? "is" : "has been") a customer\(branch)\(since)\(worth)."
            case "Churned": "\(subject.name) left us\(left)."
            case "On Hold": "\(subject.name) is a customer\(branch) whose business is on hold\(worth)."
            case "Prospect": "\(subject.name) is a prospect\(branch)\(isUnwon ? ", and nothing has been won yet" : worth)."
            case let status?: "\(subject.name) is an account\(branch) with the status \(Wording.name(status))\(worth)."
            case nil: "\(subject.name) is an account\(branch)\(worth)."
            }
        return Sentence(text, 100, evidence[0], evidence[1], Evidence(analysis.deals.won, .amount))
    }

    private var since: String {
        subject.value("CustomerSince").string.flatMap { Day($0) }.map { " since \(Wording.month($0))" } ?? ""
    }

    private var worth: String {
        guard let won = analysis.deals.wonAmount, won > .zero, !dossier.partial.contains(.opportunity) else { return "" }
        return ", with \(Wording.amount(won)) won so far"
    }

    private var isUnwon: Bool { dossier.isComplete(.opportunity) && analysis.deals.won.isEmpty }

    private var left: String {
        let day =
            subject.value("ChurnedDate").string.flatMap { Day($0) }.map { " on \(Wording.date($0, today: dossier.today))" } ?? ""
        let reason = subject.value("ChurnReason").string.map { "; the reason given is \(Wording.quote($0.lowercased()))" } ?? ""
        let amount = dossier.isComplete(.opportunity) ? analysis.deals.wonAmount : nil
        let won = amount.map { ", after \(Wording.amount($0)) in won business" } ?? ""
        return day + won + reason
    }

    private var contact: Sentence {
        let title = subject.value("Title").string.map { Wording.name($0) }
        let account = subject.account.map { " at \($0.name)" } ?? ""
        let role = subject.value("BuyingRole").string?.lowercased()
        let part = role.map { title == nil ? "\(article($0)) \($0)" : ", \(article($0)) \($0)" }
        let text: String
        if subject.value("Status").string == "Left Company" {
            text = "\(subject.name) has left \(subject.account?.name ?? "the company")."
        } else if let title {
            text = "\(subject.name) is \(title)\(account)\(part ?? "")."
        } else {
            text = "\(subject.name) is \(part ?? "a contact")\(account)."
        }
        return Sentence(text, 100, Evidence(subject, nameField, "Title", "BuyingRole", "Status"))
    }

    private var lead: Sentence {
        let company = subject.value("Company").string.map { " (\(Wording.name($0)))" } ?? ""
        let status = subject.value("Status").string.map { " in the status \(Wording.clean($0, limit: 40))" } ?? ""
        let source = subject.value("LeadSource").string.map { ", from the source \(Wording.clean($0, limit: 40))" } ?? ""
        let judgement = [
            subject.value("Score").number.map { "scored \($0)" },
            subject.value("Rating").string.map { "rated \(Wording.clean($0, limit: 20).lowercased())" },
        ].compactMap { $0 }
        let rank = judgement.isEmpty ? "" : ", " + Wording.list(judgement)
        return Sentence(
            "\(subject.name)\(company) is a lead\(status)\(source)\(rank).", 100,
            Evidence(subject, nameField, "Company", "Status", "LeadSource"), Evidence(subject, "Score", "Rating"))
    }

    private var deal: Sentence? {
        guard let item = dossier[.opportunity].first(where: { $0.id == subject.id }) else { return nil }
        let with = subject.account.map { " with \($0.name)" } ?? ""
        let worth = item[.amount].number.map { " worth \(Wording.amount($0))" } ?? ""
        let evidence = Evidence(item, .title, .stage, .amount, .end, .reason)
        if let lost = analysis.deals.lost.first {
            let reason = lost[.reason].string.map { "; the reason given is \(Wording.quote($0.lowercased()))" } ?? ""
            return Sentence("\(subject.name), a deal\(with)\(worth), is lost\(reason).", 100, evidence)
        }
        if !analysis.deals.won.isEmpty {
            let day = item.day(.end).map { " on \(Wording.date($0, today: dossier.today))" } ?? ""
            return Sentence("\(subject.name), a deal\(with)\(worth), was won\(day).", 100, evidence)
        }
        let stage = analysis.deals.open.first?.stageName.map { " in the stage \($0)" } ?? ""
        return Sentence("\(subject.name) is an open deal\(with)\(worth)\(stage).", 100, evidence)
    }

    func article(_ word: String) -> String {
        let word = word.lowercased()
        return "aeiou".contains(word.prefix(1)) && !["eu", "uni", "us"].contains(where: word.hasPrefix) ? "an" : "a"
    }
}
