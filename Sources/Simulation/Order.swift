package import Engine
package import Values

/// What a user wants simulated: the body of `POST /api/simulations`, checked, with everything filled in.
package struct Order: Sendable {
    package var theme: String
    package var industry: String
    package var scenario: Scenario
    package var saasTool: String
    package var distribution: Distribution
    package var frequency: Frequency?
    /// How many primary records: companies, or consumers.
    package var total: Int
    package var start: Instant
    package var end: Instant
    package var zone: Zone
    package var speed: Speed
    package var seed: UInt64
    package var personas: PersonaSource
    /// Which of many alike, where a model writes the words.
    package var packSeed: Int
    /// The share of steps that may be refused before the whole counts as failed.
    package var tolerance: Double
    /// The outside tool that gets the records, too; `Martlet` for none, nil where it was not said.
    package var target: String?
    /// Events in a chunk; nil for what suits the total.
    package var chunkSize: Int?

    static let most = 10_000_000
    private static let keys = [
        "theme", "industry", "scenario", "saasTool", "distributionMethod", "recordFrequency", "totalRecords", "startTime",
        "endTime", "timeZone", "speed", "seed", "personas", "packSeed", "target", "tolerance", "chunkSize",
    ]

    /// - Parameters:
    ///   - now: when the simulation begins unless it is told.
    ///   - seed: the one it gets unless it is told.
    package init(json: JSON, now: Instant, seed: UInt64) throws(Problem) {
        guard let members = json.object else {
            throw Problem(.malformed, "malformed", "A simulation is a JSON object, not \(json.kind)")
        }
        try members.require(Self.keys)
        let reader = OrderReader(members)
        theme = try Pack.named(reader.text("theme") ?? "Plain Business").theme
        industry = try reader.text("industry") ?? "SaaS"
        scenario = try reader.choice("scenario") ?? .b2b
        saasTool = try reader.text("saasTool") ?? "Martlet"
        distribution = try reader.json("distributionMethod").map(Distribution.read) ?? Distribution()
        frequency = try reader.text("recordFrequency").map(Frequency.read)
        total = try reader.whole("totalRecords", 0...Self.most) ?? 100
        zone = try reader.zone("timeZone") ?? .utc
        start = try reader.instant("startTime") ?? now
        if let end = try reader.instant("endTime") {
            self.end = end
        } else {
            let hourly = try Frequency("1h")
            end = try (frequency ?? hourly).end(of: total, from: start, in: zone)
        }
        speed = try reader.json("speed").map(Speed.read) ?? .max
        self.seed = try reader.seed("seed") ?? seed
        personas = try reader.choice("personas") ?? .offline
        packSeed = try reader.whole("packSeed", 0...1_000_000) ?? 0
        tolerance = try reader.share("tolerance") ?? 0.01
        chunkSize = try reader.whole("chunkSize", 1...1024)
        target = try reader.target("target")
        if end <= start {
            throw .setting("endTime", "The end (\(end)) does not lie after the start (\(start))", hint: "Give a later endTime")
        }
    }

    package var json: JSON {
        [
            "theme": .string(theme), "industry": .string(industry), "scenario": .string(scenario.rawValue),
            "saasTool": .string(saasTool), "distributionMethod": distribution.json,
            "recordFrequency": .text(frequency?.description), "totalRecords": .whole(total), "startTime": .moment(start),
            "endTime": .moment(end), "timeZone": .string(zone.identifier), "speed": speed.json, "seed": .string(String(seed)),
            "personas": .string(personas.rawValue), "packSeed": .whole(packSeed),
            "tolerance": .number(Number(tolerance) ?? .zero), "chunkSize": chunkSize.map(JSON.whole) ?? .null,
            "target": .text(target),
        ]
    }

    package func window(_ industry: Industry) -> Window {
        var window = Window(start, end, zone: zone, seed: seed)
        (window.weekendShare, window.offHoursShare) = (industry.weekendShare, industry.offHoursShare)
        return window
    }
}

/// Whose words people and companies are made of.
package enum PersonaSource: String, Sendable, CaseIterable {
    /// The theme's own.
    case offline
    /// Those that a language model has written for the theme and industry, where they are there when the simulation starts.
    case model
}

/// How fast the simulation's clock goes.
package enum Speed: Sendable, Hashable {
    /// So many times as fast as the wall clock: 1 is real time, 8,760 a year in an hour.
    case times(Double)
    /// As fast as the engine goes.
    case max

    /// 0 stands for `max`.
    package init(_ number: Double) { self = number > 0 ? .times(number) : .max }
    package var number: Double { if case .times(let number) = self { number } else { 0 } }

    /// Reads the body of `PATCH /api/simulations/{id}/speed`: `{"speed": ...}`.
    package init(body: JSON.Members) throws(Problem) {
        try body.require(["speed"])
        try self.init(json: body["speed"] ?? .null)
    }

    /// Reads a number above 0, also in quotes, or `"max"`.
    package init(json: JSON) throws(Problem) {
        if json.string?.lowercased() == "max" {
            self = .max
            return
        }
        let number = json.number ?? json.string.flatMap { Number($0) }
        if let number, number.double > 0, number.double <= 1e9 {
            self = .times(number.double)
            return
        }
        throw .setting("speed", "A speed is a number above 0, or \"max\"", hint: "1 is real time, 8760 a year in an hour")
    }

    package var json: JSON { if case .times(let number) = self { .number(Number(number) ?? .one) } else { "max" } }
}

extension Speed {
    fileprivate static func read(_ json: JSON) throws(Problem) -> Speed { try Speed(json: json) }
}

extension Distribution {
    fileprivate static func read(_ json: JSON) throws(Problem) -> Distribution { try Distribution(json: json) }
}

extension Frequency {
    fileprivate static func read(_ text: String) throws(Problem) -> Frequency { try Frequency(text) }
}

extension JSON.Members {
    /// Refuses what is none of the settings there are.
    fileprivate func require(_ settings: [String]) throws(Problem) {
        for (name, _) in self where !settings.contains(name) {
            throw .setting(
                name, "There is no setting \(name)",
                hint: suggestion(for: name, among: settings).map { "Did you mean \($0)?" }
                    ?? (settings.count == 1
                        ? "The only setting is \(settings[0])" : "The settings are \(settings.joined(separator: ", "))"))
        }
    }
}

/// Reads the members of an order, naming the one that is wrong.
private struct OrderReader {
    private let members: JSON.Members

    init(_ members: JSON.Members) { self.members = members }

    /// What was given; null is as good as nothing.
    private subscript(name: String) -> JSON? {
        guard let json = members[name], !json.isNull else { return Optional.none }
        return json
    }

    func json(_ name: String) -> JSON? { self[name] }

    func text(_ name: String) throws(Problem) -> String? {
        guard let json = self[name] else { return nil }
        if let text = json.string, !text.isEmpty { return text }
        throw .setting(name, "\(name) is a text")
    }

    func choice<Choice: RawRepresentable & CaseIterable>(_ name: String) throws(Problem) -> Choice?
    where Choice.RawValue == String {
        guard let text = try text(name) else { return nil }
        if let choice = Choice.allCases.first(where: { $0.rawValue.lowercased() == text.lowercased() }) { return choice }
        let names = Choice.allCases.map(\.rawValue)
        throw .setting(name, "\(name) is \(names.joined(separator: " or ")), not \"\(text)\"")
    }

    func whole(_ name: String, _ range: ClosedRange<Int>) throws(Problem) -> Int? {
        guard let json = self[name] else { return nil }
        if let number = json.number?.integer, range.contains(number) { return number }
        throw .setting(name, "\(name) is a whole number from \(range.lowerBound) to \(Money.grouped(range.upperBound))")
    }

    func target(_ name: String) throws(Problem) -> String? {
        guard let text = try text(name) else { return nil }
        let names = ["Martlet"] + TargetForm.all.map(\.name)
        if let known = names.first(where: { $0.lowercased() == text.lowercased() }) { return known }
        throw .setting(
            name, "There is no target \"\(text)\"\(Values.hint(for: text, among: names))",
            hint: "The targets are \(names.joined(separator: ", "))")
    }

    func share(_ name: String) throws(Problem) -> Double? {
        guard let json = self[name] else { return nil }
        if let number = json.number?.double, (0...1).contains(number) { return number }
        throw .setting(name, "\(name) is a share from 0 to 1")
    }

    func seed(_ name: String) throws(Problem) -> UInt64? {
        guard let json = self[name] else { return nil }
        if let seed = UInt64(json.string ?? json.number?.description ?? "") { return seed }
        throw .setting(name, "\(name) is a whole number, zero or more")
    }

    func zone(_ name: String) throws(Problem) -> Zone? {
        guard let text = try text(name) else { return nil }
        if let zone = Zone(text) { return zone }
        throw .setting(name, "There is no time zone \"\(text)\"", hint: "Use a name such as Europe/Zurich")
    }

    func instant(_ name: String) throws(Problem) -> Instant? {
        guard let text = try text(name) else { return nil }
        if let instant = Instant(text) ?? Day(text).map({ Instant($0) }) { return instant }
        throw .setting(name, "\(name) is no moment: \"\(text)\"", hint: "Write it as 2026-03-31T08:00:00Z")
    }
}
