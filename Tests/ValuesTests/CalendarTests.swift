import Testing
import Values

@Suite struct `Days` {
    @Test func `follow each other as in the calendar`() {
        // Two rounds of 400 years, counted day by day.
        var (year, month, day) = (1801, 1, 1)
        guard var date = Day(year: 1801, month: 1, day: 1) else { return #expect(Bool(false)) }
        var dayOfYear = 1
        while year < 2202 {
            let civil = date.civil
            if civil != (year, month, day) || date.dayOfYear != dayOfYear { return #expect(civil == (year, month, day)) }
            (date, day, dayOfYear) = (date + 1, day + 1, dayOfYear + 1)
            if day > Day.length(year: year, month: month) { (day, month) = (1, month + 1) }
            if month > 12 { (month, year, dayOfYear) = (1, year + 1, 1) }
        }
    }

    @Test(arguments: [
        ("1970-01-01", 0, 4), ("2000-02-29", 11_016, 2), ("1969-12-31", -1, 3), ("0001-01-01", -719_162, 1),
        ("9999-12-31", 2_932_896, 5),
    ]) func `are numbered from 1970, and know their weekday`(text: String, number: Int32, weekday: Int) throws {
        let day = try #require(Day(text))
        #expect(day.number == number)
        #expect(day.isoWeekday == weekday)
        #expect(day.description == text)
    }

    @Test(arguments: [
        "2023-02-29", "2024-13-01", "2024-00-10", "2024-1-01", "0000-01-01", "24-01-01", "2024-01-32", "2024/01/01", "",
        "2024-01-01 ",
    ])
    func `are refused where there is none`(text: String) {
        #expect(Day(text) == nil)
    }

    @Test(arguments: [
        ("2024-01-31", 1, "2024-02-29"), ("2023-01-31", 1, "2023-02-28"), ("2024-03-31", -1, "2024-02-29"),
        ("2024-12-15", 1, "2025-01-15"),
        ("2024-01-15", -13, "2022-12-15"), ("2024-02-29", 12, "2025-02-28"), ("2024-05-31", 0, "2024-05-31"),
    ]) func `keep their place in the month when months are added`(start: String, months: Int, expected: String) throws {
        #expect(try #require(Day(start)).adding(months: months).description == expected)
    }

    @Test(arguments: [
        ("2005-01-01", 2004, 53), ("2005-01-02", 2004, 53), ("2005-12-31", 2005, 52), ("2007-01-01", 2007, 1),
        ("2008-12-29", 2009, 1),
        ("2010-01-03", 2009, 53), ("2024-02-29", 2024, 9),
    ]) func `belong to a week of ISO 8601`(text: String, year: Int, week: Int) throws {
        let iso = try #require(Day(text)).isoWeek
        #expect(iso.year == year)
        #expect(iso.week == week)
    }
}

@Suite struct `Times of day` {
    @Test(arguments: [
        ("08:30", "08:30:00.000"), ("23:59:59", "23:59:59.000"), ("00:00:00.5", "00:00:00.500"), ("12:34:56.789", "12:34:56.789"),
        ("12:34:56.789000", "12:34:56.789"), ("07:00Z", "07:00:00.000"),
    ]) func `are read and written`(text: String, expected: String) throws {
        #expect(try #require(TimeOfDay(text)).description == expected)
    }

    @Test(arguments: ["24:00", "12:60", "12:00:60", "1:00", "12", "12:00:00.", "12:00:00.1234567", "12:00:00.1234", "12:00 ", ""])
    func `are refused where there is none`(text: String) {
        #expect(TimeOfDay(text) == nil)
    }

    @Test func `go around the clock`() {
        #expect(TimeOfDay(wrapping: 86_400_000 + 5).milliseconds == 5)
        #expect(TimeOfDay(wrapping: -1).description == "23:59:59.999")
        #expect(
            TimeOfDay(hour: 12, minute: 34, second: 56, millisecond: 789).map { [$0.hour, $0.minute, $0.second, $0.millisecond] }
                == [12, 34, 56, 789])
        #expect(TimeOfDay(hour: 24, minute: 0) == nil)
    }
}

@Suite struct `Moments` {
    @Test(arguments: [
        ("2026-03-31T12:00:00Z", "2026-03-31T12:00:00Z"), ("2026-03-31 12:00Z", "2026-03-31T12:00:00Z"),
        ("2026-03-31T12:00:00.5+02:00", "2026-03-31T10:00:00.500Z"), ("2026-03-31T00:30:00-0130", "2026-03-31T02:00:00Z"),
        ("2026-03-31T12:00:00.123456Z", "2026-03-31T12:00:00.123456Z"),
        ("1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z"),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"), ("9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z"),
        ("2026-03-31T12:00:00+05", "2026-03-31T07:00:00Z"),
    ]) func `are read in any zone and written in UTC`(text: String, expected: String) throws {
        #expect(try #require(Instant(text)).description == expected)
    }

    @Test(arguments: [
        "2026-03-31T12:00:00", "2026-03-31", "2026-02-30T12:00:00Z", "2026-03-31T25:00:00Z", "2026-03-31T12:00:00+25:00",
        "2026-03-31T12:00:00+02:",
        "0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00", "2026-03-31T12:00:00.1234567Z", "2026-03-31T12:00:00Zx", "",
    ]) func `are refused where they do not exist`(text: String) {
        #expect(Instant(text) == nil)
    }

    @Test func `fall apart into a day and the time since its midnight`() {
        let before = Instant(microseconds: -1)
        #expect(before.day.description == "1969-12-31")
        #expect(before.split.microseconds == 86_399_999_999)
        #expect(before.time.description == "23:59:59.999")
        #expect(Instant(before.day) + before.split.microseconds == before)
    }

    @Test func `say what the wall clock shows`() {
        #expect(Instant.wallClock > Instant(Day(number: 19_000)))
        #expect(Instant.wallClock.isInRange)
    }
}

@Suite struct `Time zones` {
    @Test func `shift moments to their clocks`() throws {
        let zurich = try #require(Zone("Europe/Zurich"))
        let summer = try #require(Instant("2024-07-01T22:30:00Z"))
        #expect(zurich.offset(at: summer) == 7200)
        #expect(zurich.day(summer).description == "2024-07-02")
        #expect(Zone.utc.day(summer).description == "2024-07-01")
        #expect(Zone("Mars/Olympus") == nil)
        #expect(Zone.utc.identifier == "UTC")
    }

    @Test(arguments: [
        ("Europe/Zurich", "2024-01-15", "12:00", "2024-01-15T11:00:00Z"),
        ("Europe/Zurich", "2024-07-15", "12:00", "2024-07-15T10:00:00Z"),
        ("Europe/Zurich", "2024-03-31", "02:30", "2024-03-31T01:30:00Z"),
        ("America/New_York", "2024-03-10", "02:30", "2024-03-10T07:30:00Z"),
        ("Asia/Kolkata", "2024-01-01", "00:00", "2023-12-31T18:30:00Z"), ("UTC", "2024-01-01", "00:00", "2024-01-01T00:00:00Z"),
    ]) func `know the moment of a local time, also where the clock jumps`(
        zone: String, day: String, time: String, expected: String
    ) throws {
        let instant = try #require(Zone(zone)).instant(try #require(Day(day)), try #require(TimeOfDay(time)))
        #expect(instant.description == expected)
    }

    @Test func `find each local time again`() throws {
        var random = Seeded(9)
        for identifier in ["Europe/Zurich", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"] {
            let zone = try #require(Zone(identifier))
            for _ in 0..<200 {
                let instant = Instant(microseconds: Int64.random(in: 0...2_000_000_000, using: &random) * 1_000_000)
                let local = zone.local(instant)
                let found = zone.instant(local.day, local.time)
                #expect(zone.local(found) == local, "\(identifier) \(instant)")
            }
        }
    }
}

@Suite struct `Date words` {
    private static let today = Day(year: 2024, month: 5, day: 15) ?? .earliest

    @Test(arguments: [
        ("TODAY", "2024-05-15", "2024-05-16"), ("YESTERDAY", "2024-05-14", "2024-05-15"),
        ("tomorrow", "2024-05-16", "2024-05-17"),
        ("THIS_WEEK", "2024-05-13", "2024-05-20"), ("LAST_WEEK", "2024-05-06", "2024-05-13"),
        ("thisMonth", "2024-05-01", "2024-06-01"),
        ("this_quarter", "2024-04-01", "2024-07-01"), ("NEXT_QUARTER", "2024-07-01", "2024-10-01"),
        ("LAST_YEAR", "2023-01-01", "2024-01-01"),
        ("LAST_N_DAYS:30", "2024-04-15", "2024-05-16"), ("NEXT_N_DAYS:7", "2024-05-16", "2024-05-23"),
        ("N_DAYS_AGO:3", "2024-05-12", "2024-05-13"),
        ("LAST_N_MONTHS:2", "2024-03-01", "2024-05-01"), ("NEXT_N_QUARTERS:1", "2024-07-01", "2024-10-01"),
        ("LAST_90_DAYS", "2024-02-15", "2024-05-16"),
        ("N_YEARS_AGO:1", "2023-01-01", "2024-01-01"), ("THIS_FISCAL_QUARTER", "2024-04-01", "2024-07-01"),
    ]) func `cover their days`(word: String, first: String, end: String) throws {
        let days = try #require(DateWord(word)).days(today: Self.today)
        #expect(days.lowerBound.description == first)
        #expect(days.upperBound.description == end)
    }

    @Test func `follow the calendar's rules`() throws {
        let sunday = CalendarRules(firstWeekday: 7, fiscalYearStart: 4)
        #expect(try #require(DateWord("THIS_WEEK")).days(today: Self.today, rules: sunday).lowerBound.description == "2024-05-12")
        #expect(
            try #require(DateWord("THIS_FISCAL_YEAR")).days(today: Self.today, rules: sunday).lowerBound.description
                == "2024-04-01")
        let january = try #require(Day("2024-01-15"))
        #expect(
            try #require(DateWord("THIS_FISCAL_YEAR")).days(today: january, rules: sunday).lowerBound.description == "2023-04-01")
    }

    @Test func `are written as they are read`() {
        for spelling in DateWord.spellings {
            let text = spelling.replacing(":n", with: ":5")
            #expect(DateWord(text)?.description == text)
        }
    }

    @Test(arguments: [
        "", "SOMEDAY", "LAST_N_DAYS", "LAST_N_DAYS:", "LAST_N_DAYS:-1", "LAST_N_DAYS:x", "TODAY:3", "LAST_N_DAYS:1:2",
        "LAST_N_DAYS:99999999",
    ])
    func `are refused where there is none`(text: String) {
        #expect(DateWord(text) == nil)
    }
}
