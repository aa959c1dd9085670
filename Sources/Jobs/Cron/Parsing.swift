import Values

extension Cron.Fields {
    init(parsing pattern: String) throws(CronError) {
        let text = try Cron.Fields.spelledOut(pattern)
        let words = text.split(whereSeparator: { $0 == " " || $0 == "\t" })
        let columns = words.map { text.distance(from: text.startIndex, to: $0.startIndex) + 1 }
        guard words.count == 5 else {
            let (count, column) = (words.count, words.count > 5 ? columns[5] : text.count + 1)
            throw CronError(
                message: "Five fields are needed: minute, hour, day, month, weekday; there are \(count)", column: column)
        }
        var sets: [Set<Int>] = []
        for (index, kind) in FieldKind.all.enumerated() {
            var reader = FieldReader(text: String(words[index]), kind: kind, column: columns[index])
            sets.append(try reader.field())
        }
        self.init(
            minutes: sets[0], hours: sets[1], days: sets[2], months: sets[3], weekdays: Set(sets[4].map { $0 % 7 }),
            hasDays: !words[2].hasPrefix("*"), hasWeekdays: !words[4].hasPrefix("*"))
        let longest = months.map { $0 == 2 ? 29 : Day.length(year: 2001, month: $0) }.max() ?? 31
        guard hasWeekdays || days.contains(where: { $0 <= longest }) else {
            throw CronError(message: "No such month has so many days: it would never be due", column: columns[2])
        }
    }

    private static let words = [
        "@hourly": "0 * * * *", "@daily": "0 0 * * *", "@weekly": "0 0 * * 0", "@monthly": "0 0 1 * *", "@yearly": "0 0 1 1 *",
    ]

    private static func spelledOut(_ pattern: String) throws(CronError) -> String {
        guard pattern.hasPrefix("@") else { return pattern }
        if let fields = words[pattern.lowercased()] { return fields }
        throw CronError(
            message: "There is no \(pattern)\(hint(for: pattern, among: words.keys.sorted()))", column: 1)
    }
}

private struct FieldKind: Sendable {
    let name: String
    let range: ClosedRange<Int>
    /// The first stands for the range's first number.
    var words: [String] = []

    static let all = [
        FieldKind(name: "minute", range: 0...59), FieldKind(name: "hour", range: 0...23), FieldKind(name: "day", range: 1...31),
        FieldKind(
            name: "month", range: 1...12,
            words: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]),
        FieldKind(name: "weekday", range: 0...7, words: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]),
    ]
}

/// Reads one field: `*/5`, `1,15`, `mon-fri`.
private struct FieldReader {
    private let kind: FieldKind
    private let characters: [Character]
    private let column: Int
    private var position = 0

    init(text: String, kind: FieldKind, column: Int) { (characters, self.kind, self.column) = (Array(text), kind, column) }

    mutating func field() throws(CronError) -> Set<Int> {
        var all = try part()
        while take(",") { all.formUnion(try part()) }
        guard position == characters.count else { throw failure("\(characters[position]) is not understood here", at: position) }
        return all
    }

    private mutating func part() throws(CronError) -> Set<Int> {
        let start = position
        var (range, isOpen) = (kind.range, true)
        if !take("*") {
            let first = try number()
            isOpen = false
            var last = first
            if take("-") {
                last = try number()
            } else if characters.dropFirst(position).first == "/" {
                last = kind.range.upperBound
            }
            guard first <= last else { throw failure("The range ends before it begins", at: start) }
            range = first...last
        }
        // A Sunday at both ends of the week would stand in the way of the steps.
        if isOpen, kind.name == "weekday" { range = 0...6 }
        guard take("/") else { return Set(range) }
        let place = position
        let step = try digits()
        guard step > 0 else { throw failure("A step is at least 1", at: place) }
        return Set(stride(from: range.lowerBound, through: range.upperBound, by: step))
    }

    private mutating func number() throws(CronError) -> Int {
        let start = position
        let letters = String(characters[position...].prefix(while: \.isLetter)).lowercased()
        if !letters.isEmpty {
            guard let index = kind.words.firstIndex(of: letters) else {
                throw failure("\(letters) is no \(kind.name)\(hint(for: letters, among: kind.words))", at: start)
            }
            position += letters.count
            return kind.range.lowerBound + index
        }
        let number = try digits()
        guard kind.range.contains(number) else {
            throw failure(
                "\(number) is no \(kind.name): \(kind.range.lowerBound) to \(kind.range.upperBound) are", at: start)
        }
        return number
    }

    private mutating func digits() throws(CronError) -> Int {
        let digits = String(characters[position...].prefix { $0.isASCII && $0.isNumber })
        guard let number = Int(digits), digits.count <= 4 else {
            throw failure("A number was expected for the \(kind.name)", at: position)
        }
        position += digits.count
        return number
    }

    private mutating func take(_ character: Character) -> Bool {
        guard position < characters.count, characters[position] == character else { return false }
        position += 1
        return true
    }

    private func failure(_ message: String, at position: Int) -> CronError {
        CronError(message: message, column: column + position)
    }
}
