import Values

/// A web address, with or without its scheme. Schemes that a browser would run (`javascript:`) are refused.
struct URLKind: Textual {
    let defaultLength = 2048

    func checkForm(_ text: String, _ field: FieldDefinition) throws(FieldProblem) {
        guard text.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7F && !"<>\"\\".unicodeScalars.contains($0) }),
            let host = host(text), !host.isEmpty
        else { throw FieldProblem(.invalidURL, "\(field.label) needs a web address such as https://www.example.com") }
    }

    private func host(_ text: String) -> Substring? {
        var rest = text[...]
        if let colon = text.firstRange(of: "://") {
            guard ["http", "https", "ftp", "sftp"].contains(text[..<colon.lowerBound].lowercased()) else { return nil }
            rest = text[colon.upperBound...]
            return rest.prefix { !"/?#".contains($0) }
        }
        let host = rest.prefix { !"/?#:".contains($0) }
        return host.contains(".") && !host.hasPrefix(".") && !host.hasSuffix(".") ? host : nil
    }
}
