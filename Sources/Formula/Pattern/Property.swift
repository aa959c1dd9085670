extension CharacterSet {
    /// What `\p{name}` stands for: a general category of Unicode (`Lu`), a group of them (`L`) or, in ASCII, a POSIX class (`Alpha`);
    /// nil where the name is none of these.
    static func property(_ name: String) -> CharacterSet? {
        if let posix = posix[name] { return posix }
        guard (1...2).contains(name.utf8.count) else { return nil }
        let ranges = categories.filter { $0.key.hasPrefix(name) }.flatMap(\.value)
        return ranges.isEmpty ? nil : CharacterSet(ranges: ranges)
    }

    private static let posix: [String: CharacterSet] = [
        "Lower": CharacterSet(ranges: [0x61...0x7A]), "Upper": CharacterSet(ranges: [0x41...0x5A]),
        "Alpha": CharacterSet(ranges: [0x41...0x5A, 0x61...0x7A]), "Digit": .digits,
        "Alnum": CharacterSet(ranges: [0x30...0x39, 0x41...0x5A, 0x61...0x7A]), "Space": .space,
        "Punct": CharacterSet(ranges: [0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E]),
        "ASCII": CharacterSet(ranges: [0...0x7F]),
    ]

    /// The code points of each general category, by its abbreviation.
    private static let categories: [String: [ClosedRange<UInt32>]] = {
        var ranges: [String: [ClosedRange<UInt32>]] = [:]
        var (start, current) = (0 as UInt32, "")
        for value in (0 as UInt32)...0x10FFFF {
            let code = Unicode.Scalar(value)?.properties.generalCategory.abbreviation ?? "Cs"
            guard code != current else { continue }
            if value > start { ranges[current, default: []].append(start...value - 1) }
            (start, current) = (value, code)
        }
        ranges[current, default: []].append(start...0x10FFFF)
        return ranges
    }()
}

extension Unicode.GeneralCategory {
    fileprivate var abbreviation: String {
        switch self {
        case .uppercaseLetter: "Lu"
        case .lowercaseLetter: "Ll"
        case .titlecaseLetter: "Lt"
        case .modifierLetter: "Lm"
        case .otherLetter: "Lo"
        case .nonspacingMark: "Mn"
        case .spacingMark: "Mc"
        case .enclosingMark: "Me"
        case .decimalNumber: "Nd"
        case .letterNumber: "Nl"
        case .otherNumber: "No"
        case .connectorPunctuation: "Pc"
        case .dashPunctuation: "Pd"
        case .openPunctuation: "Ps"
        case .closePunctuation: "Pe"
        case .initialPunctuation: "Pi"
        case .finalPunctuation: "Pf"
        case .otherPunctuation: "Po"
        case .mathSymbol: "Sm"
        case .currencySymbol: "Sc"
        case .modifierSymbol: "Sk"
        case .otherSymbol: "So"
        case .spaceSeparator: "Zs"
        case .lineSeparator: "Zl"
        case .paragraphSeparator: "Zp"
        case .control: "Cc"
        case .format: "Cf"
        case .surrogate: "Cs"
        case .privateUse: "Co"
        case .unassigned: "Cn"
        @unknown default: "Cn"
        }
    }
}
