/// Where in a request something stands: `filters.$or[1].Amount` in JSON, a position in a text. A place never makes two queries
/// different, so that the same query written in two forms is equal.
package struct Place: Sendable, Hashable, CustomStringConvertible {
    private let base: String
    /// The entry of a list, or in a text the offset of a byte.
    private let index: Int
    private let form: Form

    private enum Form { case part, entry, text }

    package init(_ base: String) { self.init(base, index: 0, form: .part) }

    /// A position in a query's text, in bytes of UTF-8.
    package init(offset: Int) { self.init("", index: offset, form: .text) }

    // The text of an entry of a list is made only when it is asked for, which is rare: in an error.
    private init(_ base: String, index: Int, form: Form) { (self.base, self.index, self.form) = (base, index, form) }

    /// The whole request.
    package static let top = Place("")

    package var offset: Int? { form == .text ? index : nil }

    package subscript(name: String) -> Place {
        if form == .text { return self }
        let text = description
        return Place(text.isEmpty ? name : text + "." + name)
    }

    package subscript(index: Int) -> Place {
        form == .text ? self : Place(description, index: index, form: .entry)
    }

    package var description: String {
        switch form {
        case .part: base
        case .entry: "\(base)[\(index)]"
        case .text: ""
        }
    }

    package static func == (a: Place, b: Place) -> Bool { true }
    package func hash(into hasher: inout Hasher) {}
}
