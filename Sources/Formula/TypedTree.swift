package import Values

/// A formula whose names are resolved and whose types are checked: what both back ends read.
package struct TypedTree: Sendable {
    package let root: TypedNode
    /// The fields it reads, each once.
    package let fields: [FormulaField]
    package let blanks: BlankHandling
}

package struct TypedNode: Sendable {
    package let type: FormulaType
    package let form: Form
    /// The part of the formula that it stands for.
    package let syntax: Syntax

    /// The few forms that decide which of their parts are evaluated, and the call of everything in the function table.
    package indirect enum Form: Sendable {
        case literal(Value)
        /// The position of the field in `TypedTree.fields`.
        case field(Int)
        /// True when all are true; blank counts as false.
        case all([TypedNode])
        /// True when one is true; blank counts as false.
        case any([TypedNode])
        /// The value of the first branch whose condition is true, else `otherwise`.
        case choose([Branch], otherwise: TypedNode)
        /// The value of the first branch whose test equals the subject, else `otherwise`.
        case match(TypedNode, [Branch], otherwise: TypedNode)
        /// The first, or the second where the first is blank.
        case coalesce(TypedNode, TypedNode)
        /// The first, or the second where the first fails.
        case rescue(TypedNode, TypedNode)
        case call(Overload, [TypedNode])
    }

    package struct Branch: Sendable {
        package let test: TypedNode
        package let value: TypedNode
    }
}

extension TypedNode {
    var base: Base { type.base }
    var place: Place { syntax.place }

    var children: [TypedNode] {
        switch form {
        case .literal, .field: []
        case .all(let parts), .any(let parts), .call(_, let parts): parts
        case .choose(let branches, let otherwise): branches.flatMap { [$0.test, $0.value] } + [otherwise]
        case .match(let subject, let branches, let otherwise):
            [subject] + branches.flatMap { [$0.test, $0.value] } + [otherwise]
        case .coalesce(let a, let b), .rescue(let a, let b): [a, b]
        }
    }

    /// May evaluating it fail on some record?
    var mayFail: Bool {
        switch form {
        case .rescue(_, let other): other.mayFail
        case .call(let overload, _) where overload.mayFail: true
        default: children.contains(where: \.mayFail)
        }
    }

    func contains(_ condition: (TypedNode) -> Bool) -> Bool {
        condition(self) || children.contains { $0.contains(condition) }
    }

    /// What a subject and its tests are compared as.
    static func compared(_ subject: TypedNode, _ branches: [Branch]) -> Base {
        ([subject] + branches.map(\.test)).lazy.map(\.base).first { $0 != .null } ?? .null
    }

    var literal: Value? { if case .literal(let value) = form { value } else { nil } }
}
