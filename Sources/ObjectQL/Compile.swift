import Metadata
package import SQL
import Values

extension ResolvedQuery {
    /// Writes the one statement that answers the query, and the one that counts, where it asked for a count.
    ///
    /// - Parameter seal: the signature that the server puts under its cursors; without it no cursor is taken.
    package func compile(
        _ dialect: Dialect, seal: (([UInt8]) -> [UInt8])? = nil
    ) throws(QueryProblem) -> CompiledQuery {
        guard let cursor else { return try compile(dialect, after: nil) }
        let start = try Cursor(cursor, seal: seal)
        return try compile(dialect, after: start).continued(after: start)
    }

    /// The query with the places for a cursor's keys left open: it serves every page whose cursor has its nulls where this one has.
    package func compile(_ dialect: Dialect, after start: Cursor?) throws(QueryProblem) -> CompiledQuery {
        var writer = SQLWriter(dialect)
        let frame = writer.frame(for: self)
        let source = try writer.part { part throws(QueryProblem) in try part.source(self, frame, tables: tables.count) }
        let filter = try writer.part { part throws(QueryProblem) in try part.filter(self, frame) }
        if groups == nil {
            try writer.records(self, frame, source, filter, after: start)
        } else {
            try writer.groups(self, frame, source, filter)
        }
        return CompiledQuery(
            self, writer.fragment.statement(dialect), count: try count(dialect, filter),
            cursorColumns: canContinue ? order.map { ($0.output, $0.term.type) } : [], fingerprint: fingerprint(of: filter))
    }

    /// Groups and ranks have no place that a cursor could name.
    private var canContinue: Bool { groups == nil && !isRanked }

    private func count(_ dialect: Dialect, _ filter: Fragment) throws(QueryProblem) -> Statement? {
        guard wantsCount else { return nil }
        var writer = SQLWriter(dialect)
        let frame = writer.frame(for: self)
        if groups == nil {
            writer.write("SELECT COUNT(*)")
            try writer.source(self, frame, tables: filterTables)
            writer.write(filter)
        } else {
            let source = try writer.part { part throws(QueryProblem) in try part.source(self, frame, tables: tables.count) }
            writer.write("SELECT COUNT(*)")
            try writer.groupedRows(self, frame, source, filter)
        }
        return writer.fragment.statement(dialect)
    }

    private func fingerprint(of filter: Fragment) -> String {
        var print = Fingerprint()
        print.combine(object.name)
        print.combine(filter)
        for sort in order { print.combine("\(sort.term.name) \(sort.descending) \(sort.nullsFirst)") }
        return print.text
    }
}

extension Shape {
    init(_ members: [ObjectQL.Member], _ outputs: [Output]) {
        self.init(
            members: members.map { member in
                switch member {
                case .value(let name, let output) where outputs[output].isEncrypted: .sealed(name: name, column: output)
                case .value(let name, let output): .cell(name: name, column: output, outputs[output].type)
                case .parent(let name, let presence, let members):
                    .parent(name: name, presence: presence, Shape(members, outputs))
                case .children(let name, let output): .children(name: name, column: output)
                }
            })
    }
}
