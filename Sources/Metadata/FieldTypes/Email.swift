import Values

/// An e-mail address. Whether it can exist is checked, not whether it does.
struct EmailKind: Textual {
    /// RFC 5321, section 4.5.3.1, with the angle brackets left out.
    let defaultLength = 254

    func checkForm(_ text: String, _ field: FieldDefinition) throws(FieldProblem) {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...64).contains(parts[0].utf8.count), isDomain(parts[1]),
            text.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7F && !"<>()[],;:\\\"".unicodeScalars.contains($0) }
            )
        else { throw FieldProblem(.invalidEmail, "\(field.label) needs an e-mail address such as name@example.com") }
    }

    private func isDomain(_ text: Substring) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        return labels.count >= 2 && labels.allSatisfy { !$0.isEmpty && !$0.hasPrefix("-") && !$0.hasSuffix("-") }
    }
}
