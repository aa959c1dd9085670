package import Values

/// Who does one thing of a write and when, where that is not what the session says for all of it.
///
/// A simulation writes what many people did at many moments in one transaction: defaults, formulas, triggers and the change log
/// see each record's own moment and user.
package struct Occasion: Sendable, Hashable {
    package let user: SessionUser
    package let now: Instant
    /// From what the ids are derived of the records that are made on this occasion, be it by triggers.
    package let ids: IDSeed
    /// Under which the change log has what is done; nil for that of the whole write.
    let transaction: String?

    package init(user: SessionUser, now: Instant, ids: IDSeed) { self.init(user: user, now: now, ids: ids, transaction: nil) }

    init(user: SessionUser, now: Instant, ids: IDSeed, transaction: String?) {
        (self.user, self.now, self.ids, self.transaction) = (user, now, ids, transaction)
    }
}

/// From what ids are derived that must be the same every time.
package struct IDSeed: Sendable, Hashable {
    private let key: UInt64

    package init(_ key: UInt64) { self.key = key }

    /// The seed of a text, such as a record's id.
    package init(_ text: String) {
        // FNV-1a
        self.init(text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 })
    }

    /// The seed of something that belongs to this one: its kind and its number.
    package func child(_ kind: String, _ number: Int) -> IDSeed { child(IDSeed(kind).key &+ UInt64(bitPattern: Int64(number))) }

    package func child(_ number: Int) -> IDSeed { child(UInt64(bitPattern: Int64(number))) }

    private func child(_ number: UInt64) -> IDSeed { IDSeed(IDSeed.mixed(key ^ IDSeed.mixed(number &+ 0x9E37_79B9_7F4A_7C15))) }

    /// The id of a record made at that moment.
    package func id(at instant: Instant) -> String {
        var bits = Bits(value: IDSeed.mixed(key))
        return RecordID.make(at: instant, using: &bits)
    }

    private struct Bits: RandomNumberGenerator {
        let value: UInt64
        func next() -> UInt64 { value }
    }

    /// SplitMix64's finaliser.
    private static func mixed(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

extension Session {
    /// The session of what is done on an occasion.
    func on(_ occasion: Occasion) -> Session {
        Session(user: occasion.user, access: access, now: occasion.now, zone: zone, calendar: calendar)
    }
}

/// Of what a trigger may make several on one occasion.
struct MadeKey: Hashable {
    let ids: IDSeed
    let object: String
}

extension WriteScope {
    func now(_ change: Change) -> Instant { change.occasion?.now ?? session.now }
    func transaction(_ change: Change) -> String { change.occasion?.transaction ?? transactionID }
    func user(_ change: Change) -> SessionUser { change.occasion?.user ?? session.user }
    func today(_ change: Change) -> Day { session.zone.day(now(change)) }
    func ownSession(of change: Change) -> Session { change.occasion.map(session.on) ?? session }

    func newID(on occasion: Occasion?) -> String {
        occasion.map { $0.ids.id(at: $0.now) } ?? engine.makeID(at: session.now)
    }

    /// The occasion of what a trigger does: the same moment and user, and ids of its own for what it makes.
    func following(_ occasion: Occasion, _ request: WriteRequest) -> Occasion {
        guard case .create(let object, _, _) = request else { return occasion }
        let number = made[MadeKey(ids: occasion.ids, object: object), default: 0]
        made[MadeKey(ids: occasion.ids, object: object)] = number + 1
        return Occasion(
            user: occasion.user, now: occasion.now, ids: occasion.ids.child(object, number), transaction: occasion.transaction)
    }
}
