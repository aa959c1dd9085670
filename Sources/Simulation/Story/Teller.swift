import Engine
import Values

/// A story while it is told.
struct Teller {
    let index: Int
    let arrival: Instant
    let setting: Setting
    let owner: Int
    var account: Customer
    /// Deals begun so far.
    var deals = 0
    private var steps: [Story.Step] = []
    /// People named so far.
    private var cast = 0
    private var told = 0
    private let ids: IDSeed

    init(_ index: Int, _ arrival: Instant, _ setting: Setting) {
        (self.index, self.arrival, self.setting) = (index, arrival, setting)
        ids = setting.ids.child("story", index)
        var stream = Stream(seed: setting.seed, Purpose("owner"), index)
        owner = setting.team.seller(&stream)
        account = Customer(id: ids.child(0).id(at: arrival))
    }

    /// All steps within the window, in the order of time; those of one moment as they were told.
    var inOrder: [Story.Step] {
        steps.enumerated().sorted { ($0.element.due, $0.offset) < ($1.element.due, $1.offset) }.map(\.element)
    }

    /// Random numbers for a purpose, of which a story may need several series.
    func stream(_ purpose: StaticString, _ number: Int = 0) -> Stream {
        Stream(seed: setting.seed, Purpose(purpose), index &* 256 &+ number)
    }

    func isOver(_ moment: Instant) -> Bool { moment >= setting.window.end }

    /// Somebody makes a record; gives its id. What lies beyond the window is not told.
    @discardableResult
    mutating func create(_ object: String, at due: Instant, by member: Int, _ values: JSON.Members) -> String {
        enter(object, at: due, by: member, values).id
    }

    /// The same; gives what the ids of records that triggers make of it are derived from, too.
    mutating func enter(_ object: String, at due: Instant, by member: Int, _ values: JSON.Members) -> (id: String, seed: IDSeed) {
        let seed = nextSeed()
        add(due, member, .create(object: object, values: values), seed)
        return (seed.id(at: due), seed)
    }

    /// Somebody changes a record; gives what the ids of records that triggers make of it are derived from.
    @discardableResult
    mutating func update(_ object: String, _ id: String, at due: Instant, by member: Int, _ values: JSON.Members) -> IDSeed {
        let seed = nextSeed()
        add(due, member, .update(object: object, id: id, values: values), seed)
        return seed
    }

    private mutating func nextSeed() -> IDSeed {
        defer { told += 1 }
        return ids.child(told)
    }

    /// Somebody has done a task, mostly within so many days; the others stay overdue for a while.
    mutating func finish(_ task: String, within days: Double, from moment: Instant, _ stream: inout Stream) {
        let isTimely = stream.chance(0.85)
        let delay = isTimely ? 0.2 + stream.unit() * days : days + stream.logNormal(median: 8, sigma: 0.7)
        let done = setting.clock.moment(near: moment.later(days: delay), notBefore: moment.later(minutes: 10), &stream)
        update("Task", task, at: done, by: owner, ["Status": "Completed"])
    }

    private mutating func add(_ due: Instant, _ member: Int, _ request: WriteRequest, _ seed: IDSeed) {
        if !isOver(due) { steps.append(Story.Step(due: due, by: member, request: request, ids: seed)) }
    }

    mutating func nextPerson() -> People.Name {
        defer { cast += 1 }
        return setting.person(cast, of: index)
    }

    func member(_ place: Int) -> Team.Member { setting.team.members[place] }
}

/// The account of a story, as far as it is known.
struct Customer {
    let id: String
    var name = ""
    var domain = ""
    var place = ""
    var employees = 0
    var people: [Person] = []

    /// Those who are known at a moment.
    func people(at moment: Instant) -> [Person] { people.filter { $0.met < moment } }
}

struct Person {
    let id: String
    let name: People.Name
    let email: String
    let met: Instant
    let level: Persona.Level
    /// Nil where the pack has none.
    let persona: Persona?
}
