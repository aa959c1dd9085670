package import Formula

package struct ListView: Sendable {
    package var name: String
    package var label: String
    package var filter: FilterTree?
    package var sortBy: String?
    package var descending = false
    package var columns: [String]
    package var isDefault = false

    package init(name: String, label: String, columns: [String]) {
        (self.name, self.label, self.columns) = (name, label, columns)
    }
}

package struct PageLayout: Sendable {
    package struct Section: Sendable {
        package var label: String
        package var columns = 2
        package var fields: [String]
        package var collapsed = false
        package var visibleWhen: FilterTree?

        package init(label: String, fields: [String]) { (self.label, self.fields) = (label, fields) }
    }

    package var sections: [Section]
    /// The relationships shown beside the record, in order; nil shows all.
    package var relatedLists: [String]?

    package init(sections: [Section], relatedLists: [String]? = nil) {
        (self.sections, self.relatedLists) = (sections, relatedLists)
    }
}

/// A rule that refuses a record for which its formula is true.
package struct ValidationRule: Sendable {
    package let name: String
    package let errorMessage: String
    /// The field the message belongs to; nil for the whole record.
    package let errorField: String?
    package let active: Bool
    package let formula: CompiledFormula

    package init(name: String, errorMessage: String, errorField: String?, active: Bool = true, formula: CompiledFormula) {
        (self.name, self.errorMessage, self.errorField, self.active, self.formula) = (
            name, errorMessage, errorField, active, formula
        )
    }
}
