import SQL
import Values

/// A function or an operator, as the type checker, both back ends and the reference page know it: one entry of one table.
package struct Function: Sendable {
    package enum Family: String, Sendable, CaseIterable {
        case logical = "Logical"
        case math = "Math"
        case text = "Text"
        case date = "Date and time"
        case geography = "Geography"
        case operators = "Operators"
    }

    package let name: String
    package let family: Family
    /// How it is called: `LEFT(text, count)`.
    package let signature: String
    package let description: String
    /// A formula that needs no record, and its result as the reference page prints it.
    package let example: (formula: String, result: String)
    let meaning: Meaning

    /// How a call becomes a typed node.
    enum Meaning: Sendable {
        /// The first overload whose parameters take the arguments.
        case overloads([Overload])
        /// A form of its own, made and checked here.
        case form(@Sendable (Call) throws(FormulaError) -> TypedNode)
    }

    init(
        _ signature: String, _ family: Family, _ description: String, example: String, _ result: String,
        named name: String? = nil, _ meaning: Meaning
    ) {
        self.name = name ?? String(signature.prefix { $0 != "(" })
        (self.signature, self.family, self.description) = (signature, family, description)
        (self.example, self.meaning) = ((example, result), meaning)
    }

    init(
        _ signature: String, _ family: Family, _ description: String, example: String, _ result: String, _ overloads: Overload...
    ) {
        self.init(signature, family, description, example: example, result, .overloads(overloads))
    }
}

/// A call that the type checker has met: the function's name as the reader knows it, and its checked arguments.
struct Call {
    let name: String
    let syntax: Syntax
    let arguments: [TypedNode]

    var place: Place { syntax.place }
}

/// One way to call a function: what it takes, what it gives, and how each back end computes it.
package struct Overload: Sendable {
    let name: String
    let parameters: [Parameter]
    /// How many of the last parameters may be left out.
    var optional = 0
    /// May the last parameter be given again and again?
    var repeats = false
    let result: FormulaType
    /// May it fail on some arguments? Then SQL gives null there.
    var mayFail = false
    var needs: Needs = []
    let evaluation: Evaluation
    /// The bounds of a numeric result, from those of the arguments.
    var bounds: (@Sendable ([Bounds?]) -> Bounds?)?
    /// The expression for SQLite; nil, or nil from it, where the evaluator itself must be called.
    var sqlite: SQLiteForm?
    let postgres: PostgresForm
    /// When it fails on PostgreSQL, where NULL for arguments that are none would not say so.
    var postgresFailure: (@Sendable ([Fragment]) -> Fragment)?

    /// What an evaluation reads besides its arguments.
    struct Needs: OptionSet {
        let rawValue: Int
        static let clock = Needs(rawValue: 1)
        static let zone = Needs(rawValue: 2)
        /// The record before the change, or how it came to be: known only while writing.
        static let change = Needs(rawValue: 4)
    }
}

/// A parameter, and what it takes in the words of an error message (`a number of days`).
struct Parameter: Sendable {
    let bases: [Base]
    let phrase: String

    func takes(_ node: TypedNode) -> Bool { bases.isEmpty || node.base == .null || bases.contains(node.base) }

    static let number = Parameter(bases: [.number], phrase: "a number")
    static let text = Parameter(bases: [.text], phrase: "a text")
    static let boolean = Parameter(bases: [.boolean], phrase: "true or false")
    static let date = Parameter(bases: [.date], phrase: "a date")
    static let datetime = Parameter(bases: [.datetime], phrase: "a date with time")
    static let time = Parameter(bases: [.time], phrase: "a time")
    static let list = Parameter(bases: [.list], phrase: "a multi-select picklist")
    static let location = Parameter(bases: [.location], phrase: "a location")
    static let any = Parameter(bases: [], phrase: "a value")

    /// A value of that base alone, or any value where there is none.
    static func of(_ base: Base) -> Parameter { Parameter(bases: base == .null ? [] : [base], phrase: "a value") }

    static func number(of what: String) -> Parameter { Parameter(bases: [.number], phrase: "a number of " + what) }

    /// The type of what it takes, where that is one.
    var type: FormulaType {
        switch bases.first {
        case .number: .number
        case .text: .text
        case .boolean: .boolean
        case .date: .date
        case .datetime: .datetime
        case .time: .time
        case .list: .multiPicklist
        case .location: .location
        case .null, nil: .null
        }
    }
}

/// How the evaluator computes a call.
enum Evaluation: Sendable {
    /// Blank arguments make a blank result; the closure sees none.
    case one(@Sendable (Value) throws(FormulaError) -> Value)
    case two(@Sendable (Value, Value) throws(FormulaError) -> Value)
    case many(@Sendable ([Value]) throws(FormulaError) -> Value)
    /// The closure sees blanks, too.
    case open(@Sendable ([Value]) throws(FormulaError) -> Value)
    case openOne(@Sendable (Value) throws(FormulaError) -> Value)
    case openTwo(@Sendable (Value, Value) throws(FormulaError) -> Value)
    /// The same, with the evaluation's clock and zone.
    case context(@Sendable ([Value], FormulaInput) throws(FormulaError) -> Value)
    /// The argument, on the record before the change; on the present one where that is new.
    case prior
}

package enum Functions {
    /// Every function and operator, in the order of the reference page.
    package static let all: [Function] = logical + math + text + dates + geography + operators

    private static let byName = Dictionary(all.map { ($0.name.uppercased(), $0) }, uniquingKeysWith: { first, _ in first })

    package static func named(_ name: String) -> Function? { byName[name.uppercased()] }
}
