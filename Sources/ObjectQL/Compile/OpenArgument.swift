package import SQL
package import Values

/// A place in a statement for a value that is given with the query: one compiled query serves many values.
struct OpenArgument: Sendable {
    let name: String
    /// The column that the value is compared with.
    let type: ColumnType
    /// Stands for a list of texts or ids.
    let isList: Bool

    /// The value as it is put into the place. Nil where it would make another statement: nothing, a date word, a day where
    /// moments are stored, a number with more digits than the column has; and where it is none of the column's.
    fileprivate func bind(_ value: JSON) -> Bind? {
        guard isList else { return exact(value) }
        guard case .array(let items) = value else { return nil }
        var texts: [String] = []
        for item in items {
            switch exact(item) {
            case .text(let text), .id(let text): texts.append(text)
            default: return nil
            }
        }
        return .list(texts)
    }

    private func exact(_ value: JSON) -> Bind? {
        let term = ResolvedTerm(expr: .bind(.null), type: type, names: [name])
        guard case .value(let value)? = try? Operand(value, of: BindVariable(name)),
            case .exact(let bind)? = try? term.bound(value, zone: .utc, at: .top)
        else { return nil }
        return bind
    }
}

extension CompiledQuery {
    /// The values for the places that the statement leaves open, by name; nil where they need a statement of their own.
    package func arguments(_ values: JSON.Members) -> [String: Bind]? {
        var binds: [String: Bind] = [:]
        var room = valuesLeft
        for argument in open {
            guard let value = values[argument.name], let bind = argument.bind(value) else { return nil }
            // The same value may be of two forms, where it is compared with columns of two types.
            if let known = binds[argument.name], known != bind { return nil }
            if case .list(let items) = bind { room -= items.count }
            binds[argument.name] = bind
        }
        return room < 0 ? nil : binds
    }
}
