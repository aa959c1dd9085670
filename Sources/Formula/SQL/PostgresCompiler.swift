import SQL
import Values

/// From a typed tree to SQL for PostgreSQL. A part that fails is NULL there; its guard says so, that NULL by failure is not
/// taken for blank.
struct PostgresCompiler {
    let fields: [FormulaField]
    let blanks: BlankHandling
    let column: (Int) throws -> Fragment

    /// An expression, and a condition under which it fails; nil where it cannot.
    struct Term {
        var sql: Fragment
        var guarded: Fragment?
    }

    func result(_ node: TypedNode, _ target: ResultForm) throws -> Fragment {
        let term = try term(node, as: target.type.base)
        let value = target.postgres(term.sql)
        return term.guarded.map { "CASE WHEN \($0) THEN NULL ELSE \(value) END" } ?? value
    }

    /// A condition for WHERE and the like, where NULL counts as false: so an index can serve it.
    func condition(_ node: TypedNode) throws -> Fragment {
        switch node.form {
        case .all(let parts) where !node.mayFail: return "(\(try parts.map(condition).joined(separator: " AND ")))"
        case .any(let parts) where !node.mayFail: return "(\(try parts.map(condition).joined(separator: " OR ")))"
        case .field(let position): return try source(position)
        case .call(let overload, let arguments) where overload.name == "=" && arguments[0].base == .text && !node.mayFail:
            guard arguments.contains(where: { $0.literal?.text != nil }) else { return try term(node).sql }
            return "(\(try term(arguments[0]).sql) = \(try term(arguments[1]).sql))"
        default:
            let term = try term(node)
            return term.guarded.map { "CASE WHEN \($0) THEN false ELSE \(term.sql) END" } ?? term.sql
        }
    }

    /// What may fail is written again in its guard, so that nesting can make much of little.
    private func term(_ node: TypedNode) throws -> Term {
        let term = try form(node)
        guard term.sql.length + (term.guarded?.length ?? 0) <= Fragment.maximumLength else {
            throw FormulaError(
                "The formula is too long for a database: its SQL would take more than \(Fragment.maximumLength) characters",
                code: .tooLong, at: node.place)
        }
        return term
    }

    private func form(_ node: TypedNode) throws -> Term {
        switch node.form {
        case .literal(let value): return Term(sql: literal(value, node.base))
        case .field(let position): return Term(sql: try field(position))
        case .all(let parts): return try truths(parts, isAll: true)
        case .any(let parts): return try truths(parts, isAll: false)
        case .choose(let branches, let otherwise):
            let tests = try branches.map { try term($0.test) }
            return try cases(tests, branches.map(\.value), otherwise, node.base)
        case .match(let subject, let branches, let otherwise): return try match(subject, branches, otherwise, node.base)
        case .coalesce(let first, let second): return try coalesce(term(first, as: node.base), term(second, as: node.base))
        case .rescue(let first, let second): return try rescue(term(first, as: node.base), term(second, as: node.base))
        case .call(let overload, let arguments): return try call(overload, arguments.map(term), arguments)
        }
    }

    private func term(_ node: TypedNode, as base: Base) throws -> Term {
        let term = try term(node)
        return Term(sql: typed(term.sql, node, base), guarded: term.guarded)
    }

    private func literal(_ value: Value, _ base: Base) -> Fragment {
        switch value {
        case .bool(let bool): bool ? "true" : "false"
        case .number(let number): Fragment(sql: "(\(number)::numeric)")
        case .text(let text): "CAST(\(.text(text)) AS text)"
        default: base == .null ? "NULL" : Fragment(sql: "CAST(NULL AS \(base.postgresType))")
        }
    }

    private func source(_ position: Int) throws -> Fragment {
        let field = fields[position]
        guard let late = field.late else { return try column(position) }
        return "CAST(\(late) AS \(Fragment(sql: field.column.declaration(.postgres))))"
    }

    private func field(_ position: Int) throws -> Fragment {
        let (field, sql) = (fields[position], try source(position))
        switch field.type.base {
        case .number:
            var number = field.column == .real || field.column == .integer ? "\(sql)::numeric" as Fragment : sql
            if field.type == .percent { number = "(\(number) * 0.01)" }
            return blanks == .zero ? "coalesce(\(number), 0)" : number
        case .boolean: return "coalesce(\(sql), false)"
        case .text: return field.column == .text ? sql : "nullif(\(sql)::text, '')"
        case .list: return "nullif(\(sql), '{}')"
        default: return sql
        }
    }

    /// Evaluation goes from left to right and stops: a part fails only where it is reached.
    private func truths(_ parts: [TypedNode], isAll: Bool) throws -> Term {
        let terms = try parts.map(term)
        let sql: Fragment = "coalesce(\(terms.map(\.sql).joined(separator: isAll ? " AND " : " OR ")), false)"
        guard terms.contains(where: { $0.guarded != nil }) else { return Term(sql: sql) }
        var failure: Fragment = "false"
        for term in terms.reversed() {
            let goesOn: Fragment = isAll ? "\(term.sql)" : "(\(term.sql)) IS NOT TRUE"
            let test = term.guarded.map { "WHEN \($0) THEN true " as Fragment } ?? ""
            failure = "CASE \(test)WHEN \(goesOn) THEN \(failure) ELSE false END"
        }
        return Term(sql: sql, guarded: failure)
    }

    private func cases(_ tests: [Term], _ values: [TypedNode], _ otherwise: TypedNode, _ base: Base) throws -> Term {
        let (results, last) = (try values.map { try term($0, as: base) }, try term(otherwise, as: base))
        var (sql, failure): (Fragment, Fragment) = ("CASE", "CASE")
        for (test, value) in zip(tests, results) {
            sql += " WHEN \(test.sql) THEN \(value.sql)"
            if let guarded = test.guarded { failure += " WHEN \(guarded) THEN true" }
            failure += " WHEN \(test.sql) THEN \(value.guarded ?? "false")"
        }
        sql += " ELSE \(last.sql) END"
        failure += " ELSE \(last.guarded ?? "false") END"
        let mayFail = (tests + results + [last]).contains { $0.guarded != nil }
        return Term(sql: sql, guarded: mayFail ? failure : nil)
    }

    private func match(
        _ subject: TypedNode, _ branches: [TypedNode.Branch], _ otherwise: TypedNode, _ result: Base
    ) throws -> Term {
        let base = TypedNode.compared(subject, branches)
        let wanted = try term(subject)
        let equality = Overload.equality(base, isEqual: true)
        let tests = try branches.map { branch in
            let test = try term(branch.test)
            return try call(equality, [Term(sql: wanted.sql), test], [subject, branch.test])
        }
        var cases = try cases(tests, branches.map(\.value), otherwise, result)
        if let guarded = wanted.guarded { cases.guarded = "CASE WHEN \(guarded) THEN true ELSE \(cases.guarded ?? "false") END" }
        return cases
    }

    private func coalesce(_ first: Term, _ second: Term) -> Term {
        let sql: Fragment = "coalesce(\(first.sql), \(second.sql))"
        guard first.guarded != nil || second.guarded != nil else { return Term(sql: sql) }
        let head = first.guarded.map { "WHEN \($0) THEN true " as Fragment } ?? ""
        return Term(sql: sql, guarded: "CASE \(head)WHEN \(first.sql) IS NULL THEN \(second.guarded ?? "false") ELSE false END")
    }

    private func rescue(_ first: Term, _ second: Term) -> Term {
        guard let guarded = first.guarded else { return first }
        return Term(
            sql: "CASE WHEN \(guarded) THEN \(second.sql) ELSE \(first.sql) END",
            guarded: second.guarded.map { "CASE WHEN \(guarded) THEN \($0) ELSE false END" })
    }

    private func call(_ overload: Overload, _ terms: [Term], _ nodes: [TypedNode]) throws -> Term {
        let arguments = zip(terms, nodes).enumerated().map { index, argument in
            typed(argument.0.sql, argument.1, overload.parameter(index).type.base)
        }
        let sql = try expression(overload, arguments, nodes)
        var failures = terms.compactMap(\.guarded)
        if let failure = overload.postgresFailure {
            failures.append(failure(arguments))
        } else if overload.mayFail, !isSafe(overload, nodes) {
            // A failing function gives NULL although it got no NULL.
            let present = arguments.map { "\($0) IS NOT NULL" as Fragment }
            failures.append("(\((present + ["\(sql) IS NULL"]).joined(separator: " AND ")))")
        }
        return Term(sql: sql, guarded: failures.isEmpty ? nil : "(\(failures.joined(separator: " OR ")))")
    }

    /// A NULL that stands for a value of some type must say so.
    private func typed(_ sql: Fragment, _ node: TypedNode, _ base: Base) -> Fragment {
        node.base == .null && base != .null ? Fragment(sql: "CAST(NULL AS \(base.postgresType))") : sql
    }

    private func expression(_ overload: Overload, _ sql: [Fragment], _ nodes: [TypedNode]) throws -> Fragment {
        switch overload.postgres {
        case .sql(let form): return form(sql)
        case .function(let name): return "\(Fragment(sql: "martlet_" + name))(\(sql.joined(separator: ", ")))"
        case .number(let sign):
            let plain: Fragment = "(\(sql[0]) \(Fragment(sql: sign)) \(sql[1]))"
            return isSafe(overload, nodes) ? plain : "martlet_bounded\(plain)"
        case .none(let name): throw FormulaError("\(name) cannot be computed by a database", code: .type)
        }
    }

    /// Does the result surely have at most 37 digits, as the evaluator's numbers have?
    private func isSafe(_ overload: Overload, _ nodes: [TypedNode]) -> Bool {
        guard case .number = overload.postgres, let bounds = overload.bounds?(nodes.map { $0.bounds(fields) }) else {
            return false
        }
        return bounds.digits <= Number.precision
    }
}

extension Base {
    var postgresType: String {
        switch self {
        case .number: "numeric"
        case .text, .null: "text"
        case .boolean: "boolean"
        case .date: "date"
        case .datetime: "timestamptz"
        case .time: "time"
        case .list: "text[]"
        case .location: "jsonb"
        }
    }
}
