import Formula
import SQL
import Values

// Conditions hold or do not hold. A negation is carried down to the comparisons, and a negated comparison is true for nulls
// too; so an unknown never meets a NOT, and elsewhere it counts as false.

extension SQLWriter {
    mutating func write(_ condition: Condition, _ frame: Frame, negated: Bool = false) throws(QueryProblem) {
        switch condition {
        case .constant(let bool): write(bool: bool != negated)
        case .all(let conditions): try join(conditions, negated ? " OR " : " AND ", empty: !negated, frame, negated)
        case .any(let conditions): try join(conditions, negated ? " AND " : " OR ", empty: negated, frame, negated)
        case .not(let inner): try write(inner, frame, negated: !negated)
        case .isNull(let expr):
            try write(expr, frame)
            write(negated ? " IS NOT NULL" : " IS NULL")
        // A condition has no nulls, and written as one it can use an index.
        case .compare(let expr, .equal, .bool(let bool)) where expr.isCondition:
            try write(.holds(expr), frame, negated: bool == negated)
        case .compare(let expr, .equal, let bind) where negated:
            try write(expr, frame)
            write(dialect == .sqlite ? " IS NOT " : " IS DISTINCT FROM ")
            write(bind)
        case .among(_, let values) where values.isEmpty: write(bool: negated)
        default:
            if negated { write("(") }
            try write(comparison: condition, frame)
            if negated { write(") IS NOT TRUE") }
        }
    }

    private mutating func join(
        _ conditions: [Condition], _ separator: String, empty: Bool, _ frame: Frame, _ negated: Bool
    ) throws(QueryProblem) {
        if conditions.isEmpty { return write(bool: empty) }
        if conditions.count == 1 { return try write(conditions[0], frame, negated: negated) }
        // In chunks, since databases limit how deep an expression may be.
        let chunk = 100
        write(conditions.count > chunk ? "((" : "(")
        for (index, condition) in conditions.enumerated() {
            if index > 0 { write(index % chunk == 0 ? ")\(separator)(" : separator) }
            try write(condition, frame, negated: negated)
        }
        write(conditions.count > chunk ? "))" : ")")
    }

    private mutating func write(comparison: Condition, _ frame: Frame) throws(QueryProblem) {
        switch comparison {
        case .compare(let expr, let comparator, let bind):
            try write(expr, frame)
            write(comparator.symbol)
            write(bind)
        case .compareFields(let a, let comparator, let b): try compare(a, comparator, b, frame)
        case .among(let expr, let values):
            try write(expr, frame)
            write(" IN (")
            try list(values) { writer, bind throws(QueryProblem) in writer.write(bind) }
            write(")")
        case .amongArgument(let expr, let name, let isID):
            let list = Bind.late(.argument(name))
            try write(expr, frame)
            switch dialect {
            case .sqlite: write(" IN (SELECT value FROM json_each(\(list)))" as Fragment)
            case .postgres: write(" = ANY(\(list)::\(Fragment(sql: isID ? "uuid" : "text"))[])" as Fragment)
            }
        case .matches(let expr, let pattern): try match(expr, pattern, frame)
        case .includes(let expr, let choices): try includes(expr, choices, frame)
        case .choices(let expr, let count):
            write(dialect == .sqlite ? "json_array_length(" : "cardinality(")
            try write(expr, frame)
            write(") = \(count)")
        case .deleted(let anchor, let isDeleted): deleted(isDeleted, frame.alias(anchor))
        case .holds(let rule): try holds(rule, frame)
        case .within(let expr, let values): try within(expr, values, frame)
        case .changed(let change): changed(change, frame)
        case .constant, .all, .any, .not, .isNull: try write(comparison, frame)
        }
    }

    private mutating func compare(
        _ a: ResolvedTerm, _ comparator: Comparator, _ b: ResolvedTerm, _ frame: Frame
    ) throws(QueryProblem) {
        let left = try part { writer throws(QueryProblem) in try writer.write(a.expr, frame) }
        let right = try part { writer throws(QueryProblem) in try writer.write(b.expr, frame) }
        let symbol = Fragment(sql: comparator.symbol)
        if dialect == .sqlite, let (x, y) = a.type.scales(with: b.type), x != y {
            // Counts of different units: multiplying one of them could overflow.
            let order: Fragment = "martlet_compare(\(left), \(Fragment(sql: String(x))), \(right), \(Fragment(sql: String(y))))"
            write("(\(order)\(symbol)0" as Fragment)
            write(comparator == .equal ? " OR (\(left) IS NULL AND \(right) IS NULL))" : ")" as Fragment)
        } else if comparator == .equal {
            write("\(left)\(Fragment(sql: dialect == .sqlite ? " IS " : " IS NOT DISTINCT FROM "))\(right)" as Fragment)
        } else {
            write("\(left)\(symbol)\(right)" as Fragment)
        }
    }
}

extension SQLWriter {
    private mutating func within(_ expr: Expr, _ values: ResolvedQuery, _ frame: Frame) throws(QueryProblem) {
        let inside = self.frame(for: values)
        try write(expr, frame)
        write(" IN (")
        try outputs(values, inside)
        try source(values, inside, tables: values.tables.count)
        try filter(values, inside)
        write(")")
    }

    private mutating func includes(_ expr: Expr, _ choices: [String], _ frame: Frame) throws(QueryProblem) {
        let value = try part { writer throws(QueryProblem) in try writer.write(expr, frame) }
        let places = choices.map { Fragment(pieces: [.bind(.text($0))]) }.joined(separator: ", ")
        switch dialect {
        case .sqlite: write("EXISTS (SELECT 1 FROM json_each(\(value)) AS j WHERE j.value IN (\(places)))" as Fragment)
        case .postgres: write("\(value) && ARRAY[\(places)]::text[]" as Fragment)
        }
    }
}

extension Expr {
    var isCondition: Bool {
        if case .formula(let formula, _) = self { formula.type == .boolean } else { false }
    }
}

extension Comparator {
    fileprivate var symbol: String {
        switch self {
        case .equal: " = "
        case .notEqual: " <> "
        case .less: " < "
        case .lessOrEqual: " <= "
        case .greater: " > "
        case .greaterOrEqual: " >= "
        }
    }
}

extension ColumnType {
    private var digits: Int? {
        switch self {
        case .integer: 0
        case .decimal(_, let scale): scale
        default: nil
        }
    }

    /// The digits after the point of two columns of exact numbers.
    fileprivate func scales(with other: ColumnType) -> (Int, Int)? {
        guard let a = digits, let b = other.digits else { return nil }
        return (a, b)
    }
}
