import Storage

/// How a setting is written.
struct SettingForm<Value: Sendable>: Sendable {
    let placeholder: String
    /// In the words of an error: `a number from 1 to 12`.
    let expected: String
    let read: @Sendable (String) -> Value?
    /// What may be shown of a text that cannot be read.
    var shown: @Sendable (String) -> String = { $0 }
}

extension SettingForm<String> {
    static func text(_ placeholder: String) -> Self {
        SettingForm(placeholder: placeholder, expected: "a text that is not empty") { $0.isEmpty ? nil : $0 }
    }

    static func choice(_ placeholder: String, _ choices: [String]) -> Self {
        SettingForm(placeholder: placeholder, expected: "one of " + choices.joined(separator: ", ")) {
            choices.contains($0.lowercased()) ? $0.lowercased() : nil
        }
    }

    /// `USD`: three letters, as queries write them before an amount.
    static var currency: Self {
        SettingForm(placeholder: "CODE", expected: "three letters, such as USD or CHF") { text in
            let isCode =
                text.utf8.count == 3 && text.unicodeScalars.allSatisfy { ("A"..."Z").contains($0) || ("a"..."z").contains($0) }
            return isCode ? text.uppercased() : nil
        }
    }
}

extension SettingForm<DatabaseAddress> {
    /// `sqlite:PATH`, or the address of a PostgreSQL server as libpq reads it.
    static var database: Self {
        var form = SettingForm(
            placeholder: "ADDRESS",
            expected:
                "sqlite:PATH, such as sqlite:data/martlet.sqlite, or postgres://USER@HOST/NAME, such as postgres://martlet@localhost/crm"
        ) { text in
            if text.hasPrefix("postgres://") || text.hasPrefix("postgresql://") {
                return (try? PostgresAddress(text)).map(DatabaseAddress.server)
            }
            let path = text.dropFirst("sqlite:".count)
            return text.hasPrefix("sqlite:") && !path.isEmpty && path != ":memory:" ? .file(String(path)) : nil
        }
        form.shown = { PostgresAddress.mayHoldPassword($0) ? "(not shown, since a password may be in it)" : $0 }
        return form
    }
}

extension SettingForm<[PostgresAddress]> {
    /// Addresses of PostgreSQL servers, with spaces between.
    static var servers: Self {
        SettingForm(
            placeholder: "ADDRESS", expected: "the address of a PostgreSQL server, such as postgres://martlet@replica.example/crm"
        ) { text in
            let words = text.split(separator: " ")
            let addresses = words.compactMap { word -> PostgresAddress? in
                if case .server(let address) = SettingForm<DatabaseAddress>.database.read(String(word)) { return address }
                return nil
            }
            return addresses.count == words.count ? addresses : nil
        }
    }
}

extension SettingForm<Int> {
    static func whole(_ range: ClosedRange<Int>) -> Self {
        SettingForm(placeholder: "N", expected: "a whole number from \(range.lowerBound) to \(range.upperBound)") { text in
            Int(text).flatMap { range.contains($0) ? $0 : nil }
        }
    }

    /// A bound on something counted.
    static var bound: Self { whole(1...1_000_000_000) }

    /// `65536`, `64KB`, `10MB`: the units are 1024 and 1024 * 1024.
    static var bytes: Self {
        SettingForm(placeholder: "SIZE", expected: "a size such as 500KB or 10MB, at most 1024MB") { text in
            let units: [(String, Int)] = [("KB", 1024), ("MB", 1024 * 1024), ("", 1)]
            for (unit, factor) in units where text.uppercased().hasSuffix(unit) {
                guard let number = Int(text.dropLast(unit.count)), (1...(1 << 30) / factor).contains(number) else { return nil }
                return number * factor
            }
            return nil
        }
    }
}

extension SettingForm<Duration> {
    /// `500ms`, `30s`, `2m`; up to a day.
    static var duration: Self {
        SettingForm(placeholder: "TIME", expected: "a time such as 500ms, 30s or 2m, at most a day") { text in
            let units: [(String, Int)] = [("ms", 1), ("s", 1000), ("m", 60_000)]
            for (unit, factor) in units where text.hasSuffix(unit) {
                guard let number = Int(text.dropLast(unit.count)), (1...86_400_000 / factor).contains(number) else { return nil }
                return .milliseconds(number * factor)
            }
            return nil
        }
    }
}
