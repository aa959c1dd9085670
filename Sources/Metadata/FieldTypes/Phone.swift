import Values

/// A telephone number as people write it.
struct PhoneKind: Textual {
    let defaultLength = 40

    func checkForm(_ text: String, _ field: FieldDefinition) throws(FieldProblem) {
        let digits = text.unicodeScalars.count { ("0"..."9").contains($0) }
        let allowed = "0123456789+-()./# extEXT".unicodeScalars
        guard digits >= 3, text.unicodeScalars.allSatisfy({ allowed.contains($0) })
        else { throw FieldProblem(.invalidPhone, "\(field.label) needs a telephone number such as +41 44 123 45 67") }
    }
}
