import ArgumentParser
import Formula
import Foundation
import Values

struct FormulaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "formula", abstract: "Try formulas.", subcommands: [Evaluate.self])

    struct Evaluate: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "eval", abstract: "Compute a formula for values given here.",
            discussion: """
                A field's type is taken from its value: a number, true or false, a date (2026-03-31), a moment \
                (2026-03-31T12:00:00Z), else a text.

                With --batch every line of standard input is a question in JSON and gets an answer on a line of its own:

                  {"formula": "Price * Quantity", "returnType": "currency",
                   "blanks": "zero", "fields": {"Price": {"type": "currency"},
                   "Quantity": {"type": "number"}}, "record": {"Price": 9.99, "Quantity": 3}}

                is answered with {"value": 29.97}, or with {"error": {"message", "line", "column"}}.

                EXAMPLES
                  martlet formula eval 'ROUND(Amount * 0.19, 2)' --field Amount=1249.90
                  martlet formula eval 'BLANKVALUE(Phone, "none")' --field Phone=
                  martlet formula eval --batch < questions.jsonl > answers.jsonl
                """)

        @Argument(help: "The formula.") var formula: String?
        @Option(
            name: .customLong("field"),
            help: ArgumentHelp("A field and its value; can be given several times.", valueName: "NAME=VALUE"))
        var fields: [String] = []
        @Option(
            help: ArgumentHelp(
                "The type of the result: number, currency, percent, text, checkbox, date, datetime, time.", valueName: "TYPE"))
        var returns: String?
        @Option(help: ArgumentHelp("How a blank number is read: zero (standard) or blank.", valueName: "zero|blank")) var blanks:
            String?
        @Flag(help: "Answer every line of standard input.") var batch = false

        func validate() throws {
            if batch == (formula != nil) { throw ValidationError("Give a formula, or --batch and lines on standard input") }
        }

        func run() throws {
            if batch { try answerLines() } else { try answer(formula ?? "") }
        }

        private func answer(_ formula: String) throws {
            var question: JSON.Members = ["formula": .string(formula)]
            question["returnType"] = returns.map(JSON.string)
            question["blanks"] = blanks.map(JSON.string)
            var (types, record) = (JSON.Members(), JSON.Members())
            for field in try fields.map(GivenField.init) {
                (types[field.name], record[field.name]) = (["type": .string(field.type)], field.value)
            }
            (question["fields"], question["record"]) = (.object(types), .object(record))
            let printed: String
            do throws(FormulaError) {
                let answer = try FormulaBatch.answer(to: .object(question), now: .wallClock)
                let value = answer["value"] ?? .null
                printed = value.string ?? value.description
            } catch {
                throw Failure(
                    .refused, "\(error.message)\n  \(formula)\n  \(String(repeating: " ", count: max(0, error.column - 1)))^")
            }
            try Terminal.output.line(printed)
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
}

/// `NAME=VALUE` of the command line.
private struct GivenField {
    let name: String
    let type: String
    let value: JSON

    init(_ text: String) throws(Failure) {
        guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
            throw Failure(.usage, "--field is \"\(text)\": expected NAME=VALUE")
        }
        name = String(text[..<equals])
        let value = String(text[text.index(after: equals)...])
        (type, self.value) = GivenField.read(value)
    }

    private static func read(_ text: String) -> (String, JSON) {
        if let number = Number(text) { return ("number", .number(number)) }
        if text == "true" || text == "false" { return ("checkbox", .bool(text == "true")) }
        if Day(text) != nil { return ("date", .string(text)) }
        if Instant(text) != nil { return ("datetime", .string(text)) }
        return ("text", text.isEmpty ? .null : .string(text))
    }
}
