import Formula
import Metadata
import Values

/// A formula with each of its fields found: which value of the record, of a parent, of the user.
struct BoundFormula: Sendable {
    indirect enum Source: Sendable {
        case own(Int)
        case computed(BoundFormula)
        /// Through the lookup at `position`, to a field of the parent; which depends on its object where there are several.
        case parent(position: Int, [String: Source])
        case user(String)
        case organization(String)
        case missing
    }

    let formula: CompiledFormula
    let sources: [Source]
    /// Whether evaluating needs parents at all.
    let readsParents: Bool

    init(_ formula: CompiledFormula, _ sources: [Source]) {
        (self.formula, self.sources) = (formula, sources)
        readsParents = sources.contains { $0.readsParents }
    }
}

extension BoundFormula.Source {
    var readsParents: Bool {
        switch self {
        case .parent: true
        case .computed(let formula): formula.readsParents
        case .own, .user, .organization, .missing: false
        }
    }

    /// Whether it reads a roll-up of the record itself.
    func readsRollUp(of object: ObjectDefinition) -> Bool {
        switch self {
        case .own(let position): object.fields[position].type == .summary
        case .computed(let formula): formula.sources.contains { $0.readsRollUp(of: object) }
        case .parent, .user, .organization, .missing: false
        }
    }
}

/// Finds the fields of formulas in a registry whose loader has checked every path.
struct FormulaBinder: Sendable {
    let registry: Registry

    init(_ registry: Registry) { self.registry = registry }

    func bind(_ formula: CompiledFormula, in object: ObjectDefinition) -> BoundFormula {
        BoundFormula(formula, formula.fields.map { source($0.path[...], in: object) })
    }

    private func source(_ path: ArraySlice<String>, in object: ObjectDefinition) -> BoundFormula.Source {
        guard let first = path.first else { return .missing }
        let rest = path.dropFirst()
        if first.caseInsensitiveEquals("$User") { return .user(rest.joined(separator: ".")) }
        if first.caseInsensitiveEquals("$Organization") { return .organization(rest.joined(separator: ".")) }
        if rest.isEmpty, let position = object.position(of: first) {
            if let formula = object.fields[position].formula?.compiled { return .computed(bind(formula, in: object)) }
            return .own(position)
        }
        guard let lookup = object.lookup(parent: first), let position = object.position(of: lookup.name) else { return .missing }
        let parents = lookup.referenceTo.compactMap { registry.object($0) }
        return .parent(
            position: position,
            Dictionary(parents.map { ($0.name, source(rest, in: $0)) }, uniquingKeysWith: { first, _ in first }))
    }
}
