import Jobs
import Testing
import Values

@Suite struct `When something is due` {
    @Test(arguments: [
        ("* * * * *", "2026-03-02T08:00:00Z", "2026-03-02T08:01:00Z"),
        ("* * * * *", "2026-03-02T08:00:59.999Z", "2026-03-02T08:01:00Z"),
        ("*/15 * * * *", "2026-03-02T08:50:00Z", "2026-03-02T09:00:00Z"),
        ("5-10/5,50 * * * *", "2026-03-02T08:05:00Z", "2026-03-02T08:10:00Z"),
        ("50/5 * * * *", "2026-03-02T08:51:00Z", "2026-03-02T08:55:00Z"),
        ("0 7 * * mon-fri", "2026-03-06T08:00:00Z", "2026-03-09T07:00:00Z"),
        ("0 7 * * 0", "2026-03-02T08:00:00Z", "2026-03-08T07:00:00Z"),
        ("0 7 * * 7", "2026-03-02T08:00:00Z", "2026-03-08T07:00:00Z"),
        ("0 7 * * FRI-7", "2026-03-07T08:00:00Z", "2026-03-08T07:00:00Z"),
        ("0 0 31 * *", "2026-03-31T00:00:00Z", "2026-05-31T00:00:00Z"),
        ("0 0 1 jan *", "2026-03-02T08:00:00Z", "2027-01-01T00:00:00Z"),
        ("0 0 29 2 *", "2026-03-02T08:00:00Z", "2028-02-29T00:00:00Z"),
        ("0 0 29 2 *", "2096-03-01T00:00:00Z", "2104-02-29T00:00:00Z"),
        // Either day does.
        ("0 0 13 * fri", "2026-03-02T08:00:00Z", "2026-03-06T00:00:00Z"),
        ("0 0 13 * fri", "2026-03-06T08:00:00Z", "2026-03-13T00:00:00Z"),
        // A weekday that is open does not count.
        ("0 0 13 * *", "2026-03-02T08:00:00Z", "2026-03-13T00:00:00Z"),
        ("@hourly", "2026-03-02T08:00:00Z", "2026-03-02T09:00:00Z"),
        ("@weekly", "2026-03-02T08:00:00Z", "2026-03-08T00:00:00Z"),
        ("@yearly", "2026-03-02T08:00:00Z", "2027-01-01T00:00:00Z"),
    ])
    func `the next time after a moment`(pattern: String, from: String, next: String) throws {
        #expect(try Cron(pattern).next(after: #require(Instant(from))).description == next)
    }

    /// Zurich: on 29 March 2026 02:00 becomes 03:00, on 25 October 03:00 becomes 02:00.
    @Test(arguments: [
        // Seven is seven, in winter and in summer.
        ("0 7 * * *", "Europe/Zurich", "2026-03-28T00:00:00Z", ["2026-03-28T06:00:00Z", "2026-03-29T05:00:00Z"]),
        // The skipped time comes after the gap, once.
        ("30 2 * * *", "Europe/Zurich", "2026-03-28T12:00:00Z", ["2026-03-29T01:30:00Z", "2026-03-30T00:30:00Z"]),
        // The time that comes twice is due at the first.
        ("30 2 * * *", "Europe/Zurich", "2026-10-24T12:00:00Z", ["2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"]),
        ("30 1 * * *", "America/New_York", "2026-10-31T12:00:00Z", ["2026-11-01T05:30:00Z", "2026-11-02T06:30:00Z"]),
        // What is due in every hour passes through both.
        (
            "0 * * * *", "Europe/Zurich", "2026-10-24T23:30:00Z",
            ["2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z", "2026-10-25T02:00:00Z"]
        ),
        ("0 * * * *", "Europe/Zurich", "2026-03-29T00:30:00Z", ["2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z"]),
        // Lord Howe sets its clocks by half an hour.
        ("*/30 * * * *", "Australia/Lord_Howe", "2026-04-04T14:30:00Z", ["2026-04-04T15:00:00Z", "2026-04-04T15:30:00Z"]),
        // In Havana midnight itself comes twice.
        ("0 0 * * *", "America/Havana", "2026-10-31T12:00:00Z", ["2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z"]),
        ("0 0 * * *", "America/Havana", "2026-03-07T12:00:00Z", ["2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z"]),
    ])
    func `clocks that change leave nothing out and repeat nothing`(
        pattern: String, zone: String, from: String, times: [String]
    ) throws {
        let cron = try Cron(pattern, in: #require(Zone(zone)))
        var found: [String] = []
        var instant = try #require(Instant(from))
        for _ in times {
            instant = cron.next(after: instant)
            found.append(instant.description)
        }
        #expect(found == times)
    }

    @Test(arguments: ["0 3 * * *", "*/7 1-4 * * *", "0 * * * *", "15 2 * * 0"])
    func `every time of a year follows the one before, in any zone`(pattern: String) throws {
        for zone in ["UTC", "Europe/Zurich", "America/Havana", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Casablanca"] {
            let cron = try Cron(pattern, in: #require(Zone(zone)))
            var instant = try #require(Instant("2026-03-20T00:00:00Z"))
            for _ in 0..<40 {
                let next = cron.next(after: instant)
                #expect(next > instant)
                // Whoever asks a moment before hears of the same time.
                #expect(cron.next(after: next + -1) == next)
                instant = next
            }
        }
    }

    @Test(arguments: [
        ("", "Five fields are needed: minute, hour, day, month, weekday; there are 0 (column 1)"),
        ("* * * *", "Five fields are needed: minute, hour, day, month, weekday; there are 4 (column 8)"),
        ("* * * * * *", "Five fields are needed: minute, hour, day, month, weekday; there are 6 (column 11)"),
        ("60 * * * *", "60 is no minute: 0 to 59 are (column 1)"),
        ("0 24 * * *", "24 is no hour: 0 to 23 are (column 3)"),
        ("0  0 0 * *", "0 is no day: 1 to 31 are (column 6)"),
        ("0 0 1 13 *", "13 is no month: 1 to 12 are (column 7)"),
        ("0 0 * * 8", "8 is no weekday: 0 to 7 are (column 9)"),
        ("0 0 * * mno", "mno is no weekday (did you mean mon?) (column 9)"),
        ("0 0 * janu *", "janu is no month (did you mean jan?) (column 7)"),
        ("5-1 * * * *", "The range ends before it begins (column 1)"),
        ("*/0 * * * *", "A step is at least 1 (column 3)"),
        ("1,,2 * * * *", "A number was expected for the minute (column 3)"),
        ("1x * * * *", "x is not understood here (column 2)"),
        ("99999 * * * *", "A number was expected for the minute (column 1)"),
        ("0 0 30 2 *", "No such month has so many days: it would never be due (column 5)"),
        ("@dayly", "There is no @dayly (did you mean @daily?) (column 1)"),
    ])
    func `a mistake is told with its column`(pattern: String, message: String) {
        #expect { try Cron(pattern) } throws: { "\($0)" == message }
    }
}

@Suite struct `Waits between attempts` {
    @Test func `they double, are spread over their second half, and end at the longest`() {
        let backoff = Backoff(first: .seconds(5), longest: .seconds(3600))
        for attempt in 1...40 {
            let whole = min(5 * Double(1 << min(attempt - 1, 30)), 3600)
            let waits = (0..<200).map { backoff.wait(after: attempt, of: "job \($0)") / .seconds(1) }
            #expect(waits.allSatisfy { $0 >= whole / 2 && $0 <= whole })
            #expect((waits.max() ?? 0) - (waits.min() ?? 0) > whole * 0.4)
        }
    }

    @Test func `a job waits equally long in every run`() {
        #expect(Backoff().wait(after: 3, of: "a") == Backoff().wait(after: 3, of: "a"))
        #expect(Backoff().wait(after: 3, of: "a") != Backoff().wait(after: 3, of: "b"))
    }
}
