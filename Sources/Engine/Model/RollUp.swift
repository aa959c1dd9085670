import Metadata
import ObjectQL
import SQL
import Values

/// A summary field of a parent, seen from the children it sums up.
struct RollUp: Sendable {
    let parent: String
    /// Where the field stands in the parent, and the lookup in the child.
    let field: FieldDefinition
    let position: Int
    let foreignKey: Int
    /// The positions in the child that the result depends on, besides the lookup.
    let reads: [Int]
    /// The parent's id and the result, for the parents given as `:ids`, at most `batch` of them.
    let query: CompiledQuery

    static let batch = 1_000

    /// The roll-ups over an object, for all its parents.
    static func all(over child: ObjectDefinition, in registry: Registry, dialect: Dialect) throws(Problem) -> [RollUp] {
        var rollUps: [RollUp] = []
        for parent in registry.objects {
            for (position, field) in parent.fields.enumerated() {
                guard let summary = field.summary, summary.object == child.name,
                    let foreignKey = child.position(of: summary.foreignKey)
                else { continue }
                rollUps.append(
                    RollUp(
                        parent: parent.name, field: field, position: position, foreignKey: foreignKey,
                        reads: ([summary.field].compactMap { $0 } + (summary.filter?.fields ?? [])).compactMap(child.position),
                        query: try query(summary, registry, dialect)))
            }
        }
        return rollUps
    }

    private static func query(_ summary: SummaryDefinition, _ registry: Registry, _ dialect: Dialect) throws(Problem)
        -> CompiledQuery
    {
        do throws(QueryProblem) {
            return try Query(rollUp: summary, keys: "ids").resolve(in: QueryScope(registry: registry)).compile(dialect)
        } catch { throw Problem(error) }
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
