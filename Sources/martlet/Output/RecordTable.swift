import Values

/// Records as a table: parents become columns of their own (`Account.Name`), children a number or their JSON.
struct RecordTable {
    private(set) var columns: [String] = []
    private var rows: [[String: JSON]] = []

    init(_ records: [JSON]) {
        var known: Set<String> = []
        for record in records {
            var row: [String: JSON] = [:]
            for (name, value) in Self.cells(of: record, under: "") {
                if known.insert(name).inserted { columns.append(name) }
                row[name] = value
            }
            rows.append(row)
        }
        // A parent that is not there is null, beside the columns of those that are.
        let all = columns
        columns.removeAll { name in all.contains { $0.hasPrefix(name + ".") } }
    }

    private static func cells(of record: JSON, under prefix: String) -> [(String, JSON)] {
        guard case .object(let members) = record else { return [] }
        return members.flatMap { name, value -> [(String, JSON)] in
            if case .object = value { return cells(of: value, under: prefix + name + ".") }
            return [(prefix + name, value)]
        }
    }
}

extension RecordTable {
    private static let widest = 60

    /// Lines for a terminal; they are cut where it ends.
    func lines(width: Int?) -> [String] {
        if rows.isEmpty { return [] }
        let texts = rows.map { row in columns.map { Self.text(row[$0] ?? .null) } }
        let widths = columns.indices.map { index in
            min(Self.widest, max(columns[index].count, texts.map { $0[index].count }.max() ?? 0))
        }
        let numeric = columns.map { name in
            rows.allSatisfy { $0[name]?.isNumberOrNull ?? true } && rows.contains { $0[name]?.number != nil }
        }
        func line(_ cells: [String]) -> String {
            let padded = cells.indices.map { Self.padded(cells[$0], widths[$0], right: numeric[$0]) }
            let full = Self.trimmed(padded.joined(separator: "  "))
            return width.map { full.count > $0 ? String(full.prefix($0 - 1)) + "…" : full } ?? full
        }
        return [line(columns), line(widths.map { String(repeating: "-", count: $0) })] + texts.map(line)
    }

    private static func text(_ value: JSON) -> String {
        switch value {
        case .null: ""
        case .string(let text): text.replacing("\n", with: " ")
        case .array(let items) where items.contains { $0.object != nil }: "(\(items.count))"
        case .array(let items): items.map { $0.string ?? $0.description }.joined(separator: ", ")
        default: value.description
        }
    }

    private static func padded(_ text: String, _ width: Int, right: Bool) -> String {
        if text.count > width { return String(text.prefix(width - 1)) + "…" }
        let space = String(repeating: " ", count: width - text.count)
        return right ? space + text : text + space
    }

    private static func trimmed(_ line: String) -> String {
        String(line[..<(line.lastIndex { $0 != " " }.map(line.index(after:)) ?? line.startIndex)])
    }
}

extension RecordTable {
    /// RFC 4180: a line of names, then a line for each record.
    var csv: String {
        let lines = [columns] + rows.map { row in columns.map { Self.field(row[$0] ?? .null) } }
        return columns.isEmpty ? "" : lines.map { $0.map(Self.quoted).joined(separator: ",") + "\r\n" }.joined()
    }

    private static func field(_ value: JSON) -> String { value.isNull ? "" : value.string ?? value.description }

    private static func quoted(_ field: String) -> String {
        let isPlain = !field.unicodeScalars.contains { $0 == "," || $0 == "\"" || $0 == "\n" || $0 == "\r" }
        return isPlain ? field : "\"" + field.replacing("\"", with: "\"\"") + "\""
    }
}

extension JSON {
    fileprivate var isNumberOrNull: Bool { isNull || number != nil }
}
