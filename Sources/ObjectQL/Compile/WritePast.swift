import Metadata
import SQL
import Values

// What the change log tells of the past. Its entries hold the changed fields, before and after, as JSON.

extension SQLWriter {
    static let log = "martlet_change"

    mutating func changed(_ change: LoggedChange, _ frame: Frame) {
        write("EXISTS (SELECT 1 FROM \(quoted(SQLWriter.log)) AS l WHERE l.\"RecordId\" = ")
        write("Id", of: frame.aliases[0])
        // An entry of a record's beginning has nothing before it.
        write(" AND \(holds("Before", change.field))" as Fragment)
        if let from = change.from { write(" AND \(equals("Before", change.field, from))" as Fragment) }
        if let to = change.to { write(" AND \(equals("After", change.field, to))" as Fragment) }
        if let start = change.start { write(" AND l.\"At\" >= \(start)" as Fragment) }
        if let end = change.end { write(" AND l.\"At\" < \(end)" as Fragment) }
        write(")")
    }

    /// That the JSON of an entry has the field at all.
    private func holds(_ column: String, _ field: String) -> Fragment {
        switch dialect {
        case .sqlite: "json_type(l.\(name: column), '$.\(Fragment(sql: quoted(field)))') IS NOT NULL"
        case .postgres: "jsonb_exists(l.\(name: column), '\(Fragment(sql: field))')"
        }
    }

    private func equals(_ column: String, _ field: String, _ value: LoggedValue) -> Fragment {
        let text: Fragment =
            switch dialect {
            case .sqlite: "json_extract(l.\(name: column), '$.\(Fragment(sql: quoted(field)))')"
            case .postgres: "(l.\(name: column)->>'\(Fragment(sql: field))')"
            }
        switch (value, dialect) {
        case (.null, _): return "\(text) IS NULL"
        case (.text(let bind), .sqlite): return "\(text) = \(bind)"
        case (.text(let bind), .postgres): return "\(text) = (\(bind))::text"
        case (.number(let number), .sqlite): return "\(text) = \(.real(number))"
        case (.number(let number), .postgres): return "\(text)::float8 = \(.real(number))"
        case (.bool(let bool), .sqlite): return "\(text) = \(.bool(bool))"
        case (.bool(let bool), .postgres): return "\(text) = '\(Fragment(sql: bool ? "true" : "false"))'"
        }
    }
}

extension SQLWriter {
    /// The table of an object, or its records as they were: what was changed since is taken from before the first change.
    mutating func table(_ object: ObjectDefinition, asOf end: Bind?) {
        guard let end else { return write(quoted(object.name)) }
        write("(SELECT ")
        for (index, field) in object.fields.filter({ !$0.isComputed }).enumerated() {
            if index > 0 { write(", ") }
            past(field.name, field.column, isLogged: field.isLogged, end)
            if let column = field.typeColumn {
                write(", ")
                past(column, .text, isLogged: true, end)
            }
        }
        write(" FROM \(name: object.name) AS o WHERE o.\"CreatedDate\" < \(end))" as Fragment)
    }

    private mutating func past(_ column: String, _ type: ColumnType, isLogged: Bool, _ end: Bind) {
        guard isLogged else { return write("o.\(name: column)" as Fragment) }
        let entry: Fragment =
            "FROM \(name: SQLWriter.log) AS l WHERE l.\"RecordId\" = o.\"Id\" AND l.\"At\" >= \(end) AND \(holds("Before", column))"
        write(
            """
            CASE WHEN EXISTS (SELECT 1 \(entry)) THEN (SELECT \(before(column, type)) \(entry) ORDER BY l."Id" LIMIT 1) \
            ELSE o.\(name: column) END AS \(name: column)
            """ as Fragment)
    }

    /// The logged value in the form of its column.
    private func before(_ column: String, _ type: ColumnType) -> Fragment {
        let field = Fragment(sql: column)
        switch (dialect, type) {
        case (.sqlite, .decimal(_, let scale)):
            return "martlet_units(l.\"Before\", '\(field)', \(Fragment(sql: String(scale))))"
        case (.sqlite, .datetime): return "martlet_instant(json_extract(l.\"Before\", '$.\(Fragment(sql: quoted(column)))'))"
        case (.sqlite, _): return "json_extract(l.\"Before\", '$.\(Fragment(sql: quoted(column)))')"
        case (.postgres, .list):
            return """
                (SELECT array_agg(e) FROM jsonb_array_elements_text(CASE jsonb_typeof(l."Before"->'\(field)') WHEN 'array' \
                THEN l."Before"->'\(field)' END) AS e)
                """
        case (.postgres, .json): return "l.\"Before\"->'\(field)'"
        case (.postgres, _): return "(l.\"Before\"->>'\(field)')::\(Fragment(sql: type.declaration(.postgres)))"
        }
    }
}

extension FieldDefinition {
    /// Whether the change log tells its values: not of what stands in an entry itself, nor of secrets.
    fileprivate var isLogged: Bool {
        type != .encrypted && type != .id
            && !["CreatedDate", "CreatedById", "LastModifiedDate", "LastModifiedById", "Version"].contains(name)
    }
}
