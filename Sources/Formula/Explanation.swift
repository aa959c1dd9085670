package import SQL
package import Values

/// What a formula is made of and how it runs: the answer of `martlet formula explain`.
package struct FormulaExplanation: Sendable {
    package let type: FormulaType
    /// The formula in canonical form.
    package let canonical: String
    /// The typed tree, one part a line, indented by its depth.
    package let tree: String
    /// The paths of the fields it reads.
    package let dependencies: [String]
    /// The SQL for each database, with the columns named after the fields; or why there is none.
    package let sql: [Dialect: String]

    package var json: JSON {
        [
            "type": .string(type.rawValue), "formula": .string(canonical), "dependencies": .array(dependencies.map(JSON.string)),
            "tree": .array(tree.split(separator: "\n").map { .string(String($0)) }),
            "sql": [
                "sqlite": .string(sql[.sqlite] ?? ""), "postgres": .string(sql[.postgres] ?? ""),
            ],
        ]
    }
}

extension CompiledFormula {
    package var explanation: FormulaExplanation {
        FormulaExplanation(
            type: type, canonical: tree.root.syntax.description, tree: tree.root.outline(0), dependencies: fields.map(\.name),
            sql: Dictionary(uniqueKeysWithValues: Dialect.allCases.map { ($0, shownSQL($0)) }))
    }

    private func shownSQL(_ dialect: Dialect) -> String {
        let sql = try? self.sql(dialect) { "\(name: fields[$0].name)" }
        return sql.map(\.shown) ?? sqlObstacle ?? ""
    }
}

extension FormulaField {
    /// `Account.Owner.Name`
    package var name: String { path.joined(separator: ".") }
}

extension TypedNode {
    fileprivate func outline(_ depth: Int) -> String {
        let head = String(repeating: "  ", count: depth) + "\(label): \(type.rawValue)"
        return ([head] + children.map { $0.outline(depth + 1) }).joined(separator: "\n")
    }

    private var label: String {
        switch form {
        case .literal, .field: syntax.description
        case .all: "AND"
        case .any: "OR"
        case .choose: "IF"
        case .match: "CASE"
        case .coalesce: "BLANKVALUE"
        case .rescue: "IFERROR"
        case .call(let overload, _): overload.name
        }
    }
}

extension Fragment {
    /// The text with the bound values in their places, for readers.
    fileprivate var shown: String {
        pieces.map { piece in
            switch piece {
            case .text(let text): text
            case .bind(.text(let text)):
                "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
            case .bind(.late(let late)): ":\(late)"
            case .bind(let bind): "\(bind)"
            }
        }.joined()
    }
}
