import Engine
import Simulation
import Testing
import Values

@Suite struct `A plan` {
    private let plan = Plan(Distribution(.bellCurve), over: year2026, count: 10_000, chunkSize: 256)

    @Test(arguments: Points.Kind.allCases) func `is known at any place without the rest`(kind: Points.Kind) {
        let plan = Plan(Distribution(.exponential, .init(points: kind)), over: year2026, count: 10_000)
        let all = plan.dues(0..<10_000)
        for range in [0..<1, 9_999..<10_000, 4_090..<4_100, 256..<512, 5_000..<5_000] {
            #expect(plan.dues(range) == Array(all[range]))
        }
    }

    @Test func `is cut into chunks that make it up`() {
        let chunks = (0..<plan.chunkCount).map(plan.chunk)
        #expect(chunks.count == 40)
        #expect(chunks.flatMap(\.dues) == plan.dues(0..<10_000))
        #expect(chunks.dropLast().allSatisfy { $0.dues.count == 256 })
        #expect(chunks.map(\.first) == chunks.indices.map { $0 * 256 })
    }

    @Test func `gives each chunk 128 to 1,024 events`() {
        for count in [1, 300, 9_000, 20_000, 1_000_000] {
            let size = Plan(Distribution(.linear), over: year2026, count: count).chunkSize
            #expect((128...1024).contains(size))
        }
    }

    @Test func `comes back from its bytes`() throws {
        for index in [0, 17, plan.chunkCount - 1] {
            let chunk = plan.chunk(index)
            #expect(try #require(Chunk(index: index, first: chunk.first, packed: chunk.packed)) == chunk)
        }
        let ancient = Chunk(index: 0, first: 0, dues: [Instant(day(1955, 1, 1)), Instant(day(1955, 1, 1)) + 5])
        #expect(Chunk(index: 0, first: 0, packed: ancient.packed) == ancient)
    }

    @Test func `takes at most six bytes an event`() {
        let bytes = (0..<plan.chunkCount).reduce(0) { $0 + plan.chunk($1).packed.count }
        #expect(bytes < 6 * 10_000)
    }

    @Test(arguments: [[0x80], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01]] as [[UInt8]])
    func `is not read from bytes that are none`(bytes: [UInt8]) {
        #expect(Chunk(index: 0, first: 0, packed: bytes) == nil)
    }

    @Test func `has one hash for the same seed, and another for another`() {
        func hash(_ seed: UInt64, _ method: Method = .randomBursts) -> String {
            let plan = Plan(Distribution(method), over: Window(year2026.start, year2026.end, seed: seed), count: 2_000)
            var hash = PlanHash()
            for index in 0..<plan.chunkCount { hash.add(plan.chunk(index).packed) }
            return hash.text
        }
        #expect(hash(1) == hash(1))
        #expect(hash(1) != hash(2))
        #expect(hash(1, .linear) != hash(2, .linear))
        #expect(hash(1).count == 64)
    }

    @Test func `shows its curve before it is made`() {
        let parts = plan.preview(parts: 12)
        let dues = plan.dues(0..<10_000)
        let counts = (0..<12).map { part in
            dues.count { Int(Double($0 - year2026.start) / Double(year2026.microseconds) * 12) == part }
        }
        #expect(parts.reduce(0, +) == 10_000)
        #expect(zip(parts, counts).allSatisfy { abs($0 - $1) <= 1 })
    }
}

@Suite struct `A record frequency` {
    private let start = moment("2026-01-31T10:00:00Z")

    @Test(arguments: [
        ("1h", 3, "2026-01-31T13:00:00Z"), ("4hrs", 6, "2026-02-01T10:00:00Z"), ("1day", 30, "2026-03-02T10:00:00Z"),
        ("1wk", 2, "2026-02-14T10:00:00Z"), ("1mo", 1, "2026-02-28T10:00:00Z"), ("2 weeks", 1, "2026-02-14T10:00:00Z"),
    ])
    func `gives the window of so many records`(text: String, records: Int, end: String) throws {
        #expect(try Frequency(text).end(of: records, from: start, in: .utc) == moment(end))
    }

    @Test func `keeps the hour of the wall when the clock is changed`() throws {
        let zone = try #require(Zone("Europe/Zurich"))
        let start = zone.instant(day(2026, 3, 28), TimeOfDay(wrapping: 8 * 3_600_000))
        let end = try Frequency("1day").end(of: 1, from: start, in: zone)
        #expect(zone.local(end).time.hour == 8)
        #expect(end - start == 23 * 3_600_000_000)
    }

    @Test(arguments: ["", "h", "0h", "1year", "-1h", "1.5h", "99999999999999999999h"])
    func `is refused where it is none`(text: String) {
        #expect(throws: Problem.self) { try Frequency(text) }
    }

    @Test func `may not lead beyond the calendar`() throws {
        let monthly = try Frequency("1mo")
        #expect(throws: Problem.self) { try monthly.end(of: 10_000_000, from: start, in: .utc) }
        let hourly = try Frequency("10000h")
        #expect(throws: Problem.self) { try hourly.end(of: .max, from: start, in: .utc) }
    }
}
