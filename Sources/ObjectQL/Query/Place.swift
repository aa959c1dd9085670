/// Where in a request something stands: `filters.$or[1].Amount`. A place never makes two queries different, so that
/// the same query written in two forms is equal.
package struct Place: Sendable, Hashable, CustomStringConvertible {
    private let base: String
    private let index: Int?

    package init(_ base: String) { self.init(base, index: nil) }

    // The text of an entry of a list is made only when it is asked for, which is rare: in an error.
    private init(_ base: String, index: Int?) { (self.base, self.index) = (base, index) }

    /// The whole request.
    package static let top = Place("")

    package subscript(name: String) -> Place {
        let text = description
        return Place(text.isEmpty ? name : text + "." + name)
    }

    package subscript(index: Int) -> Place { Place(description, index: index) }

    package var description: String { index.map { "\(base)[\($0)]" } ?? base }

    package static func == (a: Place, b: Place) -> Bool { true }
    package func hash(into hasher: inout Hasher) {}
}
