import SQL
import Values

/// From a typed tree to SQL for SQLite: native where that is exact, else a call of the evaluator.
struct SQLiteCompiler {
    let fields: [FormulaField]
    let blanks: BlankHandling
    let column: (Int) throws -> Fragment

    /// The node's value in the form that a result column has; NULL where it is blank or fails. What is too deep for SQLite goes to
    /// the evaluator as a whole.
    func result(_ node: TypedNode, _ target: ResultForm) throws -> Fragment {
        if let term = try term(node), let result = target.sqlite(term), result.fitsSQLite { return result }
        if let result = try lazily(node, target), result.fitsSQLite { return result }
        return try evaluator(node, target)
    }

    /// A condition for WHERE and the like, where NULL counts as false: so an index can serve it.
    func condition(_ node: TypedNode) throws -> Fragment {
        let condition = try directly(node)
        return condition.fitsSQLite ? condition : try evaluator(node, .boolean)
    }

    private func directly(_ node: TypedNode) throws -> Fragment {
        switch node.form {
        case .all(let parts): return "(\(try parts.map(condition).joined(separator: " AND ")))"
        case .any(let parts): return "(\(try parts.map(condition).joined(separator: " OR ")))"
        case .field(let position): return "(\(try source(position)) = 1)"
        default:
            if let term = try term(node), term.sql.fitsSQLite { return term.sql }
            return try result(node, .boolean)
        }
    }

    /// Forms that decide which of their parts are evaluated stay SQL, though a part of them needs the evaluator. A test
    /// that fails is neither 1 nor 0, and makes the whole NULL.
    private func lazily(_ node: TypedNode, _ target: ResultForm) throws -> Fragment? {
        switch node.form {
        case .choose(let branches, let otherwise):
            return try branches.reversed().reduce(result(otherwise, target)) {
                "CASE \(try truth($1.test)) WHEN 1 THEN \(try result($1.value, target)) WHEN 0 THEN \($0) END"
            }
        case .all(let parts) where parts.count > 1:
            let last = try truth(parts[parts.count - 1])
            return try parts.dropLast().reversed().reduce(last) { "CASE \(try truth($1)) WHEN 1 THEN \($0) WHEN 0 THEN 0 END" }
        case .any(let parts) where parts.count > 1:
            let last = try truth(parts[parts.count - 1])
            return try parts.dropLast().reversed().reduce(last) { "CASE \(try truth($1)) WHEN 1 THEN 1 WHEN 0 THEN \($0) END" }
        default: return nil
        }
    }

    /// 1, 0 or (where it fails) NULL.
    private func truth(_ node: TypedNode) throws -> Fragment { try result(node, .boolean) }

    /// Nil where SQL might differ from the evaluator, or grow without measure: some forms write a part of theirs twice.
    private func term(_ node: TypedNode) throws -> SQLiteTerm? {
        try form(node).flatMap { $0.sql.length <= Fragment.maximumLength ? $0 : nil }
    }

    private func form(_ node: TypedNode) throws -> SQLiteTerm? {
        switch node.form {
        case .literal(let value): return literal(value)
        case .field(let position): return try field(position)
        case .all(let parts): return try truths(parts, " AND ")
        case .any(let parts): return try truths(parts, " OR ")
        case .choose(let branches, let otherwise):
            var tests: [Fragment] = []
            for branch in branches {
                guard let test = try term(branch.test) else { return nil }
                tests.append(test.sql)
            }
            return try cases("CASE", tests, branches.map(\.value) + [otherwise])
        case .match(let subject, let branches, let otherwise): return try match(subject, branches, otherwise)
        case .coalesce(let first, let second):
            guard let values = try aligned([first, second]) else { return nil }
            return SQLiteTerm(
                "coalesce(\(values.sql[0]), \(values.sql[1]))", bounds: values.bounds, isNullable: values.areNullable[1])
        case .rescue(let first, _): return try term(first)
        case .call(let overload, let arguments):
            guard let form = overload.sqlite else { return nil }
            var terms: [SQLiteTerm] = []
            for argument in arguments {
                guard let term = try term(argument) else { return nil }
                terms.append(term)
            }
            return form(terms)
        }
    }

    private func literal(_ value: Value) -> SQLiteTerm? {
        switch value {
        case .null: return SQLiteTerm("NULL", bounds: .integer(1), isNullable: true)
        case .bool(let bool): return SQLiteTerm(bool ? "1" : "0", isNullable: false)
        case .text(let text): return SQLiteTerm("\(.text(text))", isNullable: false)
        case .number(let number):
            let bounds = Bounds(number)
            guard bounds.digits <= SQLiteTerm.maximumDigits, let units = number.scaled(to: bounds.scale) else { return nil }
            var term = SQLiteTerm(SQLiteTerm.literal(units), bounds: bounds, isNullable: false)
            term.constant = number
            return term
        default: return nil
        }
    }

    private func field(_ position: Int) throws -> SQLiteTerm? {
        let field = fields[position]
        let sql = try source(position)
        switch (field.type.base, field.column) {
        case (.number, .decimal), (.number, .integer):
            guard let bounds = field.bounds, bounds.digits <= 19 || field.type != .percent else { return nil }
            return blanks == .zero
                ? SQLiteTerm("coalesce(\(sql), 0)", bounds: bounds, isNullable: false)
                : SQLiteTerm(sql, bounds: bounds, isNullable: true)
        case (.boolean, .boolean): return SQLiteTerm("coalesce(\(sql), 0)", isNullable: false)
        case (.text, .text), (.text, .id), (.date, .date), (.datetime, .datetime), (.time, .time), (.list, .list),
            (.location, .json):
            return SQLiteTerm(sql, isNullable: true)
        default: return nil
        }
    }

    private func truths(_ parts: [TypedNode], _ separator: Fragment) throws -> SQLiteTerm? {
        var terms: [SQLiteTerm] = []
        for part in parts {
            guard let term = try term(part) else { return nil }
            terms.append(term)
        }
        let joined: Fragment = "(\(terms.map(\.sql).joined(separator: separator)))"
        return SQLiteTerm(SQLiteTerm.anyNullable(terms) ? "coalesce(\(joined), 0)" : joined, isNullable: false)
    }

    private func match(_ subject: TypedNode, _ branches: [TypedNode.Branch], _ otherwise: TypedNode) throws -> SQLiteTerm? {
        let base = TypedNode.compared(subject, branches)
        guard let wanted = try term(subject) else { return nil }
        var tests: [Fragment] = []
        for branch in branches {
            guard let test = try term(branch.test),
                let equal = Overload.equality(base, isEqual: true).sqlite?([wanted, test])
            else { return nil }
            tests.append(equal.sql)
        }
        return try cases("CASE", tests, branches.map(\.value) + [otherwise])
    }

    private func cases(_ head: Fragment, _ tests: [Fragment], _ values: [TypedNode]) throws -> SQLiteTerm? {
        guard let values = try aligned(values) else { return nil }
        var sql = head
        for (test, value) in zip(tests, values.sql) { sql += " WHEN \(test) THEN \(value)" }
        sql += " ELSE \(values.sql[values.sql.count - 1]) END"
        return SQLiteTerm(sql, bounds: values.bounds, isNullable: values.areNullable.contains(true))
    }

    /// Alternatives in one form: numbers in the same units.
    private func aligned(_ nodes: [TypedNode]) throws -> (sql: [Fragment], bounds: Bounds?, areNullable: [Bool])? {
        var terms: [SQLiteTerm] = []
        for node in nodes {
            guard let term = try term(node) else { return nil }
            terms.append(term)
        }
        let nullable = terms.map(\.isNullable)
        guard nodes.contains(where: { $0.base == .number }) else { return (terms.map(\.sql), nil, nullable) }
        guard let units = SQLiteTerm.aligned(terms) else { return nil }
        return (units, terms.dropFirst().reduce(terms[0].bounds) { Bounds.either($0, $1.bounds) }, nullable)
    }

    /// Where the field's value comes from: a column, or what is known of the user when the statement runs.
    private func source(_ position: Int) throws -> Fragment { try fields[position].late ?? column(position) }

    /// The node as a formula of its own, which the evaluator computes inside SQLite.
    private func evaluator(_ node: TypedNode, _ target: ResultForm) throws -> Fragment {
        let positions = node.fieldPositions.sorted()
        let call = EvaluatorCall(
            source: node.syntax.description, blanks: blanks, target: target, fields: positions.map { fields[$0] })
        let needs = node.needs
        var arguments: [Fragment] = ["\(.text(call.key))"]
        arguments.append(needs.contains(.clock) ? SQLContext.now : "NULL")
        arguments.append(needs.contains(.zone) ? SQLContext.zone : "NULL")
        for position in positions { arguments.append(try source(position)) }
        let sql: Fragment = "\(Fragment(sql: EvaluatorCall.functionName))(\(arguments.joined(separator: ", ")))"
        guard ParserStack(sql).most <= ParserStack.limit else {
            throw FormulaError("The formula builds upon others too deeply for SQLite", code: .tooLong, at: node.place)
        }
        return sql
    }
}

extension FormulaField {
    /// `$User.Id` and `$User.Region` are known only when the statement runs.
    var late: Fragment? {
        guard path.count == 2, path[0].lowercased() == "$user" else { return nil }
        return path[1].lowercased() == "id" ? "\(.late(.user))" : "\(.late(.userField(path[1])))"
    }
}

extension TypedNode {
    var fieldPositions: Set<Int> {
        if case .field(let position) = form { return [position] }
        return children.reduce(into: []) { $0.formUnion($1.fieldPositions) }
    }

    var needs: Overload.Needs {
        var needs = children.reduce(into: Overload.Needs()) { $0.formUnion($1.needs) }
        if case .call(let overload, _) = form { needs.formUnion(overload.needs) }
        return needs
    }
}
