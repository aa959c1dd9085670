/// Why a text is not JSON, and where; lines and columns count from 1, columns in bytes.
package struct JSONError: Error, Sendable, Hashable, CustomStringConvertible {
    package let message: String
    package let line: Int
    package let column: Int

    package var description: String { "\(message) (line \(line), column \(column))" }
}

extension JSON {
    /// Reads one document. Duplicate names, invalid UTF-8, numbers beyond 37 digits and nesting deeper than `depth` are errors.
    package init(parsing text: String, depth: Int = 64) throws(JSONError) {
        try self.init(bytes: Array(text.utf8), depth: depth)
    }

    package init(bytes: [UInt8], depth: Int = 64) throws(JSONError) {
        var outcome: Result<JSON, JSONError> = .success(.null)
        bytes.withUnsafeBufferPointer { buffer in
            do throws(JSONError) {
                var reader = JSONReader(bytes: buffer, depth: depth)
                outcome = .success(try reader.document())
            } catch { outcome = .failure(error) }
        }
        self = try outcome.get()
    }
}

struct JSONReader {
    let bytes: UnsafeBufferPointer<UInt8>
    let depth: Int
    var position = 0

    init(bytes: UnsafeBufferPointer<UInt8>, depth: Int) { (self.bytes, self.depth) = (bytes, depth) }

    mutating func document() throws(JSONError) -> JSON {
        if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { position = 3 }
        skipSpace()
        if position == bytes.count { throw failure("The document is empty; JSON was expected") }
        let value = try value(depth)
        skipSpace()
        guard position == bytes.count else { throw failure("Something follows the end of the document") }
        return value
    }

    private mutating func value(_ depth: Int) throws(JSONError) -> JSON {
        guard position < bytes.count else { throw failure("The document ends where a value was expected") }
        switch bytes[position] {
        case UInt8(ascii: "{"): return try object(depth)
        case UInt8(ascii: "["): return try array(depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        default: throw failure("A value was expected here (texts need double quotes)")
        }
    }

    private mutating func object(_ depth: Int) throws(JSONError) -> JSON {
        guard depth > 0 else { throw failure("The document is nested deeper than \(self.depth) levels") }
        var members = Members()
        var seen = Set<String>()
        position += 1
        skipSpace()
        if take(UInt8(ascii: "}")) { return .object(members) }
        repeat {
            skipSpace()
            guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
                throw failure("A name in double quotes was expected")
            }
            let start = position
            let name = try string()
            guard seen.insert(name).inserted else {
                position = start
                throw failure("The name \"\(name)\" stands twice in one object")
            }
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw failure("A colon was expected after \"\(name)\"") }
            skipSpace()
            members.append(name, try value(depth - 1))
            skipSpace()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw failure("A comma or } was expected") }
        return .object(members)
    }

    private mutating func array(_ depth: Int) throws(JSONError) -> JSON {
        guard depth > 0 else { throw failure("The document is nested deeper than \(self.depth) levels") }
        var items: [JSON] = []
        position += 1
        skipSpace()
        if take(UInt8(ascii: "]")) { return .array(items) }
        repeat {
            skipSpace()
            items.append(try value(depth - 1))
            skipSpace()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw failure("A comma or ] was expected") }
        return .array(items)
    }

    private mutating func word(_ word: StaticString, _ value: JSON) throws(JSONError) -> JSON {
        for index in 0..<word.utf8CodeUnitCount {
            guard position + index < bytes.count, bytes[position + index] == word.utf8Start[index]
            else { throw failure("A value was expected here (texts need double quotes)") }
        }
        position += word.utf8CodeUnitCount
        return value
    }

    private mutating func number() throws(JSONError) -> JSON {
        let start = position
        if bytes[position] == UInt8(ascii: "-") { position += 1 }
        let leadingZero = position < bytes.count && bytes[position] == UInt8(ascii: "0")
        let whole = skipDigits()
        var valid = whole > 0 && !(leadingZero && whole > 1)
        if take(UInt8(ascii: ".")) { valid = skipDigits() > 0 && valid }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            valid = skipDigits() > 0 && valid
        }
        let text = UnsafeBufferPointer(rebasing: bytes[start..<position])
        guard valid else { throw failure("This is not a JSON number", at: start) }
        guard let number = Number(bytes: text)
        else { throw failure("The number has more than \(Number.precision) digits or is out of range", at: start) }
        return .number(number)
    }

    mutating func skipSpace() {
        while position < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[position]) { position += 1 }
    }

    private mutating func skipDigits() -> Int {
        let start = position
        while position < bytes.count, bytes[position] &- UInt8(ascii: "0") < 10 { position += 1 }
        return position - start
    }

    mutating func take(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    func failure(_ message: String, at place: Int? = nil) -> JSONError {
        let end = min(place ?? position, bytes.count)
        var (line, lineStart) = (1, 0)
        for index in 0..<end where bytes[index] == UInt8(ascii: "\n") { (line, lineStart) = (line + 1, index + 1) }
        return JSONError(message: message, line: line, column: end - lineStart + 1)
    }

    typealias Members = JSON.Members
}
