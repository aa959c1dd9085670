import Formula
import Testing
import Values

@Suite struct `Whatever is typed` {
    /// Pieces of formulas, in no order.
    private static let pieces = [
        "Amount", "Name", "CloseDate", "1", "0.5", "\"a\"", "'b", "\"", "(", ")", ",", "+", "-", "*", "/", "^", "&", "&&", "||",
        "!", "=", "<>", "<", ">=", "IF(", "CASE(", "AND(", "TEXT(", "ROUND(", "REGEX(",
        "NULL", "TRUE", "NOT ", "/*", "*/", " ", "\n", "$User.Id", "Account..Name", "é", "🙂", "\u{0}", "\\", "#", "LEFT(",
        "IFERROR(", "PRIORVALUE(", "(((((", "]", "§", "9999999999999999999999999999999999999999",
    ]

    @Test func `is computed or refused with a place`() throws {
        var random = SeededGenerator(seed: 21)
        for _ in 0..<20_000 {
            let source = (0..<Int.random(in: 0..<15, using: &random)).map { _ in Self.pieces.randomElement(using: &random) ?? "" }
                .joined()
            try expectAnswer(source, World.randomRecord(&random))
        }
    }

    @Test func `is refused where one character of a formula changed, or means something else`() throws {
        var random = SeededGenerator(seed: 22)
        for sample in Sample.random(2000, seed: 23) {
            var characters = Array(sample.source.unicodeScalars)
            if characters.isEmpty { continue }
            let index = Int.random(in: 0..<characters.count, using: &random)
            switch Int.random(in: 0..<3, using: &random) {
            case 0: characters.remove(at: index)
            case 1: characters.swapAt(index, Int.random(in: 0..<characters.count, using: &random))
            default: characters.insert(("()+-\"'\\&=1aA,".unicodeScalars.randomElement(using: &random) ?? "a"), at: index)
            }
            var text = String.UnicodeScalarView()
            text.append(contentsOf: characters)
            try expectAnswer(String(text), sample.record)
        }
    }

    private func expectAnswer(_ source: String, _ record: [String: Value]) throws {
        do throws(FormulaError) {
            let formula = try CompiledFormula.compile(source, scope: World())
            _ = try formula.evaluate(formula.input(record))
        } catch {
            #expect(error.line >= 1 && error.column >= 1 && !error.message.isEmpty, "\(source)")
        }
    }

    @Test(
        .timeLimit(.minutes(1)),
        arguments: [
            String(repeating: "(", count: 20_000), String(repeating: "-", count: 20_000), String(repeating: "NOT ", count: 5000),
            String(repeating: "IF(", count: 6000),
            String(repeating: "1+", count: 9999) + "1", String(repeating: "\"", count: 20_000),
            "\"" + String(repeating: "\\\\", count: 9000) + "\"", String(repeating: "/*", count: 10_000),
            String(repeating: "A.", count: 9999) + "A", String(repeating: "1", count: 20_000),
            String(repeating: "\n", count: 19_999) + "1",
            "MAX(" + Array(repeating: "1", count: 9000).joined(separator: ",") + ")",
            String(repeating: "🙂", count: 20_000), String(repeating: "a", count: 1_000_000),
            "CASE(1," + String(repeating: "1,1,", count: 4000) + "1)",
        ].map(LongFormula.init))
    func `is answered at once, however long and deep`(formula: LongFormula) throws { try expectAnswer(formula.source, [:]) }

    @Test func `is a line of a batch that is answered`() {
        var random = SeededGenerator(seed: 24)
        let line = Array(
            #"{"formula": "Amount + 1", "returnType": "number", "blanks": "zero", "fields": {"Amount": {"type": "number"}}, "record": {"Amount": 5}}"#
                .utf8)
        for _ in 0..<3000 {
            var bytes = line
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 32...126, using: &random)
            }
            let answer = FormulaBatch.answer(to: String(decoding: bytes, as: UTF8.self), now: testMoment)
            #expect(answer["value"] != nil || answer["error"] != nil)
        }
    }
}

/// A formula of which the list of tests shows the beginning only.
struct LongFormula: Sendable, CustomTestStringConvertible {
    let source: String
    var testDescription: String { "\(String(source.prefix(12)).debugDescription), \(source.utf8.count) bytes" }
}
