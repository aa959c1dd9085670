import SQL
import Values

// Related records come as one JSON text in its final form, made by the database.

extension SQLWriter {
    mutating func children(_ query: ResolvedQuery, of parent: Frame) throws(QueryProblem) {
        var frame = frame(for: query)
        frame.here = parent.aliases[0]
        let join = dialect == .sqlite ? "group_concat" : "string_agg"
        write("(SELECT '[' || COALESCE(\(join)(r.j, ','), '') || ']' FROM (SELECT ")
        try record(query.members, query, frame)
        write(" AS j")
        try source(query, frame, tables: query.tables.count)
        try filter(query, frame)
        try order(query, frame) { writer, sort throws(QueryProblem) in try writer.write(sort.term.expr, frame) }
        page(query, limit: String(query.limit))
        write(") AS r)")
    }

    /// `'{"Name":' || ... || '}'`; in chunks, since databases limit how deep an expression may be.
    private mutating func record(_ members: [Member], _ query: ResolvedQuery, _ frame: Frame) throws(QueryProblem) {
        let chunk = 32
        for (index, member) in members.enumerated() {
            write(index == 0 ? "('{" : index % chunk == 0 ? ") || (" : " || ")
            if index > 0 { write("',") }
            write(inLiteral: String(decoding: JSONWriter.key(member.name), as: UTF8.self))
            write("' || ")
            try value(member, query, frame)
        }
        write(members.isEmpty ? "'{}'" : " || '}')")
    }

    /// What is shown of a parent, by its object.
    mutating func write(_ variants: [Output.Variant], _ frame: Frame) throws(QueryProblem) {
        write("CASE")
        for variant in variants {
            write(" WHEN ")
            try write(variant.presence, frame)
            write(" IS NOT NULL THEN ")
            try record(variant.record.members, variant.record, frame)
        }
        write(" ELSE 'null' END")
    }

    private mutating func value(_ member: Member, _ query: ResolvedQuery, _ frame: Frame) throws(QueryProblem) {
        switch member {
        case .value(_, let output): try json(query.outputs[output], frame)
        case .children(_, let output): try json(query.outputs[output], frame)
        case .parent(_, let presence, let members):
            guard case .expr(let id) = query.outputs[presence].value else { return }
            write("CASE WHEN ")
            try write(id, frame)
            write(" IS NULL THEN 'null' ELSE ")
            try record(members, query, frame)
            write(" END")
        }
    }

    private mutating func json(_ output: Output, _ frame: Frame) throws(QueryProblem) {
        switch output.value {
        case .children(let query): try children(query, of: frame)
        case .variants(let variants): try write(variants, frame)
        case .expr(let expr):
            let value = try part { writer throws(QueryProblem) in try writer.write(expr, frame) }
            write(dialect == .sqlite ? output.type.sqliteJSON(value) : output.type.postgresJSON(value))
        }
    }
}

extension ColumnType {
    /// A value's JSON text, as in an answer; `null` where it is null.
    fileprivate func sqliteJSON(_ value: Fragment) -> Fragment {
        switch self {
        case .id, .text, .date, .time: "json_quote(\(value))"
        case .decimal(_, let scale) where scale > 0:
            "COALESCE(martlet_decimal(\(value), \(Fragment(sql: String(scale)))), 'null')"
        case .integer, .decimal, .list, .json: "COALESCE(\(value), 'null')"
        case .real: "COALESCE(martlet_number(\(value)), 'null')"
        case .boolean: "CASE \(value) WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE 'null' END"
        case .datetime: "COALESCE('\"' || martlet_datetime(\(value)) || '\"', 'null')"
        case .bytes: "'null'"
        }
    }

    fileprivate func postgresJSON(_ value: Fragment) -> Fragment {
        switch self {
        case .id, .text, .date, .list: "COALESCE(to_json(\(value))::text, 'null')"
        case .time: "COALESCE('\"' || to_char(\(value), 'HH24:MI:SS.MS') || '\"', 'null')"
        case .integer, .decimal, .real, .boolean, .json: "COALESCE((\(value))::text, 'null')"
        case .datetime:
            """
            COALESCE('"' || regexp_replace(to_char(\(value) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), \
            '(\\.000000|000)$', '') || 'Z"', 'null')
            """
        case .bytes: "'null'"
        }
    }
}
