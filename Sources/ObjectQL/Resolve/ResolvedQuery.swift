import Formula
package import Metadata
import SQL
import Values

/// A query whose names are all known and allowed, and whose values have their fields' types: ready for either dialect.
package struct ResolvedQuery: Sendable {
    package let object: ObjectDefinition
    /// What comes out, column by column.
    var outputs: [Output] = []
    /// How the columns nest in a record.
    var members: [Member] = []
    var tables: [Table] = []
    /// How many of the tables the condition needs.
    var filterTables = 1
    var condition = Condition.all([])
    var search: Search?
    var groups: Groups?
    var order: [Sort] = []
    var limit = 0
    var offset = 0
    var cursor: String?
    var wantsCount = false
    var isShort = false
    /// The best finds of a search come first.
    var isRanked = false
    /// The first moment that is later than the records asked for; nil for the present.
    var asOf: Bind?
    /// The places for values that are given when the statement runs, and how many more values there may be.
    var open: [OpenArgument] = []
    var valuesLeft = 0
    /// For a related list: the column that names the parent.
    var link: Link?

    init(object: ObjectDefinition) { self.object = object }

    /// Whether few rows are wanted, of those that there are.
    var isPage: Bool { groups == nil && search == nil && asOf == nil && largestAnswer <= 200 }

    /// The most records an answer can hold, children counted in.
    var largestAnswer: Int {
        var each = 1
        for output in outputs {
            guard case .children(let children) = output.value else { continue }
            each = each.addingReportingOverflow(children.largestAnswer).partialValue
        }
        let (product, overflow) = limit.multipliedReportingOverflow(by: each)
        return overflow ? .max : product
    }
}

/// A field of an object, where it stands: definitions are large, and copying them is dear.
struct FieldReference: Sendable {
    let object: ObjectDefinition
    let position: Int

    var definition: FieldDefinition { _read { yield object.fields[position] } }
    var column: ColumnType { object.columns[position] }

    static func == (a: FieldReference, b: FieldReference) -> Bool { a.object === b.object && a.position == b.position }
}

/// A table of the statement: the object's own, or a parent's, joined through a lookup.
struct Table: Sendable {
    struct Join: Sendable {
        let from: Int
        let lookup: FieldReference
        /// Seen by a formula, which reads whatever the caller may see.
        let isInternal: Bool
    }

    let object: ObjectDefinition
    var join: Join?
    /// What the caller may see of it; without, the parent reads as null.
    var rule: Expr?
    var hidesDeleted = true
}

/// The table an expression reads.
enum Anchor: Sendable, Hashable {
    case table(Int)
    /// The table whose join is being written.
    case here
}

/// An expression of the statement.
indirect enum Expr: Sendable {
    case column(Anchor, String)
    case formula(CompiledFormula, [Expr])
    /// The first that is not null.
    case firstOf([Expr])
    /// An expression over a parent, which is read by a sub-select of its own.
    case parent(Anchor, FieldReference, ObjectDefinition, hidesDeleted: Bool, Expr)
    /// The name of a polymorphic parent's object, where one of these ids is there.
    case objectName(Anchor, String, ids: [Expr])
    /// Null where the id of a parent is.
    case whenThere(id: Expr, Expr)
    /// Not null where one of these is.
    case presence([Expr])
    case bind(Bind)
    case period(Period, Expr)
    case aggregate(AggregateFunction, Expr?, ColumnType)
    /// A column of the groups.
    case group(Int)
    case datePart(DatePart, Moment, Expr)
    /// Kilometres between two places, of which the second may be fixed; times a factor.
    case distance(Expr, SpotExpr, factor: Double)
    /// A picklist's labels in place of its values.
    case label([PicklistOption], Expr)
    case format(Expr, ColumnType, Zone)
    /// 1 where that key is summed up in a group, else 0.
    case grouping(Int)
}

/// What date functions read.
struct Moment: Sendable {
    let isMoment: Bool
    let zone: Zone
    let fiscalYearStart: Int
}

enum SpotExpr: Sendable {
    case field(Expr)
    case degrees(latitude: Double, longitude: Double)
}

/// The first day of a unit.
struct Period: Sendable {
    let unit: DateWord.Unit
    let isMoment: Bool
    let zone: Zone
    let calendar: CalendarRules
}

/// A field, period or figure that was found.
struct ResolvedTerm: Sendable {
    var expr: Expr
    var type: ColumnType
    /// Canonical names: `["Account", "Owner", "Name"]`.
    var names: [String]
    /// The id of each parent on the way.
    var parents: [Expr] = []
    var isEncrypted = false
    /// Known to hold a value in every record.
    var isNeverNull = false
    var isLocation = false
    /// The values of a picklist, with their labels.
    var options: [PicklistOption] = []

    var name: String { names.joined(separator: ".") }
}

/// A condition of the statement.
indirect enum Condition: Sendable {
    case constant(Bool)
    case all([Condition])
    case any([Condition])
    case not(Condition)
    case isNull(Expr)
    case compare(Expr, Comparator, Bind)
    case compareFields(ResolvedTerm, Comparator, ResolvedTerm)
    case among(Expr, [Bind])
    /// Among the texts of a list that is given when the statement runs.
    case amongArgument(Expr, String, isID: Bool)
    case matches(Expr, TextPattern)
    /// One of these is chosen.
    case includes(Expr, [String])
    /// So many are chosen.
    case choices(Expr, Int)
    case deleted(Anchor, Bool)
    case holds(Expr)
    /// Among the values that another query selects.
    case within(Expr, ResolvedQuery)
    /// The log tells of such a change.
    case changed(LoggedChange)
}

struct Sort: Sendable {
    let term: ResolvedTerm
    let descending: Bool
    let nullsFirst: Bool
    /// The column of the result that holds the key.
    var output: Int
}

struct Output: Sendable {
    enum Content: Sendable {
        case expr(Expr)
        indirect case children(ResolvedQuery)
        /// A parent that may be of several objects, as JSON; the first that is there.
        case variants([Variant])
    }

    /// What is shown of a parent of one object: outputs and members over the tables of the whole query.
    struct Variant: Sendable {
        let presence: Expr
        let record: ResolvedQuery
    }

    let value: Content
    let type: ColumnType
    /// The path of the field that it is, where it is one.
    var names: [String] = []
    var isEncrypted = false
}

/// A member of a record.
enum Member: Sendable {
    case value(String, output: Int)
    case parent(String, presence: Int, [Member])
    case children(String, output: Int)

    var name: String {
        switch self {
        case .value(let name, _), .parent(let name, _, _), .children(let name, _): name
        }
    }
}

struct Link: Sendable {
    let column: String
    /// For a polymorphic lookup: its type column, and the parent's object.
    let type: (column: String, object: String)?
}

/// The words of a search and, where the caller may not read all that is searched, the columns.
struct Search: Sendable {
    let object: ObjectDefinition
    let words: [String]
    let columns: [String]?
}

/// The keys and figures of a grouped query.
struct Groups: Sendable {
    /// What each column is, with canonical names.
    var terms: [Term] = []
    var columns: [ResolvedTerm] = []
    /// The first columns are keys.
    var keyCount = 0
    /// The keys by which groups are made; several sets for ROLLUP and CUBE.
    var sets: [[Int]] = [[]]
    var having: Condition?
    /// The names by which results are called, for suggestions.
    var names: [String] = []
}
