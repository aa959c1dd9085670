import Metadata
import ObjectQL
import SQL
import Values

/// The summary fields of a parent over the children that reach it through one lookup.
struct RollUps: Sendable {
    let parent: String
    /// Where the lookup stands in the child.
    let foreignKey: Int
    let fields: [RollUp]

    /// Those over an object, for all its parents.
    static func all(over child: ObjectDefinition, in registry: Registry, dialect: Dialect) throws(Problem) -> [RollUps] {
        var all: [RollUps] = []
        for parent in registry.objects {
            var byKey: [Int: [RollUp]] = [:]
            for (position, field) in parent.fields.enumerated() {
                guard let summary = field.summary, summary.object == child.name, let key = child.position(of: summary.foreignKey)
                else { continue }
                let rollUp = try RollUp(summary, field, at: position, over: child, in: registry, dialect: dialect)
                byKey[key, default: []].append(rollUp)
            }
            all += byKey.sorted { $0.key < $1.key }.map { RollUps(parent: parent.name, foreignKey: $0.key, fields: $0.value) }
        }
        return all
    }
}

/// A summary field of a parent, seen from the children it sums up.
struct RollUp: Sendable {
    let field: FieldDefinition
    /// Where the field stands in the parent.
    let position: Int
    /// The positions in the child that the result depends on, besides the lookup; nil where that cannot be told.
    let reads: [Int]?
    let tally: Tally?
    let extreme: Extreme?
    /// The parent's id and the result, for the parents given as `:ids`, at most `batch` of them.
    let query: CompiledQuery
    let keyColumn: Int
    let resultColumn: Int
    private let resultType: ColumnType

    static let batch = 1_000

    init(
        _ summary: SummaryDefinition, _ field: FieldDefinition, at position: Int, over child: ObjectDefinition,
        in registry: Registry, dialect: Dialect
    ) throws(Problem) {
        (self.field, self.position) = (field, position)
        let reads = summary.reads(of: child)
        self.reads = reads.contains { child.fields[$0].isComputed } ? nil : reads
        (tally, extreme) = (Tally(summary, over: child), Extreme(summary, over: child))
        query = try RollUp.query(summary, registry, dialect)
        let cells = query.shape.members.compactMap { member -> (column: Int, type: ColumnType)? in
            if case .cell(_, let column, let type) = member { (column, type) } else { nil }
        }
        guard cells.count == 2 else {
            throw Problem(.failure, "internal", "The roll-up \(field.name) cannot be computed")
        }
        (keyColumn, resultColumn, resultType) = (cells[0].column, cells[1].column, cells[1].type)
    }

    /// The result for a parent without children.
    var blank: Value { [.count, .sum].contains(field.summary?.function) ? .number(.zero) : .null }

    /// What the values in the database were computed by: other words, other values.
    var definition: String { query.statement.sql + "\n" + query.statement.binds.map { "\($0)" }.joined(separator: ", ") }

    /// A result as the field holds it: an average is rounded to the field's scale.
    func value(_ cell: Cell) -> Value {
        guard case .number(let number) = resultType.value(cell) else { return resultType.value(cell) }
        return .number(number.rounded(to: field.scale))
    }

    private static func query(_ summary: SummaryDefinition, _ registry: Registry, _ dialect: Dialect) throws(Problem)
        -> CompiledQuery
    {
        do throws(QueryProblem) {
            return try Query(rollUp: summary, keys: "ids").resolve(in: QueryScope(registry: registry)).compile(dialect)
        } catch { throw Problem(error) }
    }
}

extension SummaryDefinition {
    /// The positions in the child of the fields it reads, besides the lookup.
    func reads(of child: ObjectDefinition) -> [Int] {
        ([field].compactMap { $0 } + (filter?.fields ?? [])).compactMap(child.position)
    }
}

extension FilterTree {
    /// The fields it reads.
    var fields: [String] {
        switch self {
        case .all(let parts), .any(let parts): parts.flatMap(\.fields)
        case .not(let part): part.fields
        case .compare(let field, _, .field(let other)): [field, other]
        case .compare(let field, _, _): [field]
        }
    }
}
