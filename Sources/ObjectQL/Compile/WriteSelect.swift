import Metadata
import SQL

extension SQLWriter {
    mutating func records(
        _ query: ResolvedQuery, _ frame: Frame, _ source: Fragment, _ filter: Fragment, after cursor: Cursor?
    ) throws(QueryProblem) {
        let keyset = try cursor.map { cursor throws(QueryProblem) in try self.keyset(after: cursor, query, frame) }
        guard let keyset, let afterwards = keyset.afterwards else {
            return try block(query, frame, source, filter.and(keyset?.next))
        }
        write("WITH a AS (")
        try block(query, frame, source, filter.and(keyset.next))
        write(") SELECT * FROM a UNION ALL SELECT * FROM (")
        // Of the second block, only what the first leaves free on the page.
        try block(query, frame, source, filter.and(afterwards), limit: "(SELECT \(query.limit + 1) - COUNT(*) FROM a)")
        write(") AS b")
        try orderedPage(query, frame)
    }

    private mutating func block(
        _ query: ResolvedQuery, _ frame: Frame, _ source: Fragment, _ filter: Fragment, limit: String? = nil
    ) throws(QueryProblem) {
        try outputs(query, frame)
        write(source)
        write(filter)
        try orderedPage(query, frame, limit: limit)
    }

    /// The order, by columns of the result, and one row more than the page has, to know whether more follow.
    private mutating func orderedPage(_ query: ResolvedQuery, _ frame: Frame, limit: String? = nil) throws(QueryProblem) {
        try order(query, frame) { writer, sort in writer.write(String(sort.output + 1)) }
        page(query, limit: limit ?? String(query.limit + 1))
    }

    /// Keys and figures are made in an inner select; what is said about groups stands outside.
    mutating func groups(_ query: ResolvedQuery, _ frame: Frame, _ source: Fragment, _ filter: Fragment) throws(QueryProblem) {
        try outputs(query, frame)
        try groupedRows(query, frame, source, filter)
        try orderedPage(query, frame)
    }

    mutating func groupedRows(_ query: ResolvedQuery, _ frame: Frame, _ source: Fragment, _ filter: Fragment) throws(QueryProblem)
    {
        guard let groups = query.groups else { return }
        write(" FROM (")
        try list(groups.sets, separator: " UNION ALL ") { writer, set throws(QueryProblem) in
            try writer.groups(groups, by: set, frame, source, filter)
        }
        write(") AS g")
        guard let having = groups.having else { return }
        write(" WHERE ")
        try write(having, frame)
    }

    /// The groups of one set of keys; the other keys are null.
    private mutating func groups(
        _ groups: Groups, by set: [Int], _ frame: Frame, _ source: Fragment, _ filter: Fragment
    ) throws(QueryProblem) {
        var frame = frame
        frame.keys = set
        write("SELECT ")
        try list(groups.columns.enumerated()) { writer, column throws(QueryProblem) in
            let isLeftOut = column.offset < groups.keyCount && !set.contains(column.offset)
            if isLeftOut { writer.write("NULL") } else { try writer.write(column.element.expr, frame) }
            writer.write(" AS c\(column.offset)")
        }
        if groups.columns.isEmpty { write("1") }
        write(source)
        write(filter)
        if !set.isEmpty { write(" GROUP BY " + set.map { String($0 + 1) }.joined(separator: ", ")) }
    }

    mutating func outputs(_ query: ResolvedQuery, _ frame: Frame) throws(QueryProblem) {
        write("SELECT ")
        try list(query.outputs) { writer, output throws(QueryProblem) in
            switch output.value {
            case .expr(let expr): try writer.write(expr, frame)
            case .children(let children): try writer.children(children, of: frame)
            case .variants(let variants): try writer.write(variants, frame)
            }
        }
    }

    /// FROM, with so many of the query's tables.
    mutating func source(_ query: ResolvedQuery, _ frame: Frame, tables: Int) throws(QueryProblem) {
        write(" FROM ")
        if query.search != nil, dialect == .sqlite {
            write("\(quoted(query.object.name + "_search")) AS s JOIN ")
        }
        table(query.object, asOf: query.asOf)
        write(" AS \(frame.aliases[0])")
        if query.search != nil, dialect == .sqlite { write(" ON \(frame.aliases[0]).rowid = s.rowid") }
        for index in 1..<max(tables, 1) { try join(query.tables[index], as: index, asOf: query.asOf, frame) }
    }

    private mutating func join(_ table: Table, as index: Int, asOf: Bind?, _ frame: Frame) throws(QueryProblem) {
        guard let join = table.join else { return }
        let alias = frame.aliases[index]
        write(" LEFT JOIN ")
        self.table(table.object, asOf: asOf)
        write(" AS \(alias) ON ")
        reference(join.lookup, of: frame.aliases[join.from], to: table.object.name, alias, hidesDeleted: table.hidesDeleted)
        guard let rule = table.rule else { return }
        var inside = frame
        inside.here = alias
        write(" AND ")
        try holds(rule, inside)
    }

    /// That a lookup points at this row.
    mutating func reference(
        _ lookup: FieldReference, of child: String, to object: String, _ parent: String, hidesDeleted: Bool
    ) {
        write("Id", of: parent)
        write(" = ")
        write(lookup.definition.name, of: child)
        if let column = lookup.definition.typeColumn {
            write(" AND ")
            write(column, of: child)
            write(" = ")
            write(literal: object)
        }
        if hidesDeleted {
            write(" AND ")
            deleted(false, parent)
        }
    }

    mutating func deleted(_ isDeleted: Bool, _ alias: String) {
        if !isDeleted { write("NOT ") }
        write("IsDeleted", of: alias)
    }

    mutating func write(bool: Bool) {
        switch dialect {
        case .sqlite: write(bool ? "1" : "0")
        case .postgres: write(bool ? "TRUE" : "FALSE")
        }
    }

    /// WHERE, or nothing.
    mutating func filter(_ query: ResolvedQuery, _ frame: Frame) throws(QueryProblem) {
        var lead = " WHERE "
        if let link = query.link {
            write(lead)
            self.link(link, frame)
            lead = " AND "
        }
        if let search = query.search {
            write(lead)
            self.search(search, frame)
            lead = " AND "
        }
        guard case .all(let conditions) = query.condition else { return }
        for condition in conditions {
            write(lead)
            try write(condition, frame)
            lead = " AND "
        }
    }

    private mutating func link(_ link: Link, _ frame: Frame) {
        write(link.column, of: frame.aliases[0])
        write(" = ")
        write("Id", of: frame.here)
        guard let (column, object) = link.type else { return }
        write(" AND ")
        write(column, of: frame.aliases[0])
        write(" = ")
        write(literal: object)
    }

    mutating func order(
        _ query: ResolvedQuery, _ frame: Frame, _ key: (inout SQLWriter, Sort) throws(QueryProblem) -> Void
    ) throws(QueryProblem) {
        guard !query.order.isEmpty else { return }
        write(" ORDER BY ")
        if query.isRanked, let search = query.search {
            rank(search, frame)
            write(", ")
        }
        let isByKey = query.order[0].term.isKey
        try list(query.order) { writer, sort throws(QueryProblem) in
            try key(&writer, sort)
            if sort.descending { writer.write(" DESC") }
            // An index is of use only to who names its order, even for columns without nulls; that of the key is the natural one.
            let nullsFirst = sort.term.isNeverNull ? !sort.descending : sort.nullsFirst
            // SQLite counts nulls as the least values, PostgreSQL as the greatest.
            let isNatural = nullsFirst == (sort.descending == (writer.dialect == .postgres))
            if !isByKey, !isNatural { writer.write(nullsFirst ? " NULLS FIRST" : " NULLS LAST") }
        }
    }

    mutating func page(_ query: ResolvedQuery, limit: String) {
        write(" LIMIT \(limit)")
        guard query.offset > 0 else { return }
        write(" OFFSET ")
        write(.integer(Int64(query.offset)))
    }
}

extension Fragment {
    /// A WHERE with one more condition, or the first one.
    fileprivate func and(_ condition: Fragment?) -> Fragment {
        guard let condition else { return self }
        return self + (isEmpty ? " WHERE " : " AND ") + condition
    }
}
