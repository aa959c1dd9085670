/// Looks through a text, byte by byte, for what would cost the parser more than the file is worth.
///
/// It does not know YAML's quoting, so it counts brackets generously; the exact depth is checked on the tree. An alias is
/// taken for one only where an anchor of the same name stands before it.
struct YAMLGuard {
    static let tooDeep = "The file is nested deeper than \(YAML.depthLimit) levels"
    private static let openBrackets = 256

    private var anchors: Set<[UInt8]> = []
    private var depth = 0
    private var line = 1
    private var lineStart = 0

    static func check(_ text: String) throws(YAMLProblem) {
        var checker = YAMLGuard()
        let bytes = Array(text.utf8)
        for position in bytes.indices { try checker.look(bytes, at: position) }
    }

    private mutating func look(_ bytes: [UInt8], at position: Int) throws(YAMLProblem) {
        switch bytes[position] {
        case UInt8(ascii: "\n"): (line, lineStart) = (line + 1, position + 1)
        case UInt8(ascii: "["), UInt8(ascii: "{"):
            depth += 1
            if depth > YAMLGuard.openBrackets {
                throw YAMLProblem(YAMLGuard.tooDeep, line: line, column: position - lineStart + 1)
            }
        case UInt8(ascii: "]"), UInt8(ascii: "}"): depth = max(0, depth - 1)
        case UInt8(ascii: "&") where startsToken(bytes, position): anchors.insert(name(bytes, position + 1))
        case UInt8(ascii: "*") where startsToken(bytes, position):
            let name = name(bytes, position + 1)
            if !name.isEmpty, anchors.contains(name) {
                throw YAMLProblem(YAMLProblem.aliases, line: line, column: position - lineStart + 1)
            }
        default: break
        }
    }

    private func startsToken(_ bytes: [UInt8], _ position: Int) -> Bool {
        position == 0 || " \t\r\n[{,:?!".utf8.contains(bytes[position - 1]) || bytes[position - 1] >= 0x80
    }

    private func name(_ bytes: [UInt8], _ start: Int) -> [UInt8] {
        Array(bytes[start...].prefix { $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") })
    }
}

extension UInt8 {
    var isASCIIAlphanumeric: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: false
        }
    }
}
