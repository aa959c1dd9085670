package import Values

/// A page of figures: `*.dashboard.yml`. Its queries are ObjectQL in JSON form, checked where ObjectQL is known.
package struct Dashboard: Sendable {
    package struct Component: Sendable {
        package let name: String
        package let label: String
        package let type: String
        package let query: JSON
        /// Everything else the file says about how it looks, in JSON form (`format`, `x`, `y`, `size`, ...).
        package let options: JSON
        package let location: SourceLocation
        package init(name: String, label: String, type: String, query: JSON, options: JSON, location: SourceLocation) {
            (self.name, self.label, self.type) = (name, label, type)
            (self.query, self.options, self.location) = (query, options, location)
        }
    }

    package let name: String
    package let label: String
    package let description: String?
    package let icon: String?
    package let components: [Component]
    package let location: SourceLocation

    package init(
        name: String, label: String, description: String? = nil, icon: String? = nil, components: [Component],
        location: SourceLocation
    ) {
        (self.name, self.label, self.description, self.icon) = (name, label, description, icon)
        (self.components, self.location) = (components, location)
    }
}
