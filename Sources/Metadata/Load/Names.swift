/// What the names of objects, fields, views and rules must look like.
enum Names {
    static let lengthLimit = 63
    /// Names that SQLite gives to the row itself.
    private static let reserved = ["rowid", "oid"]

    /// What is wrong with a name; nil where nothing is.
    static func problem(_ name: String) -> String? {
        guard let first = name.utf8.first, isLetter(first),
            name.utf8.allSatisfy({ $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "_") })
        else { return "is not a name: it starts with a letter from A to Z and has only letters, digits and underscores" }
        guard name.utf8.count <= lengthLimit else { return "is longer than \(lengthLimit) characters" }
        guard !reserved.contains(name.lowercased()) else { return "is a reserved name" }
        return nil
    }

    /// `LossReason` as people read it: `Loss Reason`; a lookup `AccountId` reads `Account`.
    static func label(_ name: String, isLookup: Bool = false) -> String {
        let base = isLookup && name.hasSuffix("Id") && name.count > 2 ? name.dropLast(2) : name[...]
        var (label, previous) = ("", Character(" "))
        for character in base {
            if character.isUppercase, previous.isLowercase || previous.isNumber { label += " " }
            label.append(character == "_" ? " " : character)
            previous = character
        }
        return label
    }

    static func plural(_ label: String) -> String {
        if label.hasSuffix("y"), !["ay", "ey", "oy", "uy"].contains(where: label.hasSuffix) { return label.dropLast() + "ies" }
        return label + (["s", "x", "ch", "sh"].contains(where: label.hasSuffix) ? "es" : "s")
    }

    private static func isLetter(_ byte: UInt8) -> Bool { byte.isASCIIAlphanumeric && byte > UInt8(ascii: "9") }
}

/// Finds names that stand twice, whatever the case of their letters.
struct NameSet {
    private var places: [String: SourceLocation] = [:]
    let what: String
    let log: DiagnosticLog

    init(_ what: String, _ log: DiagnosticLog) { (self.what, self.log) = (what, log) }

    /// False, and reported, where the name was there before.
    mutating func insert(_ name: String, at location: SourceLocation) -> Bool {
        if let first = places[name.lowercased()] {
            let place = first.file == location.file ? "line \(first.line)" : "\(first.file):\(first.line)"
            log.error("\(what) \(name) stands twice; it stands first in \(place)", at: location)
            return false
        }
        places[name.lowercased()] = location
        return true
    }
}

extension MappingReader {
    /// A required key that must be a well-formed name.
    func name(_ key: String = "name") -> String? {
        guard let name = requiredText(key) else { return nil }
        guard let problem = Names.problem(name) else { return name }
        log.error("\(what): \"\(name)\" \(problem)", at: place(key))
        return nil
    }

    func optionalName(_ key: String) -> String? { has(key) ? name(key) : nil }
}
