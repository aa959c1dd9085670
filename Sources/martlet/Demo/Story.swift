import Engine
import Values

/// A year of a sales organisation, told as what its people enter, in order of time.
///
/// References (`@account-3`) stand for the ids that the records get when the story is played.
struct Story {
    /// Something that someone enters at some moment.
    struct Scene: Sendable {
        let at: Instant
        let by: Employee
        let request: WriteRequest
    }

    private(set) var scenes: [Scene] = []
    let now: Instant
    let today: Day
    var dice: Dice

    init(now: Instant, seed: UInt64) { (self.now, today, dice) = (now, now.day, Dice(seed: seed)) }

    /// The year that ends now.
    static func year(until now: Instant, seed: UInt64) -> [Scene] {
        var story = Story(now: now, seed: seed)
        story.addStaff()
        story.addCatalogue()
        story.addCampaigns()
        story.addCustomers()
        story.addLeads()
        return story.inOrder
    }

    /// All scenes in the order of time.
    var inOrder: [Scene] {
        scenes.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
    }

    /// Adds a scene; one that lies ahead is left out, since nobody has entered it yet.
    mutating func tell(_ at: Instant, _ by: Employee, _ request: WriteRequest) {
        if at < now { scenes.append(Scene(at: at, by: by, request: request)) }
    }

    /// A moment in someone's working hours, on the last working day up to so many days before today.
    mutating func moment(daysAgo: Int, of employee: Employee) -> Instant {
        let day = workday(today - daysAgo)
        // In UTC: the Americas start in its afternoon, Asia in its night.
        let start =
            switch employee.region {
            case .americas: 14
            case .emea: 8
            case .apac: 1
            }
        let seconds = start * 3600 + dice.number(0...8 * 3600 - 1)
        return Instant(day) + (Int64(seconds) * 1_000_000 + Int64(dice.number(0...999_999)))
    }

    /// That day, or the Friday before it at the weekend.
    func workday(_ day: Day) -> Day { day.isoWeekday > 5 ? day - (day.isoWeekday - 5) : day }

    /// A number that no real telephone has: 555-0100 to 555-0199 are kept free for fiction.
    mutating func phone(_ areaCode: Int) -> String {
        let number = dice.number(0...99)
        return "+1 \(areaCode) 555-01\(number < 10 ? "0" : "")\(number)"
    }
}

extension Instant {
    /// So many minutes later.
    func later(minutes: Int) -> Instant { self + Int64(minutes) * 60_000_000 }

    /// The last full so many minutes: people write down a quarter past ten.
    func sharp(minutes: Int) -> Instant {
        let unit = Int64(minutes) * 60_000_000
        return Instant(microseconds: microseconds / unit * unit)
    }
}

extension JSON {
    static func day(_ day: Day) -> JSON { .string(day.description) }
    static func moment(_ instant: Instant) -> JSON { .string(instant.description) }
    static func whole(_ number: Int) -> JSON { .number(Number(number)) }
    static func text(_ text: String?) -> JSON { text.map(JSON.string) ?? .null }
    static func cents(_ cents: Int) -> JSON { .number(Number(scaled: Int64(cents), scale: 2)) }

    /// The id of a record of the story.
    static func record(_ reference: String) -> JSON { .string("@" + reference) }
}

extension Employee {
    var id: JSON { .record(reference) }
}
