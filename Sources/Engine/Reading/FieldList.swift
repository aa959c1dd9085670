import Foundation

/// The fields that a record is asked for, as they stand in an address: `Name, Owner.Name`. It is compared as it was written, so that
/// a plan is found again without taking it apart.
package struct FieldList: Sendable, Hashable {
    private let text: String

    package init(_ text: String) { self.text = text }
    package init(_ names: [String]) { text = names.joined(separator: ",") }

    /// Whether all fields are meant.
    package var isEmpty: Bool { text.utf8.allSatisfy { $0 == UInt8(ascii: ",") } }

    var names: [String] { text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) } }
}

extension FieldList: ExpressibleByArrayLiteral {
    package init(arrayLiteral names: String...) { self.init(names) }
}
