package import Metadata
package import ObjectQL
import SQL
package import Storage
package import Values

/// For whom and when the engine works: every plan and every write is made for a session.
///
/// `now` is the session's time, which need not be the wall clock: simulated work runs at a time of its own, and defaults,
/// formulas, triggers, roll-ups and the change log all read it from here.
package struct Session: Sendable {
    package let user: SessionUser
    package let access: any RecordAccess
    package let now: Instant
    package let zone: Zone
    package let calendar: CalendarRules
    /// How recent the data must be that it reads. What it writes always builds upon the latest.
    package var freshness = Freshness.latest

    package init(
        user: SessionUser, access: any RecordAccess, now: Instant = .wallClock, zone: Zone = .utc,
        calendar: CalendarRules = CalendarRules()
    ) {
        (self.user, self.access, self.now, self.zone, self.calendar) = (user, access, now, zone, calendar)
    }

    package var today: Day { zone.day(now) }

    /// The administrator every database begins with, with all rights.
    package static func administrator(now: Instant = .wallClock, zone: Zone = .utc) -> Session {
        Session(user: .administrator, access: FullAccess(), now: now, zone: zone)
    }
}

/// Who asks. Formulas read the fields as `$User.Name`.
package struct SessionUser: Sendable, Hashable {
    package let id: String
    package let fields: [String: Value]

    package init(id: String, fields: [String: Value] = [:]) { (self.id, self.fields) = (id, fields) }

    package static let administrator = SessionUser(
        id: "00000000-0000-7000-8000-000000000001",
        fields: ["Id": .text("00000000-0000-7000-8000-000000000001"), "Name": .text("Administrator"), "Username": .text("admin")])
}

/// What a caller may do to records, beyond reading.
package protocol RecordAccess: Access {
    /// Two callers with the same identity may see and do the same.
    var identity: String { get }
    func mayCreate(_ object: ObjectDefinition) -> Bool
    func mayEdit(_ object: ObjectDefinition) -> Bool
    func mayDelete(_ object: ObjectDefinition) -> Bool
    func mayEdit(_ field: FieldDefinition, of object: ObjectDefinition) -> Bool
}

extension FullAccess: RecordAccess {
    package var identity: String { "full" }
    package func mayCreate(_ object: ObjectDefinition) -> Bool { true }
    package func mayEdit(_ object: ObjectDefinition) -> Bool { true }
    package func mayDelete(_ object: ObjectDefinition) -> Bool { true }
    package func mayEdit(_ field: FieldDefinition, of object: ObjectDefinition) -> Bool { true }
}

extension Session {
    /// The statement with everything filled in that depends on who asks and when.
    func fill(_ statement: Statement, arguments: [String: Bind] = [:]) throws(Problem) -> Statement {
        guard statement.binds.contains(where: { if case .late = $0 { true } else { false } }) else { return statement }
        var filled = statement
        for (index, bind) in statement.binds.enumerated() {
            if case .late(let late) = bind { filled.binds[index] = try resolve(late, arguments) }
        }
        return filled
    }

    private func resolve(_ late: Late, _ arguments: [String: Bind]) throws(Problem) -> Bind {
        switch late {
        case .now: return .datetime(now)
        case .today: return .date(today)
        case .zone: return .text(zone.identifier)
        case .user: return .id(user.id)
        case .userField(let name): return bind(user.fields[name] ?? .null)
        case .firstDay(let word): return .date(days(word).lowerBound)
        case .dayAfter(let word): return .date(days(word).upperBound)
        case .firstMoment(let word): return .datetime(zone.instant(days(word).lowerBound))
        case .momentAfter(let word): return .datetime(zone.instant(days(word).upperBound))
        case .argument(let name):
            if let value = arguments[name] { return value }
            throw Problem(
                .malformed, "missing_bind", "The query reads :\(name), but no value was given for it",
                hint: "Send \"binds\": {\"\(name)\": ...}")
        }
    }

    private func days(_ word: DateWord) -> Range<Day> { word.days(today: today, rules: calendar) }

    private func bind(_ value: Value) -> Bind {
        switch value {
        case .text(let text): .text(text)
        case .bool(let bool): .bool(bool)
        case .number(let number): .decimal(number, scale: number.scale)
        case .date(let day): .date(day)
        case .datetime(let instant): .datetime(instant)
        case .time(let time): .time(time)
        case .list(let items): .list(items)
        case .json(let json): .json(json.description)
        case .location(let location): .json(location.json.description)
        case .null: .null
        }
    }
}
