import Metadata
import Values

/// Who spoke with whom, when and how often.
struct Conversation: Sendable {
    enum Side: Sendable { case we, they, both }

    /// One time that somebody of us and somebody of them met, spoke or wrote.
    struct Touch: Sendable {
        let item: Item
        let when: Instant
        let day: Day
        let side: Side
    }

    struct Frequency: Sendable, Hashable {
        /// Days of each of the two windows that are compared.
        let window: Int
        let recent: Int
        let before: Int
        /// Whether there was anything before the recent window, so that something is compared.
        let reachesBack: Bool

        enum Trend: Sendable { case rising, steady, falling }

        var trend: Trend {
            if !reachesBack { return .steady }
            if recent >= before + 2, recent * 2 >= before * 3 { return .rising }
            if before >= recent + 2, before * 2 >= recent * 3 { return .falling }
            return .steady
        }
    }

    /// The newest first.
    let touches: [Touch]
    /// Mails of theirs that nobody has reacted to since; the oldest last.
    let unanswered: [Touch]
    /// Mails of ours since they spoke last.
    let unheard: [Touch]
    /// What is planned, the soonest first.
    let planned: [Touch]
    let frequency: Frequency
    let silenceDays: Int?
    let usualSilence: Int
    /// For how many days back everything was read.
    let coveredDays: Int

    init(_ dossier: Dossier) {
        let all =
            (dossier[.activity].compactMap { Touch(activity: $0, dossier) }
                + dossier[.email].compactMap { Touch(mail: $0, dossier) })
        let past = all.filter { $0.when <= dossier.now && !$0.isPlanned }.sorted { ($0.when, $0.item.id) > ($1.when, $1.item.id) }
        touches = past
        let reaction = past.firstIndex { $0.side != .they } ?? past.count
        // Where there is more than was read, somebody may have called before the oldest call that was.
        let known = Self.coveredDays(dossier, by: [.activity])
        unanswered = past[..<reaction].filter { $0.item.role == .email && dossier.today - $0.day < known }
        let sign = past.firstIndex { $0.side != .we } ?? past.count
        unheard = past[..<sign].filter { $0.item.role == .email && dossier.today - $0.day < known }
        planned = all.filter { $0.isPlanned && $0.when >= dossier.now }.sorted { ($0.when, $0.item.id) < ($1.when, $1.item.id) }
        coveredDays = Self.coveredDays(dossier, by: [.activity, .email])
        frequency = Self.frequency(past, dossier, covered: coveredDays)
        silenceDays = past.first.map { dossier.today - $0.day }
        usualSilence = dossier.industry.silenceDays
    }

    var last: Touch? { touches.first }
    /// Whether nobody has spoken for longer than is usual.
    var isSilent: Bool { silenceDays.map { $0 > usualSilence } ?? false }

    /// The one person of them with whom all was spoken in the last 90 days, where it was said of all with whom.
    func onlyPerson(of dossier: Dossier) -> (name: String, touch: Touch)? {
        let recent = touches.filter { dossier.today - $0.day < 90 }
        guard coveredDays >= 90, recent.count >= 3, let last = recent.first, let name = last.item.person,
            recent.allSatisfy({ $0.item.person == name })
        else { return nil }
        return (Wording.name(name), last)
    }

    /// Compares two windows of equal length, of which everything was read; nothing where there are none.
    private static func frequency(_ past: [Touch], _ dossier: Dossier, covered: Int) -> Frequency {
        let count = { (days: Range<Int>) in past.count { days.contains(dossier.today - $0.day) } }
        let busy = count(0..<60) >= 4
        guard let window = [busy ? 30 : 90, 30, 14, 7].first(where: { $0 * 2 <= covered }) else {
            return Frequency(window: 7, recent: 0, before: 0, reachesBack: false)
        }
        let reachesBack = past.last.map { dossier.today - $0.day >= window } ?? false
        return Frequency(
            window: window, recent: count(0..<window), before: count(window..<window * 2), reachesBack: reachesBack)
    }

    /// Where there is more than was read, the oldest that was read may be one of several of its day.
    private static func coveredDays(_ dossier: Dossier, by roles: [Role]) -> Int {
        roles.filter(dossier.partial.contains).map { role in
            dossier[role].compactMap(\.when).min().map { dossier.today - dossier.zone.day($0) } ?? 0
        }.min() ?? .max
    }
}

extension Conversation.Touch {
    /// A call, a meeting, a visit that took place or will; notes and cancelled ones are none.
    fileprivate init?(activity item: Item, _ dossier: Dossier) {
        guard let when = item.when, item[.kind].string != "Note", item[.state].string != "Cancelled" else { return nil }
        let isReached = !["Left Message", "No Answer", "No Reply"].contains(item[.outcome].string ?? "")
        (self.item, self.when, day, side) = (item, when, dossier.zone.day(when), isReached ? .both : .we)
    }

    /// A mail that was sent or received.
    fileprivate init?(mail item: Item, _ dossier: Dossier) {
        let isOpen = ["Draft", "Queued", "Bounced"].contains(item[.state].string ?? "")
        guard !isOpen, item.source.fields[.when].map({ item.fields[$0.name] ?? .null }) != .null, let when = item.when else {
            return nil
        }
        (self.item, self.when, day, side) = (item, when, dossier.zone.day(when), item.isTheirs ? .they : .we)
    }

    /// Somebody of us tried, and reached nobody.
    var isMissed: Bool { item.role == .activity && side == .we }

    /// Not done yet, or not done at all.
    var isPlanned: Bool {
        guard item.role == .activity, let field = item.source.fields[.state], let state = item.fields[field.name]?.string else {
            return false
        }
        return !(item.option(.state)?.isClosed ?? (state == "Completed"))
    }

    /// `a call`, `a meeting`, `their mail`, `our mail`
    var spoken: String {
        if item.role == .email {
            return side == .they ? "a mail from \(item.person.map(Wording.name) ?? "them")" : "a mail from us"
        }
        return ("aeiou".contains(item.noun.prefix(1)) ? "an " : "a ") + item.noun
    }
}

extension Item {
    /// Whether a mail came from them.
    var isTheirs: Bool { self[.direction].string.map { ["inbound", "incoming"].contains($0.lowercased()) } ?? false }

    /// What it is called in a sentence: `call`, `mail`, `case`.
    var noun: String {
        switch role {
        case .email: return "mail"
        case .supportCase: return "case"
        case .activity:
            let kind = (option(.kind)?.label ?? self[.kind].string ?? "conversation").lowercased()
            return ["other": "conversation", "e-mail": "mail", "email": "mail"][kind] ?? Wording.clean(kind, limit: 40)
        default: return role.rawValue
        }
    }
}
