import SQL
import Values

// Related records come as one JSON text in its final form, made by the database.

extension SQLWriter {
    mutating func children(_ query: ResolvedQuery, of parent: Frame) throws(QueryProblem) {
        var frame = frame(for: query)
        frame.here = parent.aliases[0]
        switch dialect {
        case .sqlite: try sqliteChildren(query, frame)
        case .postgres: try postgresChildren(query, frame)
        }
    }

    /// SQLite computes what is selected before it sorts: only the records that remain are to be written as JSON.
    private mutating func sqliteChildren(_ query: ResolvedQuery, _ frame: Frame) throws(QueryProblem) {
        write("(SELECT ")
        try sqliteRecord(query.members, query, function: "martlet_records") { writer, index throws(QueryProblem) in
            writer.write("r.c\(index)")
        }
        write(" FROM (SELECT ")
        for (index, member) in query.members.enumerated() {
            if index > 0 { write(", ") }
            try value(member, query, frame)
            write(" AS c\(index)")
        }
        if query.members.isEmpty { write("1") }
        try pick(query, frame)
    }

    private mutating func postgresChildren(_ query: ResolvedQuery, _ frame: Frame) throws(QueryProblem) {
        write("(SELECT '[' || COALESCE(string_agg(r.j, ','), '') || ']' FROM (SELECT ")
        try postgresRecord(query.members, query, frame)
        write(" AS j")
        try pick(query, frame)
    }

    /// Which records, and in which order.
    private mutating func pick(_ query: ResolvedQuery, _ frame: Frame) throws(QueryProblem) {
        try source(query, frame, tables: query.tables.count)
        try filter(query, frame)
        try order(query, frame) { writer, sort throws(QueryProblem) in try writer.write(sort.term.expr, frame) }
        page(query, limit: String(query.limit))
        write(") AS r)")
    }

    /// A record as JSON.
    private mutating func record(_ members: [Member], _ query: ResolvedQuery, _ frame: Frame) throws(QueryProblem) {
        switch dialect {
        case .sqlite:
            try sqliteRecord(members, query) { writer, index throws(QueryProblem) in
                try writer.value(members[index], query, frame)
            }
        case .postgres: try postgresRecord(members, query, frame)
        }
    }

    /// Databases limit how deep an expression may be, and how many arguments a function may have.
    private static let chunk = 32

    /// `value` writes the value of a member, by its place. What takes more than one call becomes the only value of the last.
    private mutating func sqliteRecord(
        _ members: [Member], _ query: ResolvedQuery, function: String = "martlet_record",
        value: (inout Self, Int) throws(QueryProblem) -> Void
    ) throws(QueryProblem) {
        guard members.count > SQLWriter.chunk else { return try record(members[...], query, function, ("{", "}"), value) }
        write("\(function)('\(RecordForm.json)', ")
        for start in stride(from: 0, to: members.count, by: SQLWriter.chunk) {
            if start > 0 { write(" || ") }
            let part = members[start..<min(start + SQLWriter.chunk, members.count)]
            try record(
                part, query, "martlet_record", (start == 0 ? "{" : ",", part.endIndex == members.endIndex ? "}" : ""), value)
        }
        write(")")
    }

    private mutating func record(
        _ members: ArraySlice<Member>, _ query: ResolvedQuery, _ function: String, _ ends: (String, String),
        _ value: (inout Self, Int) throws(QueryProblem) -> Void
    ) throws(QueryProblem) {
        write("\(function)(")
        write(literal: ends.0 + members.map { JSONWriter.keyText($0.name) + $0.mark(query) }.joined(separator: ",") + ends.1)
        for index in members.indices {
            write(", ")
            try value(&self, index)
        }
        write(")")
    }

    /// `'{"Name":' || ... || '}'`
    private mutating func postgresRecord(_ members: [Member], _ query: ResolvedQuery, _ frame: Frame) throws(QueryProblem) {
        for (index, member) in members.enumerated() {
            write(index == 0 ? "('{" : index % SQLWriter.chunk == 0 ? ") || (" : " || ")
            if index > 0 { write("',") }
            write(inLiteral: JSONWriter.keyText(member.name))
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
            guard dialect == .postgres else { return try write(expr, frame) }
            write(output.type.postgresJSON(try part { writer throws(QueryProblem) in try writer.write(expr, frame) }))
        }
    }
}

extension Member {
    /// Where SQLite is to put it.
    fileprivate func mark(_ query: ResolvedQuery) -> String {
        guard case .value(_, let output) = self, case .expr = query.outputs[output].value else { return RecordForm.json }
        return RecordForm.mark(query.outputs[output].type)
    }
}

extension JSONWriter {
    fileprivate static func keyText(_ name: String) -> String { String(decoding: key(name), as: UTF8.self) }
}

extension ColumnType {
    /// A value's JSON text, as in an answer; `null` where it is null.
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
