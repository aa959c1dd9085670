package import Values

// From a `Query` to its JSON form: the same query comes out when it is read again.

extension Query {
    package var json: JSON {
        var members: JSON.Members = ["object": .string(object)]
        writeBody(to: &members)
        writeGroups(to: &members)
        if let search { members["search"] = .string(search) }
        if let offsetArgument {
            members["offset"] = .argument(offsetArgument)
        } else if offset > 0 {
            members["offset"] = .count(offset)
        }
        if let cursor { members["cursor"] = .string(cursor) }
        if wantsCount { members["count"] = true }
        if let view { members["view"] = .string(view) }
        if scope != .everything { members["scope"] = .string(scope.rawValue) }
        if let asOf { members["asOf"] = asOf.json }
        if let mode { members["mode"] = .string(mode.rawValue) }
        if !categories.isEmpty { members["categories"] = .array(categories.map(\.json)) }
        return .object(members)
    }

    /// What a query and a related list have in common.
    private func writeBody(to members: inout JSON.Members) {
        if groupBy.isEmpty, !isGrouped {
            let fields = select.compactMap(\.json)
            if !fields.isEmpty { members["fields"] = .array(fields) }
            if !orderBy.isEmpty { members["orderBy"] = .array(orderBy.map(\.json)) }
        }
        if let filter { members["filters"] = filter.json }
        let children = select.compactMap { if case .children(let query) = $0 { query } else { nil } }
        if !children.isEmpty {
            var related: JSON.Members = [:]
            for child in children { related[child.object] = child.childJSON }
            members["related"] = .object(related)
        }
        if let limit = limitArgument.map(JSON.argument) ?? limit.map(JSON.count) { members["limit"] = limit }
        switch deleted {
        case .hidden: break
        case .included: members["deleted"] = true
        case .only: members["deleted"] = "only"
        }
        if !purposes.isEmpty { members["for"] = .array(purposes.map { .string($0.rawValue) }) }
    }

    private var childJSON: JSON {
        var members: JSON.Members = [:]
        writeBody(to: &members)
        return .object(members)
    }

    private func writeGroups(to members: inout JSON.Members) {
        guard isGrouped else { return }
        if !groupBy.isEmpty {
            let keys = JSON.array(groupBy.map(key))
            members["groupBy"] = grouping == .plain ? keys : [grouping.rawValue: keys]
        }
        let figures = namedFigures
        if !figures.isEmpty { members["aggregate"] = .object(figures) }
        let fields = select.compactMap { field($0, figures) }
        let standard = groupBy.map { JSON.string(name(of: $0)) } + figures.names.map(JSON.string)
        if fields != standard || fields.isEmpty { members["fields"] = .array(fields) }
        if let having { members["having"] = having.json }
        if !orderBy.isEmpty { members["orderBy"] = .array(orderBy.map(\.json)) }
    }

    /// The name that the query gives to a term; nil where it gives none, or several.
    private func alias(of term: Term) -> String? {
        let aliases = select.compactMap { selection -> String?? in
            if case .term(term, let alias, _) = selection { .some(alias) } else { nil }
        }
        return aliases.count == 1 ? aliases[0] : nil
    }

    private func name(of key: Term) -> String { alias(of: key) ?? key.soql }

    private func key(_ term: Term) -> JSON {
        guard let alias = alias(of: term) else { return .string(term.soql) }
        if case .period(let unit, let path) = term, !unit.rawValue.contains("_") {
            return ["field": .string(path.description), "by": .string(unit.rawValue), "as": .string(alias)]
        }
        return ["field": .string(term.soql), "as": .string(alias)]
    }

    /// The figures whose names are theirs alone.
    private var namedFigures: JSON.Members {
        var figures: JSON.Members = [:]
        let taken = select.compactMap { if case .term(_, let alias?, _) = $0 { alias.lowercased() } else { nil } }
        let keys = groupBy.map { name(of: $0).lowercased() }
        for case .term(.aggregate(let function, let path), let alias?, _) in select {
            let name = alias.lowercased()
            guard !keys.contains(name), taken.count(where: { $0 == name }) == 1 else { continue }
            figures[alias] = .object(["$" + function.rawValue: .string(path?.description ?? "*")])
        }
        return figures
    }

    private func field(_ selection: Selection, _ figures: JSON.Members) -> JSON? {
        guard case .term(let term, let alias, _) = selection else { return selection.json }
        if let alias, figures[alias] != nil || groupBy.contains(term) && self.alias(of: term) == alias { return .string(alias) }
        return selection.json
    }
}

extension Selection {
    fileprivate var json: JSON? {
        switch self {
        case .term(let term, nil, _): .string(term.soql)
        case .term(let term, let alias?, _): ["field": .string(term.soql), "as": .string(alias)]
        case .fields(let set, _): .string("FIELDS(\(set.rawValue))")
        case .typeOf(let typeOf, _): typeOf.json
        case .children: nil
        }
    }
}

extension TypeOf {
    fileprivate var json: JSON {
        func names(_ paths: [FieldPath]) -> JSON { .array(paths.map { .string($0.description) }) }
        var when: JSON.Members = [:]
        for entry in cases { when[entry.object] = names(entry.fields) }
        var members: JSON.Members = ["typeof": .string(parent.description), "when": .object(when)]
        if !otherwise.isEmpty { members["else"] = names(otherwise) }
        return .object(members)
    }
}

extension Ordering {
    fileprivate var json: JSON {
        let name = term.soql
        if nulls == nil { return .string(descending ? "-" + name : name) }
        var members: JSON.Members = ["field": .string(name)]
        if descending { members["direction"] = "desc" }
        if let nulls { members["nulls"] = .string(nulls.rawValue) }
        return .object(members)
    }
}

extension CategoryCondition {
    fileprivate var json: JSON {
        [
            "group": .string(group), "selector": .string(selector.rawValue),
            "categories": .array(categories.map(JSON.string)),
        ]
    }
}

extension JSON {
    static func argument(_ argument: BindVariable) -> JSON { ["$bind": .string(argument.name)] }
    static func count(_ count: Int) -> JSON { .number(Number(count)) }
}
