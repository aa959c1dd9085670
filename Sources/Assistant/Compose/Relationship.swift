import Metadata
import Values

extension Composer {
    /// When and how often we speak, who spoke last, and how it sounds.
    var relationship: [Sentence] {
        guard let last = analysis.conversation.last else {
            return [Sentence("No conversation with \(them) is on record yet.", 90)] + upcoming
        }
        return [waiting ?? lastTouch(last)] + [silence ?? rhythm, unheard, mood, narrow].compactMap { $0 } + upcoming
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
        if touch.item.role == .activity, touch.side == .we {
            let attempt = "The last attempt was \(touch.spoken) \(ago), \(Wording.quote(touch.item.title)), which reached nobody."
            return Sentence(attempt, 85, evidence(touch))
        }
        return Sentence("The last contact was \(touch.spoken) \(ago), \(Wording.quote(touch.item.title)).", 85, evidence(touch))
    }

    /// A mail of theirs that waits for an answer.
    private var waiting: Sentence? {
        guard let mail = conversation.unanswered.last, today - mail.day >= 1 else { return nil }
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
        guard conversation.isSilent, dossier.subject.value("CustomerStatus").string != "Churned", let last = conversation.last,
            let days = conversation.silenceDays
        else { return nil }
        return Sentence(
            "That is \(days) days of silence, past the limit of \(conversation.usualSilence)\(branch).", 92,
            Evidence(last.item, .when))
    }

    private var branch: String { dossier.industry.spoken.map { " in \($0)" } ?? "" }

    private var rhythm: Sentence? {
        let frequency = conversation.frequency
        guard frequency.recent + frequency.before > 1 else { return nil }
        let recent = conversation.touches.filter { today - $0.day < frequency.window }.map(\.item)
        let evidence = Evidence(Array(recent.prefix(5)), .when)
        guard conversation.touches.contains(where: { today - $0.day >= frequency.window }) else {
            let all = frequency.recent == 2 ? "Both conversations" : "All \(Wording.count(frequency.recent, "conversation"))"
            return Sentence("\(all) on record are from the last \(frequency.window) days.", 40, evidence)
        }
        let now = "\(Wording.count(frequency.recent, "conversation")) in the last \(frequency.window) days"
        let then = "\(Wording.number(frequency.before)) in the \(frequency.window) before"
        switch frequency.trend {
        // Somebody who complains writes a lot, which is nothing to be glad of.
        case .rising where analysis.mood.sentiment == .negative: return nil
        case .rising: return Sentence("Contact is picking up: \(now), after \(then).", 60, evidence)
        case .falling: return Sentence("Contact is thinning out: \(now), after \(then).", 75, evidence)
        case .steady: return Sentence("Contact is steady, with \(now) and \(then).", 40, evidence)
        }
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
        let evidence = Evidence(item, .title, .when)
        return switch analysis.mood.sentiment {
        case .positive: Sentence("The mood is good, as \(Wording.quote(item.title)) shows.", 55, evidence)
        case .negative: Sentence("The mood is bad, as \(Wording.quote(item.title)) shows.", 88, evidence)
        case .neutral: nil
        }
    }

    /// Everything hangs on one person.
    private var narrow: Sentence? {
        guard dossier.subject.object.name == "Account" else { return nil }
        let people = conversation.people(within: 90, of: dossier)
        guard people.count == 1, people[0].count >= 3 else { return nil }
        return Sentence(
            "In the last 90 days \(Wording.name(people[0].name)) was the only person we spoke with.", 45,
            Evidence(people[0].touch.item, .person, .when))
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
