import Metadata
import Values

/// The earliest or latest moment among the children, where a change alone may tell whether it moves.
///
/// What is later than the latest is the latest. Only where the latest itself goes all children have to be asked.
struct Extreme: Sendable {
    private let field: Int
    private let isLatest: Bool
    private let shares: Shares

    init?(_ summary: SummaryDefinition, over child: ObjectDefinition) {
        guard [.min, .max].contains(summary.function), let field = summary.field.flatMap(child.position),
            [.date, .datetime, .time].contains(child.fields[field].type), let shares = Shares(summary, over: child)
        else { return nil }
        (self.field, self.shares, isLatest) = (field, shares, summary.function == .max)
    }

    /// What the changes bring to a parent's children, and what they take from them: of each the most extreme.
    struct Move {
        var brought: Value?
        var taken: Value?
    }

    /// For each parent.
    func moves(of changes: [Change], through foreignKey: Int, _ session: Session) -> [String: Move] {
        var moves: [String: Move] = [:]
        for change in changes {
            let (old, new) = (share(of: change.old, foreignKey, session), share(of: change.new, foreignKey, session))
            if let old, let new, old == new { continue }
            if let old { moves[old.parent, default: Move()].taken = farther(moves[old.parent]?.taken, old.value) }
            if let new { moves[new.parent, default: Move()].brought = farther(moves[new.parent]?.brought, new.value) }
        }
        return moves
    }

    /// The result after a move; nil where that cannot be told from it.
    func result(_ value: Value, after move: Move) -> Value? {
        let result = move.brought.map { value.isNull ? $0 : farther(value, $0) } ?? value
        guard let taken = move.taken else { return result }
        // What goes was not the result before, or what comes lies beyond it.
        return !value.isNull && isBeyond(result, taken) ? result : nil
    }

    private func share(of record: Record?, _ foreignKey: Int, _ session: Session) -> Share? {
        guard let record, let parent = record.values[foreignKey].text, shares.counts(record, session),
            !record.values[field].isNull
        else { return nil }
        return Share(parent: parent, value: record.values[field])
    }

    private struct Share: Equatable {
        let parent: String
        let value: Value
    }

    private func farther(_ a: Value?, _ b: Value) -> Value { a.map { isBeyond($0, b) ? $0 : b } ?? b }

    private func isBeyond(_ a: Value, _ b: Value) -> Bool {
        switch (a, b) {
        case (.date(let a), .date(let b)): isLatest ? a > b : a < b
        case (.datetime(let a), .datetime(let b)): isLatest ? a > b : a < b
        case (.time(let a), .time(let b)): isLatest ? a > b : a < b
        default: false
        }
    }
}
