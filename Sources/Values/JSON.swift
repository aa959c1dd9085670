/// A JSON document (RFC 8259) with exact numbers and members in their order.
package enum JSON: Sendable, Hashable {
    case null
    case bool(Bool)
    case number(Number)
    case string(String)
    case array([JSON])
    case object(Members)

    /// The members of an object, in order, no name twice.
    package struct Members: Sendable, Hashable {
        package private(set) var names: [String] = []
        package private(set) var values: [JSON] = []

        package init() {}
    }
}

extension JSON.Members: ExpressibleByDictionaryLiteral, RandomAccessCollection {
    package init(dictionaryLiteral elements: (String, JSON)...) {
        for (name, value) in elements { self[name] = value }
    }

    package var startIndex: Int { 0 }
    package var endIndex: Int { names.count }
    package subscript(position: Int) -> (name: String, value: JSON) { (names[position], values[position]) }

    package subscript(name: String) -> JSON? {
        get { names.firstIndex(of: name).map { values[$0] } }
        set {
            switch (names.firstIndex(of: name), newValue) {
            case (let index?, let value?): values[index] = value
            case (let index?, nil):
                names.remove(at: index)
                values.remove(at: index)
            case (nil, let value?): append(name, value)
            case (nil, nil): break
            }
        }
    }

    /// Adds a member whose name is known to be new.
    package mutating func append(_ name: String, _ value: JSON) {
        names.append(name)
        values.append(value)
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
    package init(stringLiteral value: String) { self = .string(value) }
    package init(integerLiteral value: Int) { self = .number(Number(value)) }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    package init(arrayLiteral elements: JSON...) { self = .array(elements) }
    package init(nilLiteral: ()) { self = .null }
    package init(dictionaryLiteral elements: (String, JSON)...) {
        var members = Members()
        for (name, value) in elements { members[name] = value }
        self = .object(members)
    }
}

extension JSON {
    package var string: String? { if case .string(let text) = self { text } else { nil } }
    package var number: Number? { if case .number(let number) = self { number } else { nil } }
    package var bool: Bool? { if case .bool(let bool) = self { bool } else { nil } }
    package var array: [JSON]? { if case .array(let items) = self { items } else { nil } }
    package var object: Members? { if case .object(let members) = self { members } else { nil } }
    package var isNull: Bool { self == .null }

    package subscript(name: String) -> JSON? { object?[name] }

    /// What the value is, in the words of an error message: `a number`, `an object`.
    package var kind: String {
        switch self {
        case .null: "null"
        case .bool: "true or false"
        case .number: "a number"
        case .string: "a text"
        case .array: "a list"
        case .object: "an object"
        }
    }
}
