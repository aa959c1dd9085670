import Formula
import Values

/// Compiles the formulas of metadata files, and tells where in the file one is wrong.
struct FormulaReader {
    let registry: Registry
    let sources: SourceTexts
    let log: DiagnosticLog
    /// Compiles formula fields before those that read them, where that is not done yet.
    var computed: ComputedFields?

    /// The formula in a node over the records of an object; nil, and reported, where it is wrong.
    ///
    /// A formula that reaches for an object that is not there is reported as a warning: the rest loads without it.
    /// - Parameters:
    ///   - prefix: how many characters stand before the formula (the `=` of a setting).
    ///   - isQueried: databases are to compute it, too.
    func compile(
        _ node: YAMLNode, after prefix: Int = 0, on object: ObjectDefinition, what: String, returning: FormulaType? = nil,
        scale: Int? = nil, blanks: BlankHandling = .blank, isQueried: Bool = false
    ) -> CompiledFormula? {
        guard let text = node.text, !node.isNull else {
            log.error("\(what): a formula was expected, not \(node.kind)", at: node.location)
            return nil
        }
        let scope = LoadingScope(object: object, registry: registry, computed: computed)
        do throws(FormulaError) {
            let formula = try CompiledFormula.compile(
                String(text.dropFirst(prefix)), returning: returning, scale: scale, blanks: blanks, scope: scope)
            if isQueried, let obstacle = formula.obstacle { throw obstacle }
            return formula
        } catch {
            let place = sources.place(line: error.line, column: error.column + (error.line == 1 ? prefix : 0), in: node)
            if scope.meetsMissingObject {
                log.warning("\(what): \(error.message); it is left out", at: place)
            } else {
                log.error("\(what): \(error.message)", at: place)
            }
            return nil
        }
    }
}

/// Names as `RecordScope` knows them, with the computed fields among them compiled first.
private final class LoadingScope: FormulaScope {
    private let object: ObjectDefinition
    private let registry: Registry
    private let computed: ComputedFields?
    private(set) var meetsMissingObject = false

    init(object: ObjectDefinition, registry: Registry, computed: ComputedFields?) {
        (self.object, self.registry, self.computed) = (object, registry, computed)
    }

    func field(_ path: [String]) throws(FormulaScopeError) -> FormulaField {
        if path.first?.hasPrefix("$") ?? false { return try RecordScope(object, in: registry).field(path) }
        let place: FieldPlace
        do { place = try registry.place(path, on: object) } catch {
            meetsMissingObject = error.isMissingObject
            throw FormulaScopeError(error.message)
        }
        let field = try computed?.compiled(place.field, of: place.object) ?? place.field
        return try field.formulaField(place.names)
    }
}

extension FieldDefinition {
    /// The type of a formula that sets the field; nil where none can.
    var settingType: FormulaType? { formulaType ?? (kind is any Textual ? .text : nil) }
}
