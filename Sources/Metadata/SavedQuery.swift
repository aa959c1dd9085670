package import Values

/// A query stored under a name: a `*.query.yml` file. Its text is ObjectQL, read and checked where that is known.
package struct SavedQuery: Sendable {
    package let name: String
    package let label: String
    package let description: String?
    package let text: String
    /// Values for `:name` in the text, for whoever gives none.
    package let defaults: JSON.Members
    /// Where the file names them.
    package let defaultPlaces: [String: SourceLocation]
    package let location: SourceLocation
    private let places: @Sendable (_ line: Int, _ column: Int) -> SourceLocation

    /// - Parameter places: where a line and column of the text stand in the file.
    package init(
        name: String, label: String, description: String? = nil, text: String, defaults: JSON.Members = [:],
        defaultPlaces: [String: SourceLocation] = [:], location: SourceLocation,
        places: @escaping @Sendable (_ line: Int, _ column: Int) -> SourceLocation
    ) {
        (self.name, self.label, self.description, self.text) = (name, label, description, text)
        (self.defaults, self.defaultPlaces, self.location, self.places) = (defaults, defaultPlaces, location, places)
    }

    /// Where a line and column of the text stand in the file; all count from 1.
    package func place(line: Int, column: Int) -> SourceLocation { places(line, column) }
}
