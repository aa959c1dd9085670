import ArgumentParser
import Formula
import Foundation
import Values

struct EvaluateFormula: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eval", abstract: "Compute a formula for values given here.",
        discussion: """
            A field's type is taken from its value (a number, true or false, a date such as 2026-03-31, a moment such as \
            2026-03-31T12:00:00Z, else a text), or given: --field Discount:percent=12.

            With --batch every line of standard input is a question in JSON and gets an answer on a line of its own:
              {"formula": "Price * Quantity", "returnType": "currency", "blanks": "zero",
               "fields": {"Price": {"type": "currency", "scale": 2}, "Quantity": {"type": "number"}},
               "record": {"Price": 9.99, "Quantity": 3}}
              {"value": 29.97}   or   {"error": {"message": ..., "line": 1, "column": 9, "code": ...}}
            A field may have a "formula" over the others. Also understood: "scale", "now", "zone", "prior" (the record before \
            a change), "isNew", "isClone".

            EXAMPLES
              martlet formula eval 'ROUND(Amount * 0.19, 2)' --field Amount=1249.90
              martlet formula eval 'IF(ISBLANK(Phone), "call by post", Phone)' --field Phone= --returns text
              martlet formula eval --batch < questions.jsonl > answers.jsonl
            """)

    @Argument(help: "The formula.") var formula: String?
    @OptionGroup var given: GivenFields
    @Option(help: ArgumentHelp("Digits after the point of a numeric result.", valueName: "DIGITS")) var scale: Int?
    @Option(help: ArgumentHelp("What NOW() and TODAY() mean; without it, the present.", valueName: "MOMENT")) var now: String?
    @Option(help: ArgumentHelp("The time zone of TODAY() and DATEVALUE(); without it, UTC.", valueName: "ZONE")) var zone: String?
    @Flag(help: "Answer every line of standard input.") var batch = false

    func validate() throws {
        if batch == (formula != nil) { throw ValidationError("Give a formula, or --batch and lines on standard input") }
    }

    func run() throws {
        if batch { try answerLines() } else { try answer(formula ?? "") }
    }

    private func answer(_ formula: String) throws {
        var question = try given.question(formula)
        question["scale"] = scale.map { .number(Number($0)) }
        question["now"] = now.map(JSON.string)
        question["zone"] = zone.map(JSON.string)
        let value: JSON
        do throws(FormulaError) {
            value = try FormulaBatch.answer(to: .object(question), now: .wallClock)["value"] ?? .null
        } catch {
            throw Failure(error, in: formula)
        }
        try Terminal.output.line(value.string ?? value.description)
    }

    /// Lines in, lines out, as they come.
    private func answerLines() throws {
        var reader = LineReader()
        while let lines = try reader.next() {
            let questions = lines.filter { !$0.allSatisfy(\.isWhitespace) }
            let answers = questions.map { FormulaBatch.answer(to: $0, now: .wallClock).description + "\n" }
            try Terminal.output.write(Array(answers.joined().utf8))
        }
    }
}

extension Failure {
    /// The mistake, and the line it is in with a mark below its place.
    init(_ error: FormulaError, in formula: String) {
        let lines = formula.split(separator: "\n", omittingEmptySubsequences: false)
        var message = error.description
        if lines.indices.contains(error.line - 1) {
            message += "\n  \(lines[error.line - 1])\n  \(String(repeating: " ", count: max(0, error.column - 1)))^"
        }
        self.init(.refused, message)
    }
}
