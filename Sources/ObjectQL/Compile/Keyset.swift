import SQL
import Values

// The records after a cursor: those whose first key comes later, or is the same while the second comes later, and so on.

extension SQLWriter {
    mutating func after(_ cursor: Cursor, _ order: [Sort], _ frame: Frame) throws(QueryProblem) {
        let steps = try zip(order, cursor.keys).mapping { sort, key throws(QueryProblem) in
            KeysetStep(sort, try part { writer throws(QueryProblem) in try writer.write(sort.term.expr, frame) }, key)
        }
        write("(")
        // Says no more than what follows, but can be looked up in an index.
        if let bound = steps.first?.bound, steps.count > 1 {
            write(bound)
            write(" AND ")
        }
        after(steps[...])
        write(")")
    }

    private mutating func after(_ steps: ArraySlice<KeysetStep>) {
        guard let step = steps.first else { return }
        let rest = steps.dropFirst()
        if rest.isEmpty { return write(step.later ?? Fragment(sql: dialect == .sqlite ? "0" : "FALSE")) }
        write("(")
        if let later = step.later {
            write(later)
            write(" OR ")
        }
        write(step.same)
        write(" AND ")
        after(rest)
        write(")")
    }
}

private struct KeysetStep {
    /// The key comes later; nil where nothing does.
    let later: Fragment?
    let same: Fragment
    /// The key is the same or later, where one comparison says so.
    let bound: Fragment?

    init(_ sort: Sort, _ key: Fragment, _ value: Value) {
        let symbol = Fragment(sql: sort.descending ? " < " : " > ")
        guard let bind = Bind(value, as: sort.term.type), !value.isNull else {
            same = "\(key) IS NULL"
            later = sort.nullsFirst ? "\(key) IS NOT NULL" : nil
            bound = nil
            return
        }
        let nullsFollow = !sort.nullsFirst && !sort.term.isNeverNull
        same = "\(key) = \(bind)"
        later = nullsFollow ? "(\(key)\(symbol)\(bind) OR \(key) IS NULL)" : "\(key)\(symbol)\(bind)"
        bound = nullsFollow ? nil : "\(key)\(Fragment(sql: sort.descending ? " <= " : " >= "))\(bind)"
    }
}
