/// What a query may cost. Each bound is a setting; a query beyond one is refused with the setting's name.
package enum Limit: Int, Sendable, Hashable, CaseIterable {
    /// The most records of one page.
    case rows
    /// The most children of one record.
    case childRows
    /// The most records of an answer, children counted in.
    case answer
    case offset
    /// Tables joined for parents, in all.
    case joins
    /// Parents in one path.
    case depth
    /// Children within children.
    case levels
    case fields
    /// Comparisons, in all.
    case conditions
    /// Values compared with, in all.
    case values
    /// Filters within filters.
    case nesting
    /// Words of a search.
    case words
    /// How long a statement may run. The database's deadline holds it, not the compiler.
    case milliseconds

    package var standard: Int {
        switch self {
        case .rows, .childRows: 2_000
        case .answer: 250_000
        case .offset: 100_000
        case .joins: 24
        case .depth, .levels: 5
        case .fields: 500
        case .conditions: 200
        case .values: 5_000
        case .nesting: 20
        case .words: 16
        case .milliseconds: 10_000
        }
    }

    /// What the databases can do at most.
    fileprivate var ceiling: Int { self == .joins ? 60 : .max }

    /// The name under which an administrator sets it: `MARTLET_QUERY_CHILD_ROWS`.
    package var setting: String {
        "MARTLET_QUERY_" + "\(self)".map { $0.isUppercase ? "_\($0)" : $0.uppercased() }.joined()
    }

    /// Of what there is too much, for the error.
    private var subject: String {
        switch self {
        case .rows: "records in one page"
        case .childRows: "children of one record"
        case .answer: "records in one answer, children counted in"
        case .offset: "records skipped"
        case .joins: "joined tables"
        case .depth: "parents in one path"
        case .levels: "levels of children"
        case .fields: "fields"
        case .conditions: "conditions"
        case .values: "values to compare with"
        case .nesting: "levels of filters"
        case .words: "words in a search"
        case .milliseconds: "milliseconds"
        }
    }

    func problem(_ asked: Int?, allowed: Int, at place: Place) -> QueryProblem {
        let asked = asked.map { "\($0) \(subject): too many" } ?? "Too many \(subject)"
        return QueryProblem(
            "too_costly", "\(asked); at most \(allowed) are allowed", at: place, hint: "The bound is the setting \(setting)")
    }
}

package struct Limits: Sendable, Hashable {
    /// Records of a page, and children of a record, when the query does not say.
    package static let defaultRows = 50

    private var values = Limit.allCases.map(\.standard)

    package init() {}

    package subscript(limit: Limit) -> Int {
        get { values[limit.rawValue] }
        set { values[limit.rawValue] = min(newValue, limit.ceiling) }
    }

    func check(_ limit: Limit, _ asked: Int, at place: Place) throws(QueryProblem) {
        guard asked <= self[limit] else { throw limit.problem(asked, allowed: self[limit], at: place) }
    }

    /// The refusal of a query that ran into its deadline.
    package var tooSlow: QueryProblem {
        QueryProblem(
            "too_costly", "The query ran longer than \(self[.milliseconds]) milliseconds and was stopped", at: .top,
            hint: "Narrow the filters or ask for fewer fields; the bound is the setting \(Limit.milliseconds.setting)")
    }
}
