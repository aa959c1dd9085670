import Metadata
import Testing
import Values

@Suite("YAML's traps")
struct YAMLTests {
    @Test func `a text that looks like something else stays a text`() throws {
        let options = try field("type: select, options: [NO, on, 12:30, 1e3, 0x1F, 2026-01-01, null_]").options.map(\.value)
        #expect(options == ["NO", "on", "12:30", "1e3", "0x1F", "2026-01-01", "null_"])
        let tags = try field("type: tags, defaultValue: [a, b]").defaultValue
        #expect(tags == .value(.list(["a", "b"])))
        #expect(try field("type: json, defaultValue: { a: [1, NO] }").defaultValue == .value(.json(["a": [1, "NO"]])))
        #expect(try field("type: text, label: NO, defaultValue: yes").defaultValue == .value(.text("yes")))
    }

    @Test(arguments: ["yes", "no", "on", "off", "Y", "1", "truthy"])
    func `a flag is true or false and nothing else`(_ word: String) {
        #expect(
            mistakes(fields: "  - { name: F, type: text, required: \(word) }") == [
                "3:38: error: field F: required must be true or false, not \"\(word)\""
            ])
    }

    @Test(arguments: [
        (
            "  - { name: F, type: text, length: 12:30 }",
            "3:36: error: field F: length must be a whole number from 1 to 1000000, not \"12:30\""
        ),
        ("  - { name: F, type: number, max: 1_000 }", "3:35: error: field F: max must be a number, not \"1_000\""),
        (
            "  - { name: F, type: number, defaultValue: 12:30 }",
            "3:44: error: field F: defaultValue: F needs a number, not the text \"12:30\""
        ),
        (
            "  - { name: F, type: checkbox, defaultValue: yes }",
            "3:46: error: field F: defaultValue: F needs true or false, not \"yes\""
        ),
        (
            "  - { name: F, type: date, defaultValue: 31.12.2026 }",
            "3:42: error: field F: defaultValue: F needs a date such as 2026-03-31, not \"31.12.2026\""
        ),
        ("\t- { name: F, type: text }", "3:1: error: A tab may not indent a line: use spaces"),
        (
            "  - name: F\n    type: text\n    label: A\n    label: B",
            "6:5: error: The key \"label\" stands twice; it stands first in line 5"
        ),
        (
            "  - { name: F, type: text, label: A, label: B }",
            "3:38: error: The key \"label\" stands twice between these braces (a formula with a comma in it needs quotes there)"
        ),
        (
            "  - &f { name: F, type: text }",
            "3:5: error: Anchors and aliases (&name, *name) are not read: write the value out (in a formula, put a space after & and *)"
        ),
        (
            "  - &f { name: F, type: text }\n  - *f",
            "4:5: error: Anchors and aliases (&name, *name) are not read: write the value out (in a formula, put a space after & and *)"
        ),
        (
            "  - *f",
            "3:5: error: Anchors and aliases (&name, *name) are not read: write the value out (in a formula, put a space after & and *)"
        ),
        ("  - { <<: { name: F }, type: text }", "3:7: error: Merge keys (<<) are not read: write the values out"),
        (
            "  - { name: !!int F, type: text }",
            "3:13: error: Tags such as tag:yaml.org,2002:int are not read: put the text into quotes"
        ),
        ("  - { ? [a, b] : c }", "3:9: error: A key must be a plain name, not a list or a mapping"),
        (
            "  - { name: F, type: text }\n---\nname: Other",
            "5:1: error: A file holds one document: remove this --- and what follows, or put it into a file of its own"
        ),
        (
            "  - name: F\n    label: Won: yes",
            "4:15: error: This is not valid YAML: mapping values are not allowed in this context: put a text that has a colon in it into quotes"
        ),
        (
            "  - { name: F, label: @x }",
            "3:23: error: This is not valid YAML: found character that cannot start any token (while scanning for the next token that starts in line 3): put the text into quotes"
        ),
        (
            "  - { name: F, type: text",
            "4:1: error: This is not valid YAML: did not find expected ',' or '}' (while parsing a flow mapping that starts in line 3); inside { } and [ ] a text with a comma or a bracket needs quotes"
        ),
        (
            "  - { name: F, type: text, label: \"\u{1}\" }",
            "3:36: error: This character may not stand in a YAML file: control characters are not allowed"
        ),
        (
            "  - { name: F, type: text, helpText: One, two and three }",
            "3:43: error: field F has no key \"two and three\"; between braces a text with a comma in it needs quotes"
        ),
    ])
    func `each has its diagnostic`(_ fields: String, _ message: String) {
        #expect(mistakes(fields: fields) == [message])
    }

    @Test func `an empty file and one of another shape are refused`() {
        #expect(mistakes("") == ["1:1: error: The file is empty"])
        #expect(mistakes("# nothing\n") == ["1:1: error: The file is empty"])
        #expect(mistakes("- a\n- b\n") == ["1:1: error: this file must be a mapping of keys and values, not a list"])
        #expect(mistakes("just a text") == ["1:1: error: this file must be a mapping of keys and values, not \"just a text\""])
    }

    @Test func `lines may end as on Windows, after a byte order mark`() throws {
        let text =
            "\u{FEFF}name: Thing\nfields:\n  - { name: A, type: number, defaultValue: =MAX(1, 2) }\n  - { name: B, type: nmber }\n"
        #expect(
            mistakes(text.replacing("\n", with: "\r\n")) == [
                "4:22: error: field B: there is no type \"nmber\" (did you mean number?)"
            ])
    }

    @Test func `a flood of mistakes is cut off`() {
        let fields = (1...5000).map { "  - { name: V\($0), columns: [X\($0)] }\n" }.joined()
        let messages = mistakes("name: Thing\nlistViews:\n" + fields)
        #expect(messages.count == 501)
        #expect(messages.last?.contains("There are 500 errors: mend these first, there may be more") ?? false)
    }

    @Test func `a formula between braces keeps its commas`() throws {
        let text = """
            name: Thing
            fields:
              - { name: A, type: number, scale: 2, defaultValue: =IF(1 > 2,3, BLANKVALUE(4,  5)), required: true }
            """
        let field = try #require(try object(text).field("A"))
        #expect(field.defaultValue == .formula("IF(1 > 2,3, BLANKVALUE(4,  5))"))
        #expect(field.required)
    }

    @Test(
        .timeLimit(.minutes(1)),
        arguments: [
            LargeFile("[", times: 1_000_000), LargeFile("{a: ", times: 200_000), LargeFile("- ", times: 400_000),
            LargeFile("? ", times: 400_000), LargeFile("[a: ", times: 900), LargeFile("\"]\" [", times: 100_000),
            LargeFile("\n[", times: 400_000),
            LargeFile("1200 steps", (0..<1200).map { String(repeating: " ", count: $0) + "a:\n" }.joined()),
            LargeFile("100 lists", "a: " + String(repeating: "[", count: 100) + String(repeating: "]", count: 100)),
        ])
    func `deep nesting is refused at once`(_ file: LargeFile) {
        #expect(mistakes(file.text).count == 1)
        #expect(mistakes(file.text)[0].contains("error:"))
    }

    @Test func `aliases cannot multiply`() {
        let levels = (1...30).map { level in
            "l\(level): &l\(level) [\(Array(repeating: "*l\(level - 1)", count: 9).joined(separator: ","))]"
        }
        let text = "l0: &l0 [x]\n" + levels.joined(separator: "\n") + "\n? [*l30]\n: x\n"
        #expect(
            mistakes(text) == [
                "2:10: error: Anchors and aliases (&name, *name) are not read: write the value out (in a formula, put a space after & and *)"
            ])
    }

    @Test(.timeLimit(.minutes(1))) func `a formula of forty thousand pieces is not put together`() {
        let pieces =
            "name: Thing\nfields: [{ name: A, type: number, defaultValue: =MAX(" + (0..<40_000).map { "x\($0)," }.joined()
            + "1) }]"
        #expect(mistakes(pieces).count == 501)
    }

    @Test func `large files are refused`() {
        #expect(mistakes(String(repeating: "#", count: 1 << 20 + 1)) == ["1:1: error: The file is larger than 1 MiB: split it"])
        let many = "name: Thing\nfields: [" + String(repeating: "1,", count: 100_001) + "]"
        #expect(mistakes(many) == ["2:200000: error: The file has more than 100000 parts: split it"])
    }
}

/// A text whose name, not its megabyte, stands in the list of tests.
struct LargeFile: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let text: String

    init(_ name: String, _ text: String) { (testDescription, self.text) = (name, text) }

    init(_ part: String, times: Int) {
        self.init("\(part.debugDescription) \(times) times", String(repeating: part, count: times))
    }
}
