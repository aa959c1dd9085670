import SQL
import Values

/// The records after a cursor, as conditions that an index can answer.
///
/// Where the first sort key may be null, the records with a value and those without stand in two blocks. `next` is what is
/// left of the cursor's block, and `afterwards` is the other one, where it comes later: a condition over both, with OR, would
/// make the databases read and sort everything.
struct Keyset {
    let next: Fragment
    var afterwards: Fragment?

    init(_ steps: [KeysetStep]) {
        guard let first = steps.first else {
            next = Fragment()
            return
        }
        let rest = Keyset.after(steps.dropFirst())
        switch first.bind {
        case nil:
            next = "(\(first.key) IS NULL AND \(rest))"
            if first.sort.nullsFirst { afterwards = "\(first.key) IS NOT NULL" }
        case let bind?:
            next =
                Keyset.row(steps) ?? "(\(first.key)\(first.symbol)= \(bind) AND (\(first.later) OR (\(first.same) AND \(rest))))"
            if first.nullsFollow { afterwards = "\(first.key) IS NULL" }
        }
    }

    /// All keys at once, `(a, b) > (1, 2)`: possible in one direction, and where no null comes after a value.
    private static func row(_ steps: [KeysetStep]) -> Fragment? {
        guard let first = steps.first, steps.allSatisfy({ $0.sort.descending == first.sort.descending && $0.bind != nil }),
            !steps.dropFirst().contains(where: \.nullsFollow)
        else { return nil }
        let keys = steps.map(\.key).joined(separator: ", ")
        let binds = steps.compactMap(\.bind).map { "\($0)" as Fragment }.joined(separator: ", ")
        return "(\(keys))\(first.symbol) (\(binds))"
    }

    /// The first of these keys comes later, or is the same while the second comes later, and so on.
    private static func after(_ steps: ArraySlice<KeysetStep>) -> Fragment {
        guard let step = steps.first else { return "0 = 1" }
        let later: Fragment = step.nullsFollow ? "(\(step.later) OR \(step.key) IS NULL)" : step.later
        return steps.count == 1 ? later : "(\(later) OR (\(step.same) AND \(after(steps.dropFirst()))))"
    }
}

/// One sort key and the place for its value in the record where the page ended.
struct KeysetStep {
    let sort: Sort
    let key: Fragment
    /// Nil for null.
    let bind: Bind?

    var symbol: Fragment { sort.descending ? " <" : " >" }
    var nullsFollow: Bool { bind != nil && !sort.nullsFirst && !sort.term.isNeverNull }
    var same: Fragment { bind.map { "\(key) = \($0)" } ?? "\(key) IS NULL" }

    /// The key has a value that comes later.
    var later: Fragment {
        guard let bind else { return sort.nullsFirst ? "\(key) IS NOT NULL" : "0 = 1" }
        return "\(key)\(symbol) \(bind)"
    }
}

extension SQLWriter {
    func keyset(after cursor: Cursor, _ query: ResolvedQuery, _ frame: Frame) throws(QueryProblem) -> Keyset {
        Keyset(
            try zip(query.order, cursor.nulls.enumerated()).mapping { sort, key throws(QueryProblem) in
                let column = try part { writer throws(QueryProblem) in try writer.write(sort.term.expr, frame) }
                return KeysetStep(sort: sort, key: column, bind: key.element ? nil : Cursor.place(key.offset))
            })
    }
}
