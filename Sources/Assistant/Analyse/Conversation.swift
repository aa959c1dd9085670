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

        enum Trend: Sendable { case rising, steady, falling }

        var trend: Trend {
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

    init(_ dossier: Dossier) {
        let all =
            (dossier[.activity].compactMap { Touch(activity: $0, dossier) }
                + dossier[.email].compactMap { Touch(mail: $0, dossier) })
        let past = all.filter { $0.when <= dossier.now && !$0.isPlanned }.sorted { ($0.when, $0.item.id) > ($1.when, $1.item.id) }
        touches = past
        let reaction = past.firstIndex { $0.side != .they } ?? past.count
        unanswered = past[..<reaction].filter { $0.item.role == .email }
        let sign = past.firstIndex { $0.side != .we } ?? past.count
        unheard = past[..<sign].filter { $0.item.role == .email }
        planned = all.filter { $0.isPlanned && $0.when >= dossier.now }.sorted { ($0.when, $0.item.id) < ($1.when, $1.item.id) }
        frequency = Self.frequency(past, dossier)
        silenceDays = past.first.map { dossier.today - $0.day }
        usualSilence = dossier.industry.silenceDays
    }

    var last: Touch? { touches.first }
    /// Whether nobody has spoken for longer than is usual.
    var isSilent: Bool { silenceDays.map { $0 > usualSilence } ?? false }

    /// The people we spoke with in the last so many days, the most frequent first.
    func people(within days: Int, of dossier: Dossier) -> [(name: String, count: Int, touch: Touch)] {
        var found: [(name: String, count: Int, touch: Touch)] = []
        for touch in touches where dossier.today - touch.day < days {
            guard let person = touch.item.person else { continue }
            if let index = found.firstIndex(where: { $0.name == person }) {
                found[index].count += 1
            } else {
                found.append((person, 1, touch))
            }
        }
        return found.sorted { ($0.count, $1.name) > ($1.count, $0.name) }
    }

    /// Compares two windows of equal length, of which everything was read.
    private static func frequency(_ past: [Touch], _ dossier: Dossier) -> Frequency {
        let isPartial = dossier.partial.contains(.activity) || dossier.partial.contains(.email)
        let covered = isPartial ? past.last.map { dossier.today - $0.day } ?? 0 : .max
        let count = { (days: Range<Int>) in past.count { days.contains(dossier.today - $0.day) } }
        let busy = count(0..<60) >= 4
        let window = [busy ? 30 : 90, 30, 14, 7].first { $0 * 2 <= covered } ?? 7
        return Frequency(window: window, recent: count(0..<window), before: count(window..<window * 2))
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
        let isTheirs = item[.direction].string.map { ["inbound", "incoming"].contains($0.lowercased()) } ?? false
        (self.item, self.when, day, side) = (item, when, dossier.zone.day(when), isTheirs ? .they : .we)
    }

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
        let kind = (item.option(.kind)?.label ?? item[.kind].string ?? "conversation").lowercased()
        let noun = ["other": "conversation", "e-mail": "mail", "email": "mail"][kind] ?? Wording.clean(kind, limit: 40)
        return ("aeiou".contains(noun.prefix(1)) ? "an " : "a ") + noun
    }
}
