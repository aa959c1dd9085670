import SQL
import Values

/// What becomes of a value when its column's type changes.
enum Conversion: Int {
    /// There is no such value of the new type.
    case impossible
    /// There is one, but it does not tell the old one back: `007` as a number.
    case lossy
    case exact

    init(_ value: Value, from: ColumnType, to: ColumnType) {
        guard let converted = value.converted(from: from, to: to) else {
            self = .impossible
            return
        }
        self = value.isTold(by: converted, from: from, to: to) ? .exact : .lossy
    }
}

extension Value {
    /// The value as one of the type `to`; nil where that has none like it, or digits would be lost.
    func converted(from: ColumnType, to: ColumnType) -> Value? {
        switch self {
        case .null: .null
        case .number(let number): number.converted(from: from, to: to)
        case .bool(let bool): bool.converted(to: to)
        case .text(let text): from == .bytes ? nil : text.converted(to: to)
        case .date(let day): day.converted(to: to)
        case .datetime(let instant): instant.converted(to: to)
        case .time(let time): time.converted(to: to)
        case .list(let items): items.converted(to: to)
        case .json(let json): json.converted(to: to)
        case .location: nil
        }
    }

    fileprivate func isTold(by converted: Value, from: ColumnType, to: ColumnType) -> Bool {
        // Any plain spelling of a number is told by it: `1.50` is kept as 1.5, but the zeros before `007` say something.
        if case (.text(let text), .number(let number)) = (self, converted) {
            let digits = text.split(separator: ".", omittingEmptySubsequences: false)
            return digits.count <= 2 && number.text(scale: digits.count == 2 ? digits[1].count : 0) == text
        }
        return converted.converted(from: to, to: from) == self
    }
}

extension Number {
    fileprivate func converted(from: ColumnType, to: ColumnType) -> Value? {
        switch to {
        case .decimal(let precision, let scale): fits(precision: precision, scale: scale) ? .number(self) : nil
        case .integer: fits(precision: 19, scale: 0) ? .number(self) : nil
        case .real: .number(Number(double) ?? self)
        case .boolean: self == .zero ? .bool(false) : self == .one ? .bool(true) : nil
        case .text:
            if case .decimal(_, let scale) = from { .text(text(scale: scale)) } else { .text(description) }
        default: nil
        }
    }

    private func fits(precision: Int, scale: Int) -> Bool {
        let limit = Number(coefficient: 1, exponent: Int32(precision - scale))
        return rounded(to: scale) == self && -limit < self && self < limit && scaled(to: scale) != nil
    }
}

extension Bool {
    fileprivate func converted(to: ColumnType) -> Value? {
        switch to {
        case .boolean: .bool(self)
        case .integer, .decimal, .real: .number(self ? .one : .zero)
        case .text: .text(self ? "true" : "false")
        default: nil
        }
    }
}

extension String {
    fileprivate func converted(to: ColumnType) -> Value? {
        switch to {
        case .text: .text(self)
        case .id: RecordID.canonical(self).map(Value.text)
        case .integer, .decimal, .real: Number(self).flatMap { $0.converted(from: .text, to: to) }
        case .boolean: self == "true" ? .bool(true) : self == "false" ? .bool(false) : nil
        case .date: Day(self).map(Value.date)
        case .datetime: Instant(self).map(Value.datetime)
        case .time: TimeOfDay(self).map(Value.time)
        case .list: .list([self])
        case .json: (try? JSON(parsing: self)).map(Value.json)
        case .bytes: nil
        }
    }
}

extension Day {
    fileprivate func converted(to: ColumnType) -> Value? {
        switch to {
        case .date: .date(self)
        case .datetime: .datetime(Instant(self))
        case .text: .text(description)
        default: nil
        }
    }
}

extension Instant {
    fileprivate func converted(to: ColumnType) -> Value? {
        switch to {
        case .datetime: .datetime(self)
        case .date: Instant(day) == self ? .date(day) : nil
        case .text: .text(description)
        default: nil
        }
    }
}

extension TimeOfDay {
    fileprivate func converted(to: ColumnType) -> Value? {
        switch to {
        case .time: .time(self)
        case .text: .text(description)
        default: nil
        }
    }
}

extension [String] {
    fileprivate func converted(to: ColumnType) -> Value? {
        switch to {
        case .list: .list(self)
        case .json: .json(.array(map(JSON.string)))
        case .text: count == 1 ? .text(self[0]) : nil
        default: nil
        }
    }
}

extension JSON {
    fileprivate func converted(to: ColumnType) -> Values.Value? {
        switch to {
        case .json: return .json(self)
        case .text: return .text(description)
        case .list:
            guard let array else { return nil }
            let texts = array.compactMap(\.string)
            return texts.count == array.count ? .list(texts) : nil
        default: return nil
        }
    }
}
