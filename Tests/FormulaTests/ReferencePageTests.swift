import Formula
import Foundation
import Testing

@Suite struct `The page about formulas` {
    /// `REWRITE_GOLDENS=1` writes the tables anew, and fails once more so that nobody forgets to look at them.
    @Test func `tells every function and operator as it is`() throws {
        let page = try ReferencePage.text()
        let correct = ReferencePage.prose(of: page) + ReferencePage.tables
        if ProcessInfo.processInfo.environment["REWRITE_GOLDENS"] != nil {
            try correct.write(to: ReferencePage.file, atomically: true, encoding: .utf8)
        }
        #expect(page == correct, "run the tests with REWRITE_GOLDENS=1")
    }

    @Test func `shows what its examples give`() throws {
        let examples = try ReferencePage.examples()
        #expect(examples.count > 30)
        for example in examples { #expect(outcome(example.formula) == example.result, "\(example.formula)") }
    }

    @Test func `names every code of an error`() throws {
        let page = try ReferencePage.text()
        for code in FormulaError.Code.allCases { #expect(page.contains("| `\(code.rawValue)` |"), "\(code)") }
    }

    @Test func `tells the limits`() throws {
        let page = try ReferencePage.text()
        let limits = [Parser.maximumLength, Parser.maximumNesting, Parser.maximumDepth].map {
            $0.formatted(.number.locale(Locale(identifier: "en")))
        }
        #expect(
            page.contains("| A formula | \(limits[0]) characters, nested \(limits[1]) deep, \(limits[2]) operators in a row |"))
    }
}
