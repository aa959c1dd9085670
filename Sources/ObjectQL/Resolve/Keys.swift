import Metadata
import Values

extension Resolver {
    /// Whether the filter pins a record by its id or another unique field, so that reading it takes no time.
    func readsByKey(_ query: Query) -> Bool {
        guard !query.isGrouped, query.search == nil, let filter = query.filter else { return false }
        return pinsKey(filter) && !query.select.contains { if case .children = $0 { true } else { false } }
    }

    private func pinsKey(_ filter: Filter) -> Bool {
        switch filter {
        case .all(let filters): filters.contains(where: pinsKey)
        case .compare(.field(let path), .equal, .value(let value), _): !value.isNull && isKey(path)
        case .compare(.field(let path), .equal, .argument, _): isKey(path)
        case .among(.field(let path), let operands, _): operands.count <= 10 && isKey(path)
        default: false
        }
    }

    private func isKey(_ path: FieldPath) -> Bool {
        guard path.names.count == 1, let position = object.position(of: path.names[0]) else { return false }
        let field = FieldReference(object: object, position: position)
        return field.definition.type == .id || field.definition.unique || field.definition.externalId
    }
}
