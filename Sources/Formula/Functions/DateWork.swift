import SQL
import Values

extension Evaluation {
    static func day(_ body: @escaping @Sendable (Day) -> Value) -> Evaluation {
        .one { if case .date(let day) = $0 { body(day) } else { .null } }
    }

    static func moment(_ body: @escaping @Sendable (Instant) -> Value) -> Evaluation {
        .one { if case .datetime(let instant) = $0 { body(instant) } else { .null } }
    }

    static func time(_ body: @escaping @Sendable (TimeOfDay) -> Value) -> Evaluation {
        .one { if case .time(let time) = $0 { body(time) } else { .null } }
    }
}

extension Overload {
    /// A conversion of what is of that type already.
    static func same(_ name: String, _ parameter: Parameter) -> Overload {
        Overload(
            name: name, parameters: [parameter], result: parameter.type, evaluation: .one { $0 }, sqlite: { $0[0] },
            postgres: .sql { $0[0] })
    }
}

/// The number that stands in the text of a day or a time in SQLite.
func digits(at start: Int, _ length: Int) -> SQLiteForm {
    let place = Fragment(sql: "\(start), \(length)")
    return {
        SQLiteTerm("CAST(substr(\($0[0].sql), \(place)) AS INTEGER)", bounds: .integer(length), isNullable: $0[0].isNullable)
    }
}

/// A day moves by whole days, a moment by days rounded to seconds, a time by whole milliseconds around the clock.
func move(_ start: Value, by length: Value, _ sign: Int) throws(FormulaError) -> Value {
    guard case .number(let length) = length else { return .null }
    switch start {
    case .date(let day):
        let moved = day + sign * (try whole(length.truncated(to: 0)))
        guard moved.isInRange else { throw outsideCalendar }
        return .date(moved)
    case .datetime(let instant):
        let seconds = try whole((length * 86_400).rounded(to: 0))
        let moved = instant + Int64(sign * seconds) * 1_000_000
        guard moved.isInRange else { throw outsideCalendar }
        return .datetime(moved)
    case .time(let time):
        let milliseconds = Number.remainder(length.truncated(to: 0), Number(TimeOfDay.millisecondsPerDay))?.integer ?? 0
        return .time(TimeOfDay(wrapping: Int(time.milliseconds) + sign * milliseconds))
    default: return .null
    }
}

let outsideCalendar = FormulaError.failure(.badDate, "The day is outside the years 1 to 9999")

/// A number of days or seconds that keeps clear of any overflow.
private func whole(_ number: Number) throws(FormulaError) -> Int {
    guard let integer = number.integer, integer.magnitude < 1_000_000_000_000 else { throw outsideCalendar }
    return integer
}

func daysBetween(_ a: Value, _ b: Value) -> Value {
    switch (a, b) {
    case (.date(let x), .date(let y)): Value(x - y)
    case (.datetime(let x), .datetime(let y)):
        (Number(Int(x - y)) / Number(86_400_000_000)).map(Value.number) ?? .null
    default: .null
    }
}

func millisecondsBetween(_ a: Value, _ b: Value) -> Value {
    guard case .time(let x) = a, case .time(let y) = b else { return .null }
    return Value(Int(TimeOfDay(wrapping: Int(x.milliseconds) - Int(y.milliseconds)).milliseconds))
}

func addMonths(_ start: Value, _ months: Int) throws(FormulaError) -> Value {
    guard months.magnitude < 200_000 else { throw outsideCalendar }
    switch start {
    case .date(let day): return .date(try moved(day, months))
    case .datetime(let instant):
        let day = try moved(instant.day, months)
        return .datetime(Instant(day) + instant.split.microseconds)
    default: return .null
    }
}

private func moved(_ day: Day, _ months: Int) throws(FormulaError) -> Day {
    let isLast = (day + 1).day == 1
    let target = day.firstOfMonth.adding(months: months)
    guard target.isInRange else { throw outsideCalendar }
    return isLast ? target.adding(months: 1) - 1 : day.adding(months: months)
}

/// `YYYY-MM-DD`; month and day may have one digit.
func spelledDay(_ text: some StringProtocol) -> Day? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].utf8.count == 4, let year = spelledCount(parts[0], 4), let month = spelledCount(parts[1], 2),
        let day = spelledCount(parts[2], 2)
    else { return nil }
    return Day(year: year, month: month, day: day)
}

/// `YYYY-MM-DD HH:MM:SS` in UTC; all but the year may have one digit. What ISO 8601 writes is read, too.
func spelledInstant(_ text: String) -> Instant? {
    if let instant = Instant(text) { return instant }
    let halves = text.split(separator: " ", omittingEmptySubsequences: false)
    guard halves.count <= 2, let day = spelledDay(halves[0]) else { return nil }
    guard halves.count == 2 else { return Instant(day) }
    let clock = halves[1].split(separator: ":", omittingEmptySubsequences: false)
    let parts = clock.compactMap { spelledCount($0, 2) }
    guard clock.count == 3, parts.count == 3, let time = TimeOfDay(hour: parts[0], minute: parts[1], second: parts[2]) else {
        return nil
    }
    return Instant(day, time)
}

private func spelledCount(_ text: some StringProtocol, _ digits: Int) -> Int? {
    guard (1...digits).contains(text.utf8.count), text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
    else { return nil }
    return Int(text)
}
