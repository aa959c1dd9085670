import Metadata
import Values

extension Composer {
    /// When and how often we speak, who spoke last, and how it sounds.
    var relationship: [Sentence] {
        guard let last = analysis.conversation.last else {
            let nothing = Sentence("No conversation with \(them) is on record yet.", 90)
            return (dossier.showsConversations ? [nothing] : []) + upcoming
        }
        return [waiting ?? lastTouch(last)] + [silence ?? rhythm, unheard, lastHeard, mood, narrow].compactMap { $0 } + upcoming
    }

    private var conversation: Conversation { analysis.conversation }
    private var today: Day { dossier.today }

    /// How the subject is called after its first mention.
    var them: String {
        switch dossier.subject.object.name {
        case "Account": "them"
        case "Contact", "Lead": dossier.subject.name
        default: "the customer"
        }
    }

    private func evidence(_ touch: Conversation.Touch) -> Evidence { Evidence(touch.item, .when, .title, .direction) }

    private func lastTouch(_ touch: Conversation.Touch) -> Sentence {
        let ago = Wording.ago(touch.day, today: today)
        if touch.isMissed {
            let attempt = "The last attempt was \(touch.spoken) \(ago), \(Wording.quote(touch.item.title)), which reached nobody."
            return Sentence(attempt, 85, evidence(touch))
        }
        return Sentence("The last contact was \(touch.spoken) \(ago), \(Wording.quote(touch.item.title)).", 85, evidence(touch))
    }

    /// A mail of theirs that waits for an answer.
    private var waiting: Sentence? {
        guard let mail = conversation.unanswered.last, today - mail.day >= 1, !(isOver && conversation.isSilent) else {
            return nil
        }
        let count = conversation.unanswered.count
        let more = count > 1 ? "; \(Wording.count(count, "mail")) of theirs are waiting" : ""
        let title = Wording.quote(mail.item.title)
        let sender = mail.item.person.map(Wording.name)
        if sender == dossier.subject.name {
            let date = Wording.date(mail.day, today: today)
            return Sentence("Their mail of \(date), \(title), has had no answer yet\(more).", 95, evidence(mail))
        }
        let ago = Wording.ago(mail.day, today: today)
        return Sentence(
            "\(sender ?? "They") wrote \(ago), \(title), and \(sender == nil ? "have" : "has") had no answer since\(more).", 95,
            evidence(mail))
    }

    private var silence: Sentence? {
        guard conversation.isSilent, dossier.showsConversations, !isOver, let last = conversation.last,
            let days = conversation.silenceDays
        else { return nil }
        return Sentence(
            "That makes \(days) days of silence; more than \(conversation.usualSilence) is unusual\(branch).", 92,
            Evidence(last.item, .when))
    }

    private var branch: String { dossier.industry.spoken.map { " in \($0)" } ?? "" }

    private var rhythm: Sentence? {
        let frequency = conversation.frequency
        guard frequency.recent + frequency.before > 1 else { return nil }
        let recent = conversation.touches.filter { today - $0.day < frequency.window }.map(\.item)
        let evidence = Evidence(Array(recent.prefix(5)), .when)
        guard frequency.reachesBack else { return beginning }
        let now = "\(Wording.count(frequency.recent, "touchpoint")) in the last \(frequency.window) days"
        let then = "\(Wording.number(frequency.before)) in the \(frequency.window) before"
        switch frequency.trend {
        // Somebody who complains writes a lot, which is nothing to be glad of.
        case .rising where analysis.mood.sentiment == .negative: return nil
        case .rising: return Sentence("Contact is picking up: \(now), after \(then).", 60, evidence)
        case .falling: return Sentence("Contact is thinning out: \(now), after \(then).", 75, evidence)
        case .steady: return Sentence("Contact is steady, with \(now) and \(then).", 40, evidence)
        }
    }

    /// All that was spoken is of late.
    private var beginning: Sentence? {
        let more = conversation.touches.count - 1
        guard let first = conversation.touches.last, more > 1, conversation.coveredDays == .max, dossier.showsConversations else {
            return nil
        }
        return Sentence(
            "The first contact on record was on \(Wording.date(first.day, today: today)); \(Wording.number(more)) more have followed.",
            40, Evidence(conversation.touches.map(\.item), .when))
    }

    /// Where what we did of late came to nothing.
    private var lastHeard: Sentence? {
        guard let last = conversation.last, last.isMissed || last.side == .we && conversation.unheard.count > 1,
            let touch = conversation.touches.first(where: { $0.side != .we })
        else { return nil }
        return Sentence(
            "They were last heard from on \(Wording.date(touch.day, today: today)), in the \(touch.item.noun) "
                + "\(Wording.quote(touch.item.title)).", 77, Evidence(touch.item, .when, .title))
    }

    private var unheard: Sentence? {
        let mails = conversation.unheard
        guard mails.count > 1, let first = mails.last else { return nil }
        return Sentence(
            "Our last \(Wording.number(mails.count)) mails, the first of \(Wording.date(first.day, today: today)), got no reply.",
            80,
            Evidence(mails.prefix(5).map(\.item), .when))
    }

    private var mood: Sentence? {
        guard let (item, _) = analysis.mood.evidence, !item.title.isEmpty else { return nil }
        let (evidence, source) = (Evidence(item, .title, .when), "going by the \(item.noun) \(Wording.quote(item.title))")
        return switch analysis.mood.sentiment {
        case .positive: Sentence("The mood is good, \(source).", 55, evidence)
        case .negative: Sentence("The mood is bad, \(source).", 88, evidence)
        case .neutral: nil
        }
    }

    /// Everything hangs on one person.
    private var narrow: Sentence? {
        guard dossier.subject.object.name == "Account", let (name, touch) = conversation.onlyPerson(of: dossier) else {
            return nil
        }
        return Sentence(
            "In the last 90 days \(name) was the only person we were in touch with.", 45, Evidence(touch.item, .person, .when))
    }

    private var upcoming: [Sentence] {
        guard let next = conversation.planned.first else { return [] }
        let day = next.day == today ? "today" : next.day == today + 1 ? "tomorrow" : Wording.date(next.day, today: today)
        return [
            Sentence(
                "\(Wording.sentence(next.spoken)) is planned for \(day), \(Wording.quote(next.item.title)).", 70,
                Evidence(next.item, .when, .title))
        ]
    }
}
