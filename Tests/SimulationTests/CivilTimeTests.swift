import Simulation
import Testing
import Values

@Suite struct `Arrivals by the clock on the wall` {
    private func dues(_ method: Method, _ window: Window, _ numbers: [String: Double] = [:], count: Int = 20_000) -> [Instant] {
        Plan(Distribution(method, .init(numbers: numbers)), over: window, count: count).dues(0..<count)
    }

    private func share(_ dues: [Instant], where holds: (Instant) -> Bool) -> Double {
        Double(dues.count(where: holds)) / Double(dues.count)
    }

    @Test(arguments: ["UTC", "Europe/Zurich", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"])
    func `keep the industry's shares of weekends and nights in every zone`(name: String) throws {
        let zone = try #require(Zone(name))
        var window = Window(zone.instant(day(2026, 1, 1)), zone.instant(day(2027, 1, 1)), zone: zone)
        (window.weekendShare, window.offHoursShare) = (0.12, 0.35)
        let dues = dues(.businessHours, window)
        #expect(abs(share(dues) { zone.day($0).isoWeekday > 5 } - 0.12) < 0.001)
        let off = share(dues) { due in
            let local = zone.local(due)
            return local.day.isoWeekday > 5 || !(9..<18).contains(local.time.hour)
        }
        #expect(abs(off - 0.35) < 0.001)
    }

    @Test func `skip the hour that is left out, and count the one that is shown twice`() throws {
        let zone = try #require(Zone("Europe/Zurich"))
        let spring = Window(zone.instant(day(2026, 3, 29)), zone.instant(day(2026, 3, 30)), zone: zone)
        #expect(spring.microseconds == 23 * 3_600_000_000)
        let hours = Set(dues(.weekendSurge, spring).map { zone.local($0).time.hour })
        #expect(hours == Set(0..<24).subtracting([2]))
        let autumn = Window(zone.instant(day(2026, 10, 25)), zone.instant(day(2026, 10, 26)), zone: zone)
        #expect(autumn.microseconds == 25 * 3_600_000_000)
        let counts = Dictionary(grouping: dues(.weekendSurge, autumn)) { zone.local($0).time.hour }.mapValues(\.count)
        #expect(abs(Double(counts[2] ?? 0) / Double(counts[3] ?? 1) - 2) < 0.02)
    }

    @Test func `know leap days`() {
        let february = Window(Instant(day(2028, 2, 1)), Instant(day(2028, 3, 1)))
        let days = Dictionary(grouping: dues(.weekendSurge, february, ["factor": 1])) { $0.day }.mapValues(\.count)
        #expect(days.count == 29)
        #expect(days.values.allSatisfy { abs($0 - 20_000 / 29) <= 2 })
    }

    @Test func `are denser on weekends by the factor`() {
        let window = Window(Instant(day(2026, 3, 2)), Instant(day(2026, 3, 30)))
        let weekend = share(dues(.weekendSurge, window, ["factor": 4])) { $0.day.isoWeekday > 5 }
        #expect(abs(weekend - 8.0 / 13) < 0.001)
    }

    @Test func `follow the months, and rise at the ends of quarters`() {
        let counts = Dictionary(grouping: dues(.seasonal, year2026)) { $0.day }.mapValues(\.count)
        func perDay(_ from: Day, _ to: Day) -> Double {
            Double((0...to - from).reduce(0) { $0 + counts[from + $1, default: 0] }) / Double(to - from + 1)
        }
        #expect(abs(perDay(day(2026, 3, 22), day(2026, 3, 31)) / perDay(day(2026, 3, 1), day(2026, 3, 21)) - 1.4) < 0.05)
        #expect(abs(perDay(day(2026, 8, 1), day(2026, 8, 31)) / perDay(day(2026, 4, 1), day(2026, 4, 30)) - 0.8) < 0.03)
    }

    @Test func `peak every day at the hour they are given`() throws {
        let zone = try #require(Zone("America/New_York"))
        let window = Window(zone.instant(day(2026, 6, 1)), zone.instant(day(2026, 7, 1)), zone: zone)
        let hours = Dictionary(grouping: dues(.dailySpike, window, ["peakHour": 15])) { zone.local($0).time.hour }
            .mapValues(\.count)
        let peak = hours.max { $0.value < $1.value }?.key
        #expect(peak == 14 || peak == 15)
        #expect(try #require(hours[15]) > 5 * (hours[3] ?? 1))
    }

    @Test func `fill a window that has no hour of the wanted kind`() {
        let sunday = Window(Instant(day(2026, 3, 1)), Instant(day(2026, 3, 2)))
        #expect(dues(.businessHours, sunday, count: 10).count == 10)
    }
}
