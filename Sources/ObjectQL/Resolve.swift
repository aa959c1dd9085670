package import Metadata
import SQL
package import Values

/// What a query is resolved in: the business, who asks, and by which calendar.
package struct QueryScope: Sendable {
    package var registry: Registry
    package var access: any Access
    package var limits: Limits
    /// Decides where the days of a datetime begin.
    package var zone: Zone
    package var calendar: CalendarRules
    /// What `$Organization.Name` is in formulas.
    package var organization: String
    /// In which amounts are (ISO 4217).
    package var currency: String

    package init(
        registry: Registry, access: any Access = FullAccess(), limits: Limits = Limits(), zone: Zone = .utc,
        calendar: CalendarRules = CalendarRules(), organization: String = "", currency: String = "USD"
    ) {
        (self.registry, self.access, self.limits) = (registry, access, limits)
        (self.zone, self.calendar) = (zone, calendar)
        (self.organization, self.currency) = (organization, currency)
    }
}

extension Query {
    /// Finds every name in the registry, checks the caller's rights and the cost, and turns values into their fields' types.
    ///
    /// A name that the caller may not see is refused in the same words as one that does not exist.
    package func resolve(in scope: QueryScope) throws(QueryProblem) -> ResolvedQuery {
        guard let object = scope.registry.object(object), scope.access.mayRead(object) else {
            let known = scope.registry.objects.filter { scope.access.mayRead($0) }.map(\.name)
            throw QueryProblem(
                unknown: "unknown_object", "There is no object \(self.object)", self.object, among: known, at: place["object"])
        }
        if let argument = limitArgument ?? offsetArgument { throw QueryProblem(unbound: argument) }
        var resolver = Resolver(scope, object, deleted: deleted)
        return view == nil ? try resolver.resolve(self) : try resolver.resolve(try applyingView(of: object, in: scope))
    }
}

/// Resolves the query of one object; each related list has a resolver of its own.
struct Resolver {
    let scope: QueryScope
    let object: ObjectDefinition
    /// The object's own table, then the parents joined to it.
    var tables: [Table]
    /// What the whole query has used of its limits.
    var spent = [Int](repeating: 0, count: Limit.allCases.count)
    /// The places for values that are given when the statement runs.
    var open: [OpenArgument] = []
    var groups: Groups?
    /// Whether terms are being looked for in rows, also where there are groups.
    var readsRows = false
    /// How deep the query stands in related lists.
    var level = 0
    /// The first moment later than the records asked for.
    var asOf: Bind?
    /// Parents in the recycle bin are seen only where the query asks for deleted records.
    let hidesDeletedParents: Bool

    init(_ scope: QueryScope, _ object: ObjectDefinition, deleted: DeletedRows) {
        (self.scope, self.object) = (scope, object)
        tables = [Table(object: object)]
        hidesDeletedParents = deleted == .hidden
    }

    mutating func resolve(_ query: Query) throws(QueryProblem) -> ResolvedQuery {
        var result = ResolvedQuery(object: object)
        if let asOf = query.asOf {
            self.asOf = try end(of: asOf, at: query.place["asOf"])
            if query.search != nil {
                throw QueryProblem("bad_search", "Only the present can be searched, not the past", at: query.place["search"])
            }
        }
        result.asOf = self.asOf
        result.condition = try condition(of: query)
        if let text = query.search { result.search = try search(text, in: query.searchGroup, at: query.place["search"]) }
        // Parents that only the output needs come after these, so that counting can leave them out.
        result.filterTables = tables.count
        if query.isGrouped {
            try resolveGroups(of: query, into: &result)
        } else {
            if query.having != nil { throw QueryProblem("bad_group", "having needs groups", path: "having") }
            try resolveRecords(of: query, into: &result)
        }
        try resolvePage(of: query, into: &result)
        result.isShort = readsByKey(query)
        result.tables = tables
        (result.open, result.valuesLeft) = (open, scope.limits[.values] - spent[Limit.values.rawValue])
        return result
    }

    /// Counts something against its limit.
    mutating func spend(_ limit: Limit, _ amount: Int = 1, at place: Place) throws(QueryProblem) {
        let total = spent[limit.rawValue] + amount
        spent[limit.rawValue] = total
        if total > scope.limits[limit] { throw limit.problem(nil, allowed: scope.limits[limit], at: place) }
    }

    mutating func condition(of query: Query) throws(QueryProblem) -> Condition {
        var conditions: [Condition] = []
        switch query.deleted {
        case .hidden: conditions.append(.deleted(.table(0), false))
        case .only: conditions.append(.deleted(.table(0), true))
        case .included: break
        }
        if let rule = scope.access.rowRule(object) {
            conditions.append(.holds(try formula(rule, at: .table(0), of: object, at: query.place)))
        }
        try checkMode(of: query)
        if let owned = try ownership(query.scope, at: query.place["scope"]) { conditions.append(try condition(owned)) }
        if let filter = query.filter { conditions.append(try condition(filter)) }
        return .all(conditions)
    }

    private func resolvePage(of query: Query, into result: inout ResolvedQuery) throws(QueryProblem) {
        let limits = scope.limits
        let limit = query.limit ?? Swift.min(Limits.defaultRows, limits[.rows])
        try limits.check(.rows, limit, at: query.place["limit"])
        try limits.check(.offset, query.offset, at: query.place["offset"])
        (result.limit, result.offset, result.wantsCount) = (limit, query.offset, query.wantsCount)
        try limits.check(.answer, result.largestAnswer, at: query.place["limit"])
        guard let cursor = query.cursor else { return }
        if query.offset > 0 { throw QueryProblem("bad_cursor", "A cursor and an offset exclude each other", path: "cursor") }
        result.cursor = cursor
    }
}
