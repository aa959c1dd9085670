import HTTPTypes
import Hummingbird

extension Call {
    /// Whether the caller does without the record it writes (RFC 7240, section 4.2): that saves reading it.
    var prefersLittle: Bool {
        // Of several that contradict each other the first counts.
        let wishes = request.headers[values: .prefer].joined(separator: ",").split(separator: ",").map { wish in
            wish.prefix { $0 != ";" }.filter { $0 != " " && $0 != "\"" }.lowercased()
        }
        return wishes.first { $0.hasPrefix("return=") } == "return=minimal"
    }
}
