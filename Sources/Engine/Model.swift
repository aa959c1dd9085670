package import Metadata
import ObjectQL
package import SQL
package import Storage

/// A registry with everything the engine prepares from it once: columns, statements, bound formulas, triggers, roll-ups.
///
/// Immutable; a valid change of the metadata makes a new model, which replaces the old one at once.
package struct Model: Sendable {
    package let registry: Registry
    package let schema: Schema
    let objects: [String: ObjectModel]
    /// What was compiled for it.
    let plans = PlanCache()
    /// Adds an entry to the change log.
    let insertChange: Insertion

    /// - Parameter triggers: the Swift triggers that object files may name.
    package init(_ registry: Registry, triggers: [any Trigger] = [], dialect: Dialect) throws(Problem) {
        self.registry = registry
        schema = Schema(registry, dialect: dialect)
        let binder = FormulaBinder(registry)
        var objects: [String: ObjectModel] = [:]
        for object in registry.objects {
            objects[object.name] = try ObjectModel(object, registry: registry, swift: triggers, binder: binder, dialect: dialect)
        }
        self.objects = objects
        insertChange = RowStatements(dialect).insertion(
            into: EngineTables.changes.name, columns: EngineTables.changes.columns.map(\.name))
    }

    /// The object of that name; the problem suggests one that is there and that the caller may see.
    func object(_ name: String, for access: some RecordAccess) throws(Problem) -> ObjectModel {
        if let object = registry.object(name), let model = objects[object.name], access.mayRead(object) { return model }
        throw Problem.unknownObject(name, among: registry.objects.filter { access.mayRead($0) }.map(\.name))
    }

    func named(_ name: String) throws(Problem) -> ObjectModel {
        if let model = objects[name] { return model }
        throw Problem.unknownObject(name, among: registry.objects.map(\.name))
    }
}
