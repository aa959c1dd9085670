package import Values

/// Answers one line of `martlet formula eval --batch`: a formula, fields, a record.
///
///     {"formula": "Amount * Rate", "returnType": "currency", "blanks": "zero",
///      "fields": {"Amount": {"type": "currency", "scale": 2}, "Rate": {"type": "percent", "formula": "0.19"}},
///      "record": {"Amount": 100}}
///
/// The answer is `{"value": ...}` or `{"error": {"message", "line", "column", "code"}}`. A field with a formula is computed from the
/// others, unrounded. Also understood: `scale` (of the result), `now`, `zone`, `prior`, `isNew`, `isClone`.
package enum FormulaBatch {
    /// - Parameter now: what NOW() means where the line does not say.
    package static func answer(to line: String, now: Instant) -> JSON {
        do throws(FormulaError) {
            let json: JSON
            do throws(JSONError) { json = try JSON(parsing: line) } catch {
                throw FormulaError(error.message, line: error.line, column: error.column)
            }
            return try answer(to: json, now: now)
        } catch {
            return failure(error)
        }
    }

    package static func answer(to line: JSON, now: Instant) throws(FormulaError) -> JSON {
        let question = try BatchQuestion(line, now: now)
        return ["value": try question.result().json]
    }

    /// What the line's formula is made of; its record is not looked at.
    package static func explanation(of line: JSON) throws(FormulaError) -> FormulaExplanation {
        let question = try BatchQuestion(line, now: Instant(microseconds: 0))
        return try question.compiled(question.scope).explanation
    }

    /// The same, where names have the meaning of a scope instead of that of the line's fields.
    package static func explanation(of line: JSON, scope: some FormulaScope) throws(FormulaError) -> FormulaExplanation {
        try BatchQuestion(line, now: Instant(microseconds: 0)).compiled(scope).explanation
    }

    private static func failure(_ error: FormulaError) -> JSON {
        [
            "error": [
                "message": .string(error.message), "line": .number(Number(max(1, error.line))),
                "column": .number(Number(max(1, error.column))),
                "code": .string(error.code.rawValue),
            ]
        ]
    }
}
