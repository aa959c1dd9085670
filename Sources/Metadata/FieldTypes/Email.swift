import Values

/// An e-mail address. Whether it can exist is checked, not whether it does.
struct EmailKind: Textual {
    /// RFC 5321, section 4.5.3.1, with the angle brackets left out.
    let defaultLength = 254

    func checkForm(_ text: String, _ field: FieldDefinition) throws(FieldProblem) {
        let parts = text.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard parts.count == 2, (1...64).contains(parts[0].count), isDomain(parts[1]), text.utf8.allSatisfy(isAllowed) else {
            throw FieldProblem(.invalidEmail, "\(field.label) needs an e-mail address such as name@example.com")
        }
    }

    private func isDomain(_ text: Substring.UTF8View) -> Bool {
        let hyphen = UInt8(ascii: "-")
        let labels = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return labels.count >= 2 && labels.allSatisfy { !$0.isEmpty && $0.first != hyphen && $0.last != hyphen }
    }

    private func isAllowed(_ byte: UInt8) -> Bool { byte > 0x20 && byte != 0x7F && !"<>()[],;:\\\"".utf8.contains(byte) }
}
