import Foundation
import SQL
package import Values

/// The place where a page ended: the sort keys of its last record, and the query it belongs to. Callers get it signed.
package struct Cursor: Sendable, Hashable {
    package let fingerprint: String
    private let keys: [JSON]

    /// - Parameters:
    ///   - fingerprint: that of the compiled query.
    ///   - keys: the cells of its `cursorColumns` in the page's last record.
    package init(fingerprint: String, keys: [Value]) { (self.fingerprint, self.keys) = (fingerprint, keys.map(\.json)) }

    /// Reads a cursor that was signed so.
    package init(_ text: String, seal: (([UInt8]) -> [UInt8])?) throws(QueryProblem) {
        guard let payload = seal.flatMap({ Cursor.open(text, seal: $0) }), let parts = try? JSON(bytes: payload).array,
            parts.count == 2, let fingerprint = parts[0].string, let keys = parts[1].array
        else { throw Cursor.problem("This is no cursor of this server") }
        (self.fingerprint, self.keys) = (fingerprint, keys)
    }

    /// The cursor as a text for an address: what it says, and the signature that `seal` puts under it.
    package func text(seal: ([UInt8]) -> [UInt8]) -> String {
        let payload = Array(JSON.array([.string(fingerprint), .array(keys)]).description.utf8)
        return Cursor.encode(payload) + "." + Cursor.encode(seal(payload))
    }

    /// Which of the keys are null: the one thing about a cursor that another statement is needed for.
    package var nulls: [Bool] { keys.map(\.isNull) }
}

extension CompiledQuery {
    /// The page after that place, for a query that was compiled for such a cursor.
    package func continued(after cursor: Cursor) throws(QueryProblem) -> CompiledQuery {
        guard cursor.fingerprint == fingerprint, let keys = cursor.binds(cursorColumns.map(\.type)) else {
            throw Cursor.problem("The cursor belongs to another query")
        }
        let places = Dictionary(uniqueKeysWithValues: keys.enumerated().map { (Cursor.place($0.offset), $0.element) })
        var page = self
        for (index, bind) in statement.binds.enumerated() { page.statement.binds[index] = places[bind] ?? bind }
        return page
    }
}

extension Cursor {
    /// The place in a statement for a key. No variable of a query has such a name.
    static func place(_ position: Int) -> Bind { .late(.argument("cursor[\(position)]")) }

    /// The keys as columns of those types hold them; nil where they do not.
    fileprivate func binds(_ types: [ColumnType]) -> [Bind]? {
        guard keys.count == types.count else { return nil }
        let binds = zip(keys, types).compactMap { key, type in Bind(Value(key, as: type), as: type) }
        return binds.count == keys.count ? binds : nil
    }

    fileprivate static func problem(_ message: String) -> QueryProblem {
        QueryProblem("bad_cursor", message, path: "cursor", hint: "Begin again without a cursor")
    }

    private static func open(_ text: String, seal: ([UInt8]) -> [UInt8]) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let payload = decode(parts[0]), let signature = decode(parts[1]) else { return nil }
        let expected = seal(payload)
        // Every byte is looked at, so that the time taken tells nothing about the signature.
        let differences = zip(signature, expected).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) }
        return signature.count == expected.count && differences == 0 ? payload : nil
    }

    /// Base64 for addresses (RFC 4648, section 5), without padding.
    private static func encode(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString(options: [.base64URLAlphabet, .omitPaddingCharacter])
    }

    /// The decoder knows the other alphabet only.
    private static func decode(_ text: Substring) -> [UInt8]? {
        let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        let standard = text.replacing("-", with: "+").replacing("_", with: "/") + padding
        return Data(base64Encoded: String(standard)).map(Array.init)
    }
}

extension Value {
    /// Reads back what `Value.json` wrote for a column of that type.
    fileprivate init(_ json: JSON, as type: ColumnType) {
        switch (type, json) {
        case (.date, .string(let text)): self = Day(text).map(Value.date) ?? .null
        case (.datetime, .string(let text)): self = Instant(text).map(Value.datetime) ?? .null
        case (.time, .string(let text)): self = TimeOfDay(text).map(Value.time) ?? .null
        case (_, .string(let text)): self = .text(text)
        case (_, .number(let number)): self = .number(number)
        case (_, .bool(let bool)): self = .bool(bool)
        default: self = .null
        }
    }
}

/// A hash that is the same in every process (FNV-1a, 64 bits).
struct Fingerprint {
    private var state: UInt64 = 0xcbf2_9ce4_8422_2325

    var text: String { String(state, radix: 36) }

    mutating func combine(_ text: String) {
        for byte in text.utf8 { mix(byte) }
        mix(0)
    }

    mutating func combine(_ fragment: Fragment) {
        for piece in fragment.pieces {
            switch piece {
            case .text(let text): combine(text)
            case .bind(.text(let text)), .bind(.id(let text)): combine(text)
            case .bind(.integer(let integer)): combine(String(integer))
            case .bind(.decimal(let number, _)): combine(number.description)
            case .bind(.late(.firstDay(let word))), .bind(.late(.firstMoment(let word))): combine("from \(word.description)")
            case .bind(.late(.dayAfter(let word))), .bind(.late(.momentAfter(let word))): combine("to \(word.description)")
            case .bind(.late(.user)): combine("user")
            case .bind(let bind): combine("\(bind)")
            }
        }
    }

    private mutating func mix(_ byte: UInt8) { state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
}
