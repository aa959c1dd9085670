import Values

extension Value: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
    /// A text.
    public init(stringLiteral text: String) { self = .text(text) }
    /// A number.
    public init(integerLiteral integer: Int) { self = .number(Number(integer)) }
    /// A checkbox.
    public init(booleanLiteral bool: Bool) { self = .bool(bool) }

    static func decimal(_ text: String) -> Value { Number(text).map(Value.number) ?? .null }
    static func day(_ text: String) -> Value { Day(text).map(Value.date) ?? .null }
    static func moment(_ text: String) -> Value { Instant(text).map(Value.datetime) ?? .null }
    static func clock(_ text: String) -> Value { TimeOfDay(text).map(Value.time) ?? .null }
}
