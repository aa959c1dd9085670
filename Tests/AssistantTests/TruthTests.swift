import Assistant
import Engine
import Testing
import Values

/// Customers made by chance, and an account of them that knows nothing of the assistant: every number and every name in an offline
/// briefing must stand in it.
@Suite struct `Everything an offline briefing says` {
    @Test(arguments: 0..<40) func `stands in the data`(seed: UInt64) async throws {
        try await World.run { world in
            var truth = Truth(seed: seed)
            let account = try await truth.live(in: world)
            let briefing = try await world.brief("Account", account)
            for text in [briefing.summary] + briefing.nextSteps {
                for number in Truth.numbers(in: text) { #expect(truth.numbers.contains(number), "\(number) in: \(text)") }
                for name in Truth.names(in: text) { #expect(truth.names.contains(name), "\(name) in: \(text)") }
                for quote in Truth.quotes(in: text) { #expect(truth.texts.contains(quote), "\(quote) in: \(text)") }
            }
            #expect(briefing.summary.split(separator: " ").count <= 200)
            for citation in briefing.citations {
                let record = try await world.engine.record(citation.object, id: citation.id, as: world.session).json
                #expect(record[citation.field] == citation.value)
            }
        }
    }
}

/// What really happened, written down while it is made.
private struct Truth {
    private var dice: Dice
    var numbers: Set<Int> = [7, 14, 30, 90]
    var names: Set<String> = Set(
        "January February March April May June July August September October November December Phone".split(separator: " ").map(
            String.init))
    var texts: Set<String> = []
    /// How many days ago we spoke, and whether they did.
    private var touches: [(days: Int, isTheirs: Bool, isMail: Bool)] = []

    init(seed: UInt64) { dice = Dice(state: seed &* 0x9E37_79B9_7F4A_7C15 &+ 1) }

    mutating func live(in world: World) async throws -> String {
        let industry = dice.pick(["Retail", "SaaS", "Government", "Healthcare", nil])
        let name = dice.pick(["Fern", "Basalt", "Cobalt", "Willow"]) + " " + dice.pick(["Foods", "Motors", "Labs"])
        names.formUnion(name.split(separator: " ").map(String.init))
        // What industries.yml says of them, and what is standard.
        numbers.formUnion([14, 21, 28, 30, 35, 42, 45, 60])
        var values: JSON.Members = ["CustomerStatus": .string(dice.pick(["Prospect", "Active Customer", "On Hold"]))]
        if let industry { values["Industry"] = .string(industry) }
        let account = try await world.account(name, values)
        note(day: 400)
        var people: [String] = []
        for first in ["Ada", "Ben", "Cleo"].prefix(dice.below(4)) {
            let last = dice.pick(["Stone", "Rivers", "Marsh"])
            names.formUnion([first, last])
            people.append(try await world.contact(account, first, last))
        }
        try await deals(account, world)
        try await conversations(account, people, world)
        try await care(account, world)
        count()
        return account
    }

    private mutating func deals(_ account: String, _ world: World) async throws {
        var (open, won, amounts) = ([Int](), [Int](), 0)
        for index in 0..<dice.below(5) {
            let (stage, amount) = (dice.pick(["Proposal", "Negotiation", "Closed Won"]), 1_000 * (1 + dice.below(300)))
            let (days, closes) = (dice.below(120), dice.below(200) - 60)
            let name = "Deal \(index)"
            texts.insert(name)
            names.formUnion(["Proposal", "Negotiation"])
            try await world.deal(account, name, stage, amount, closes: closes, inStageFor: days)
            if stage == "Closed Won" { won.append(amount) } else { open.append(amount) }
            numbers.formUnion([amount, days])
            note(day: -closes)
            amounts += amount
        }
        numbers.formUnion([open.reduce(0, +), won.reduce(0, +), open.count])
        if dice.below(2) == 0 {
            let (value, ends) = (1_000 * (1 + dice.below(90)), dice.below(300))
            try await world.contract(account, value, ends: ends)
            let number =
                try await world.records(["object": "Contract", "fields": ["ContractNumber"]]).first?["ContractNumber"]?.string
                ?? ""
            numbers.formUnion(Self.numbers(in: number))
            names.insert("CT")
            numbers.formUnion([value, ends, 1])
            note(day: -ends)
            // Ninety days of notice.
            note(day: -ends + 90)
        }
    }

    private mutating func conversations(_ account: String, _ people: [String], _ world: World) async throws {
        for index in 0..<dice.below(25) {
            let (days, person) = (1 + dice.below(200), people.isEmpty ? nil : dice.pick(people))
            let subject = "Topic \(index)"
            texts.insert(subject)
            note(day: days)
            if dice.below(2) == 0 {
                let isTheirs = dice.below(2) == 0
                try await world.mail(
                    account, person, days, subject, dice.pick(["Thank you, great!", "This is terrible.", "Hello."]),
                    isTheirs: isTheirs)
                touches.append((days, isTheirs, true))
            } else {
                try await world.met(account, person, days, "Call", subject)
                touches.append((days, true, false))
            }
        }
        if dice.below(2) == 0 {
            let days = 1 + dice.below(30)
            texts.insert("Next visit")
            names.formUnion(["Site"])
            note(day: -days)
            try await world.met(account, nil, -days, "Meeting", "Next visit")
        }
    }

    private mutating func care(_ account: String, _ world: World) async throws {
        let cases = dice.below(3)
        for index in 0..<cases {
            let days = dice.below(60)
            texts.insert("Case \(index)")
            note(day: days)
            try await world.create(
                "Case",
                [
                    "AccountId": .string(account), "Subject": .string("Case \(index)"),
                    "Priority": .string(dice.pick(["Low", "High"])),
                ],
                daysAgo: days)
        }
        var overdue = 0
        for index in 0..<dice.below(4) {
            let days = dice.below(40) - 10
            if days > 0 { overdue += 1 }
            texts.insert("Task \(index)")
            note(day: days)
            try await world.create(
                "Task",
                [
                    "AccountId": .string(account), "Subject": .string("Task \(index)"),
                    "DueDate": .string((World.today - days).description),
                ])
        }
        numbers.formUnion([cases, overdue])
    }

    /// The counts of conversations that may be told: in each window, and in the one before; mails since the other side last spoke.
    private mutating func count() {
        for window in [7, 14, 30, 90] {
            numbers.insert(touches.count { $0.days < window })
            numbers.insert(touches.count { (window..<window * 2).contains($0.days) })
        }
        numbers.insert(touches.count - 1)
        let newest = touches.sorted { $0.days < $1.days }
        let lastOurs = newest.first { !($0.isTheirs && $0.isMail) }?.days ?? .max
        let lastTheirs = newest.first { $0.isTheirs }?.days ?? .max
        // Several on one day may count on either side of each other.
        for limit in [lastOurs, lastOurs.addingReportingOverflow(1).partialValue] {
            numbers.insert(newest.count { $0.isMail && $0.isTheirs && $0.days < limit })
        }
        for limit in [lastTheirs, lastTheirs.addingReportingOverflow(1).partialValue] {
            numbers.insert(newest.count { $0.isMail && !$0.isTheirs && $0.days < limit })
        }
    }

    private mutating func note(day daysAgo: Int) {
        let day = World.today - daysAgo
        numbers.formUnion([abs(daysAgo), day.day, day.year])
    }
}

extension Truth {
    private static let words = [
        "none": 0, "no": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    ]

    /// The numbers of a text outside quotations, digits or words.
    static func numbers(in text: String) -> [Int] {
        let plain = text.replacing(/“[^”]*”/, with: " ").replacing(",", with: "")
        let digits = plain.split { !$0.isNumber }.compactMap { Int($0) }
        // "No deal", "nothing", and "one" for a thing are no counts.
        let spelled = plain.lowercased().split { !$0.isLetter }.compactMap { words[String($0)] }.filter { $0 > 1 }
        return digits + spelled
    }

    /// Words with a capital that do not begin a sentence.
    static func names(in text: String) -> [String] {
        let plain = text.replacing(/“[^”]*”/, with: "x")
        var names: [String] = []
        var beginsSentence = true
        for word in plain.split(whereSeparator: \.isWhitespace) {
            let bare = word.filter { $0.isLetter }
            if !beginsSentence, bare.first?.isUppercase ?? false { names.append(bare) }
            beginsSentence = word.hasSuffix(".") || word.hasSuffix(":")
        }
        return names
    }

    static func quotes(in text: String) -> [String] { text.matches(of: /“([^”]*)”/).map { String($0.output.1) } }
}

private struct Dice {
    var state: UInt64

    /// SplitMix64 (Steele, Lea and Flood, 2014).
    mutating func below(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((z ^ (z >> 31)) % UInt64(bound))
    }

    mutating func pick<Element>(_ all: [Element]) -> Element { all[below(all.count)] }
}
