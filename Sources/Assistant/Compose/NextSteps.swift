import Metadata
import Values

extension Composer {
    /// What to do, the most urgent first; at least three.
    var nextSteps: [Sentence] {
        var steps = [
            answer, callAboutCase, renew, close, unblock, reconnect, tryAgain, changeChannel, prepare, finish, agreeStep, winBack,
            goOn, firstCall,
        ]
        .compactMap { $0 }
        for step in [ask, widen, meetPeople, findDeal, plan, listen, record, review].compactMap({ $0 }) where steps.count < 3 {
            steps.append(step)
        }
        return steps.sorted { $0.weight > $1.weight }
    }

    private var conversation: Conversation { analysis.conversation }
    private var today: Day { dossier.today }
    private var hasLeft: Bool { dossier.subject.value("CustomerStatus").string == "Churned" }

    /// Whom to call: who spoke with us last, else the first contact.
    var partner: String {
        if ["Contact", "Lead"].contains(dossier.subject.object.name) { return dossier.subject.name }
        if let person = conversation.touches.lazy.compactMap(\.item.person).first { return Wording.name(person) }
        let first = dossier[.contact].first { $0[.primary].bool ?? false } ?? dossier[.contact].first
        return first?.title ?? "the customer"
    }

    private var answer: Sentence? {
        guard let mail = conversation.unanswered.last, !conversation.isSilent else { return nil }
        let sender = mail.item.person.map { " from \(Wording.name($0))," } ?? ""
        return Sentence(
            "Answer the mail\(sender) \(Wording.quote(mail.item.title)): it came \(Wording.ago(mail.day, today: today)).", 98,
            Evidence(mail.item, .title, .when))
    }

    private var callAboutCase: Sentence? {
        guard let ticket = analysis.service.grave ?? (analysis.mood.sentiment == .negative ? analysis.service.open.first : nil)
        else { return nil }
        let person = ticket.item.person.map(Wording.name) ?? partner
        return Sentence(
            "Call \(person) about the case \(Wording.quote(ticket.item.title)) before talking about anything else.", 97,
            Evidence(ticket.item, .title, .state))
    }

    private var renew: Sentence? {
        guard let due = analysis.commitments.due, let end = due.end else { return nil }
        let notice = due.noticeBy.map { day in
            let date = Wording.date(day, today: today)
            return day >= today ? " Notice can be given until \(date)." : " The last day for notice, \(date), has passed."
        }
        return Sentence(
            "Bring up the renewal of \(due.item.title): it ends on \(Wording.date(end, today: today)).\(notice ?? "")", 93,
            Evidence(due.item, .title, .end, .notice))
    }

    private var close: Sentence? {
        guard let deal = analysis.deals.open.first(where: { $0.overdue != nil }), let close = deal.close else { return nil }
        return Sentence(
            "Agree a new close date for \(Wording.quote(deal.item.title)): \(Wording.date(close, today: today)) has passed.", 84,
            Evidence(deal.item, .title, .end))
    }

    private var unblock: Sentence? {
        guard let deal = analysis.deals.open.first(where: { $0.isStuck && $0.overdue == nil }), let stage = deal.stageName else {
            return nil
        }
        return Sentence(
            "Find out what holds \(Wording.quote(deal.item.title)) in the stage \(stage).", 83,
            Evidence(deal.item, .title, .stage, .since))
    }

    private var reconnect: Sentence? {
        guard conversation.isSilent, dossier.showsConversations, !isOver, let last = conversation.last,
            let days = conversation.silenceDays
        else { return nil }
        if let mail = conversation.unanswered.first {
            let date = Wording.date(mail.day, today: today)
            return Sentence(
                "Call \(partner): the mail \(Wording.quote(mail.item.title)) of \(date) has had no answer.", 90,
                Evidence(mail.item, .title, .when))
        }
        let what = last.isMissed ? "attempt" : "contact"
        return Sentence("Call \(partner): the last \(what) was \(days) days ago.", 90, Evidence(last.item, .when))
    }

    private var tryAgain: Sentence? {
        guard let last = conversation.last, last.isMissed, !conversation.isSilent, !isOver, conversation.planned.isEmpty else {
            return nil
        }
        return Sentence(
            "Try again to reach \(partner): the \(last.item.noun) of \(Wording.date(last.day, today: today)) reached nobody.", 80,
            Evidence(last.item, .when, .outcome))
    }

    private var changeChannel: Sentence? {
        guard conversation.unheard.count > 1, !conversation.isSilent, let mail = conversation.unheard.first else { return nil }
        return Sentence("Phone \(partner) instead of writing again: our mails got no reply.", 79, Evidence(mail.item, .when))
    }

    private var prepare: Sentence? {
        guard let next = conversation.planned.first else { return nil }
        let day = next.day == today ? "today" : Wording.date(next.day, today: today)
        return Sentence("Prepare \(Wording.quote(next.item.title)), planned for \(day).", 76, Evidence(next.item, .title, .when))
    }

    private var finish: Sentence? {
        if let late = analysis.tasks.overdue.first {
            let text = "Finish or reschedule \(Wording.quote(late.item.title)), due on \(Wording.date(late.day, today: today))."
            return Sentence(text, 74, Evidence(late.item, .title, .end))
        }
        guard let next = analysis.tasks.coming.first, next.day - today <= 14 else { return nil }
        let day = next.day == today ? "today" : "on \(Wording.date(next.day, today: today))"
        return Sentence("Finish \(Wording.quote(next.item.title)), due \(day).", 62, Evidence(next.item, .title, .end))
    }

    private var agreeStep: Sentence? {
        guard let deal = analysis.deals.open.first, deal.item.source.fields[.nextStep] != nil else { return nil }
        let name = Wording.quote(deal.item.title)
        guard let step = deal.item[.nextStep].string else {
            return Sentence("Agree a next step for \(name): none is written down.", 68, Evidence(deal.item, .title))
        }
        return Sentence(
            "Take the next step agreed for \(name): \(Wording.quote(step)).", 72, Evidence(deal.item, .title, .nextStep))
    }

    private var winBack: Sentence? {
        guard hasLeft else { return nil }
        let reason = dossier.subject.value("ChurnReason").string.map { " \(Wording.quote($0.lowercased()))" } ?? ""
        return Sentence(
            "Ask \(partner) what has changed since they left\(reason.isEmpty ? "" : ", and whether\(reason) would still keep them away").",
            70,
            Evidence(dossier.subject, "ChurnReason", "CustomerStatus"))
    }

    private var firstCall: Sentence? {
        guard conversation.touches.isEmpty, dossier.showsConversations, !isOver, conversation.planned.isEmpty else { return nil }
        let person = partner == "the customer" ? "them" : partner
        return Sentence(
            "Make the first call: nobody has spoken with \(person) yet.", 88,
            Evidence(dossier.subject, dossier.subject.object.nameField.name))
    }

    // MARK: Where little is urgent

    private var ask: Sentence? {
        let isCustomer = !analysis.deals.won.isEmpty || !analysis.commitments.active.isEmpty
        guard analysis.mood.sentiment == .positive, isCustomer, analysis.service.open.isEmpty,
            let (item, _) = analysis.mood.evidence
        else { return nil }
        return Sentence("Ask \(partner) for a reference while the mood is good.", 45, Evidence(item, .title))
    }

    private var widen: Sentence? {
        guard dossier.subject.object.name == "Account", let (name, touch) = conversation.onlyPerson(of: dossier) else {
            return nil
        }
        return Sentence("Get to know a second person besides \(name).", 44, Evidence(touch.item, .person))
    }

    private var meetPeople: Sentence? {
        guard !dossier.omitted.contains(.contact), dossier[.contact].isEmpty, dossier.subject.object.name == "Account" else {
            return nil
        }
        return Sentence("Add the people we deal with: no contact is on record.", 43)
    }

    private var findDeal: Sentence? {
        guard dossier.subject.object.name == "Account", dossier.isComplete(.opportunity), analysis.deals.open.isEmpty, !hasLeft
        else { return nil }
        let isCustomer = !analysis.deals.won.isEmpty
        return Sentence(isCustomer ? "Look for the next deal: none is open." : "Find out what they need: no deal is open.", 42)
    }

    private var plan: Sentence? {
        guard conversation.planned.isEmpty, !dossier.omitted.contains(.activity), !isOver || hasLeft else { return nil }
        return Sentence("Plan the next conversation: nothing is in the calendar.", 40)
    }

    private var record: Sentence? {
        Sentence("Write down what comes of the next conversation, with a task for what we promise.", 20)
    }

    private var listen: Sentence? { Sentence("Ask \(partner) what matters most at the moment.", 25) }

    private var review: Sentence? { Sentence("Check that owner, status and contact details are still right.", 10) }
}
