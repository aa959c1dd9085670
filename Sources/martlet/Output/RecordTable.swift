import Values

/// Records as a table: parents become columns of their own (`Account.Name`), children a number or their JSON.
struct RecordTable {
    fileprivate struct Column {
        let name: String
        let values: [JSON]
    }

    private let columns: [Column]
    private let count: Int

    init(_ records: [JSON]) {
        let rows = records.map { Self.cells(of: $0, under: "") }
        var names: [String] = []
        var known: Set<String> = []
        for (name, _) in rows.joined() where known.insert(name).inserted { names.append(name) }
        let cells = rows.map { Dictionary($0) { first, _ in first } }
        // A parent that is not there is null, beside the columns of those that are.
        columns = names.filter { name in !names.contains { $0.hasPrefix(name + ".") } }
            .map { name in Column(name: name, values: cells.map { $0[name] ?? .null }) }
        count = records.count
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
    /// Lines for a terminal; they are cut where it ends.
    func lines(width: Int?) -> [String] {
        if columns.isEmpty { return [] }
        let drawn = columns.map(\.drawn)
        return (0..<count + 2).map { row in
            let line = drawn.map { $0[row] }.joined(separator: "  ")
            let end = line.lastIndex { $0 != " " }.map(line.index(after:)) ?? line.startIndex
            return width.map { String(line[..<end]).cut(to: $0) } ?? String(line[..<end])
        }
    }

    /// RFC 4180: a line of names, then a line for each record.
    var csv: String {
        if columns.isEmpty { return "" }
        let lines = [columns.map(\.name)] + (0..<count).map { row in columns.map { $0.field(row) } }
        return lines.map { $0.map(\.quotedForCSV).joined(separator: ",") + "\r\n" }.joined()
    }
}

extension RecordTable.Column {
    private static let widest = 60

    /// Its name, a line, and its values, all of one width.
    fileprivate var drawn: [String] {
        let texts = values.map { text($0).cut(to: Self.widest) }
        let width = min(Self.widest, ([name] + texts).map(\.count).max() ?? 0)
        let isNumeric = values.contains { $0.number != nil } && values.allSatisfy { $0.isNull || $0.number != nil }
        return [name.cut(to: width), String(repeating: "-", count: width)].map { $0.padded(to: width, right: isNumeric) }
            + texts.map { $0.padded(to: width, right: isNumeric) }
    }

    fileprivate func field(_ row: Int) -> String {
        if case .number(let number) = values[row] { return number.text(scale: scale) }
        return values[row].isNull ? "" : values[row].string ?? values[row].description
    }

    /// The most digits that a number of the column has after its point.
    private var scale: Int { values.lazy.compactMap { $0.number.map { -Int($0.exponent) } }.reduce(0, max) }

    private func text(_ value: JSON) -> String {
        switch value {
        case .null: ""
        case .string(let text): text.onOneLine
        case .number(let number): number.text(scale: scale)
        case .array(let items) where items.contains { $0.object != nil }: "(\(items.count))"
        case .array(let items): items.map { $0.string ?? $0.description }.joined(separator: ", ").onOneLine
        default: value.description
        }
    }
}

extension String {
    /// Without line breaks and without anything that a terminal would take for a command.
    fileprivate var onOneLine: String {
        String(String.UnicodeScalarView(unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
    }

    fileprivate func cut(to width: Int) -> String { count > width ? String(prefix(max(0, width - 1))) + "…" : self }

    fileprivate func padded(to width: Int, right: Bool) -> String {
        let space = String(repeating: " ", count: max(0, width - count))
        return right ? space + self : self + space
    }

    fileprivate var quotedForCSV: String {
        let isPlain = !unicodeScalars.contains { $0 == "," || $0 == "\"" || $0 == "\n" || $0 == "\r" }
        return isPlain ? self : "\"" + replacing("\"", with: "\"\"") + "\""
    }
}
