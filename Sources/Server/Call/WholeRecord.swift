import Engine
import Metadata
import ObjectQL
import Values

/// A record as a caller had read it, and now sends back.
struct WholeRecord {
    /// Without the fields that only the server writes: they came with the record, and nobody means to change them.
    let values: JSON.Members
    /// The version that was read; nil where the record does not tell.
    let version: Int?
}

extension Call {
    func whole(_ members: JSON.Members, of object: ObjectDefinition) -> WholeRecord {
        var (values, version) = (JSON.Members(), Int?.none)
        for (name, value) in members {
            guard let field = object.field(name), field.type != .id, !field.isWritable, session.access.mayRead(field, of: object)
            else {
                values.append(name, value)
                continue
            }
            if field.name == "Version" { version = value.number?.integer }
        }
        return WholeRecord(values: values, version: version)
    }
}
