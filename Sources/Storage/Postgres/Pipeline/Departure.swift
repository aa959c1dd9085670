import SQL

/// A read on its way.
final class Errand {
    /// What a caller leaves: its statement, and what to do with the answer.
    struct Call: Sendable {
        let statement: Statement
        let ticket: Ticket
        /// When it is told that there was no room for it.
        let boarding: Deadline
        /// Whether it changes something, which the failure of a neighbour would undo.
        let isChange: Bool
        let finish: @Sendable (Result<PostgresRows, any Error>) -> Void
    }

    let call: Call
    /// How often it was sent.
    var attempts = 0
    /// Whether it leaves with nobody; so does who was in a flight of several that failed.
    var isAlone: Bool
    /// Whether the caller has its answer; the server may still be at work.
    private(set) var isOver = false

    init(_ call: Call) { (self.call, isAlone) = (call, call.isChange) }

    func end(_ answer: Result<PostgresRows, any Error>) {
        if isOver { return }
        isOver = true
        call.finish(answer)
    }

    /// Whether one statement can ask for both.
    fileprivate func isLike(_ other: Errand) -> Bool {
        let (mine, theirs) = (call.statement, other.call.statement)
        guard let several = mine.several, several == theirs.several, mine.binds.count == theirs.binds.count else { return false }
        return mine.binds.indices.allSatisfy { $0 == several.bind || mine.binds[$0] == theirs.binds[$0] }
    }
}

/// Those who are asked for by one statement.
struct Party {
    var errands: [Errand]

    /// The statement for all of them.
    var statement: Statement {
        let first = errands[0].call.statement
        guard errands.count > 1, let several = first.several else { return first }
        var statement = Statement(sql: several.sql, binds: first.binds)
        statement.binds[several.bind] = .list(errands.compactMap(\.key))
        return statement
    }

    /// The rows of each.
    func rows(of result: PostgresResult) -> [PostgresRows] {
        guard errands.count > 1, let several = errands[0].call.statement.several else { return [PostgresRows(result)] }
        return errands.map { PostgresRows(result, result.row(of: $0.key ?? "", in: Int32(several.column))) }
    }

    fileprivate func takes(_ errand: Errand) -> Bool {
        errands.count < (errands[0].call.statement.several?.most ?? 1) && errands[0].isLike(errand)
    }
}

extension Errand {
    /// The id it asks for.
    fileprivate var key: String? {
        guard let several = call.statement.several, case .id(let id) = call.statement.binds[several.bind] else { return nil }
        return id
    }
}

/// Those who leave together.
struct Departure {
    var parties: [Party] = []
    /// When the server could begin with them.
    var since = ContinuousClock.now

    var errands: some Sequence<Errand> { parties.lazy.flatMap(\.errands) }

    /// Takes on board, of those who wait, who leaves next: so many statements at most, and one that leaves alone by itself.
    init(of waiting: inout [Errand], most: Int) {
        var left: [Errand] = []
        for (place, errand) in waiting.enumerated() {
            if errand.isAlone {
                if parties.isEmpty {
                    parties = [Party(errands: [errand])]
                    left = Array(waiting[(place + 1)...])
                } else {
                    left += waiting[place...]
                }
                break
            }
            if let party = parties.firstIndex(where: { $0.takes(errand) }) {
                parties[party].errands.append(errand)
            } else if parties.count < most {
                parties.append(Party(errands: [errand]))
            } else {
                left.append(errand)
            }
        }
        waiting = left
    }
}

extension PostgresResult {
    /// Where the row with that id is; an empty range where there is none.
    fileprivate func row(of id: String, in column: Int32) -> Range<Int32> {
        for row in 0..<Int32(clamping: rowCount) {
            if case .text(let bytes) = cell(row, column), id.utf8.elementsEqual(bytes) { return row..<row + 1 }
        }
        return 0..<0
    }
}
