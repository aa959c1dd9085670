import Values

/// Full names by number: no two numbers have the same one, whatever the seed.
package struct People: Sendable {
    package struct Name: Sendable, Hashable {
        package let first: String
        package let last: String
        package var full: String { first + " " + last }
    }

    private let pack: Pack
    private let scheme: Scheme
    private let order: Permutation

    /// The plainest way to make enough names.
    private enum Scheme {
        case plain, initials, double, numbered

        func size(_ pack: Pack) -> Int {
            let (given, family) = (pack.given.count, pack.family.count)
            return switch self {
            case .plain: given * family
            case .initials: given * family * 27
            case .double: given * family * 27 * family
            case .numbered: .max
            }
        }
    }

    /// - Parameter count: how many are needed at most.
    package init(_ pack: Pack, count: Int, seed: UInt64) {
        self.pack = pack
        scheme = [Scheme.plain, .initials, .double].first { $0.size(pack) >= count } ?? .numbered
        order = Permutation(size: scheme.size(pack) == .max ? count : scheme.size(pack), seed: seed, Purpose("people"))
    }

    package subscript(number: Int) -> Name {
        var rest = order[number]
        func take(_ count: Int) -> Int {
            defer { rest /= count }
            return rest % count
        }
        let (given, family) = (pack.given[take(pack.given.count)], take(pack.family.count))
        if scheme == .plain { return Name(first: given, last: pack.family[family]) }
        let initial = take(27)
        let first = initial == 0 ? given : "\(given) \(Character(UnicodeScalar(UInt8(64 + initial))))."
        if scheme == .initials { return Name(first: first, last: pack.family[family]) }
        // The second name is not the first one's twin; the place of the twin means that there is none.
        let other = take(pack.family.count)
        let last = other == family ? pack.family[family] : pack.family[family] + "-" + pack.family[other]
        return Name(first: first, last: rest == 0 ? last : "\(last) \(Numeral.roman(rest + 1))")
    }
}

/// Names of companies by number: no two numbers have the same one.
package struct Companies: Sendable {
    private let pack: Pack
    private let count: Int
    private let order: Permutation

    package init(_ pack: Pack, count: Int, seed: UInt64) {
        (self.pack, self.count) = (pack, count)
        let plain = pack.heads.count * pack.tails.count * pack.kinds.count
        let rounds = (max(count, 1) + plain - 1) / plain
        order = Permutation(size: plain * rounds, seed: seed, Purpose("companies"))
    }

    package subscript(number: Int) -> String {
        var rest = order[number]
        func take(_ items: [String]) -> String {
            defer { rest /= items.count }
            return items[rest % items.count]
        }
        let (head, tail, kind) = (take(pack.heads), take(pack.tails), take(pack.kinds))
        let isOneWord = tail.first?.isLowercase ?? false
        let name = "\(head)\(isOneWord ? "" : " ")\(tail) \(kind)"
        if rest == 0 { return name }
        // Namesakes are told apart by their place, and then by a number.
        let (round, place) = (rest - 1).quotientAndRemainder(dividingBy: pack.places.count)
        let city = pack.places[place].prefix { $0 != "," }
        return round == 0 ? "\(name) of \(city)" : "\(name) of \(city) \(round + 1)"
    }
}

enum Numeral {
    static func roman(_ number: Int) -> String {
        let digits = [
            (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
            (9, "IX"),
            (5, "V"), (4, "IV"), (1, "I"),
        ]
        var (rest, text) = (number, "")
        for (value, digit) in digits {
            while rest >= value {
                text += digit
                rest -= value
            }
        }
        return text
    }
}

/// Addresses and numbers that belong to nobody.
enum Address {
    /// `Priya B. Raman` as the part before the @: `priya.b.raman`.
    static func handle(_ name: String) -> String {
        var handle = ""
        for scalar in name.lowercased().unicodeScalars {
            let isPlain = ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar)
            if isPlain { handle.unicodeScalars.append(scalar) } else if !handle.isEmpty, !handle.hasSuffix(".") { handle += "." }
        }
        return handle.hasSuffix(".") ? String(handle.dropLast()) : handle
    }

    /// Below a name that is reserved (RFC 2606): `amberbridgepartners.example`.
    static func domain(_ company: String) -> String { handle(company).filter { $0 != "." } + ".example" }

    /// 555-0100 to 555-0199 are kept free for fiction in every area of the North American plan.
    static func phone(_ stream: inout Stream) -> String {
        let area = stream.number(201...989)
        let number = stream.number(0...99)
        return "+1 \(area % 100 == 11 ? area + 1 : area) 555-01\(number < 10 ? "0" : "")\(number)"
    }
}
