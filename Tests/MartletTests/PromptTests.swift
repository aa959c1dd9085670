import Metadata
import Testing

@testable import martlet

@Suite struct `The prompt` {
    private func typed(_ text: String, into editor: inout LineEditor) -> LineEditor.Outcome {
        var outcome = LineEditor.Outcome.typing
        for character in text { outcome = editor.press(.character(character)) }
        return outcome
    }

    @Test func `a line is edited`() {
        var editor = LineEditor()
        _ = typed("SELECT Nme", into: &editor)
        for key: LineEditor.Key in [.left, .left, .character("a"), .end, .character(" "), .eraseWord, .home, .delete, .eraseRest]
        {
            _ = editor.press(key)
        }
        #expect(editor.text.isEmpty)
        _ = typed("héllo x", into: &editor)
        for key: LineEditor.Key in [.backspace, .backspace] { _ = editor.press(key) }
        #expect(editor.press(.enter) == .line("héllo"))
        #expect(editor.press(.endOfInput) == .end)
    }

    @Test func `lines of before come back, and so does the one being typed`() {
        var editor = LineEditor(history: ["one", "two"])
        _ = typed("thr", into: &editor)
        _ = editor.press(.up)
        #expect(String(editor.text) == "two")
        for _ in 0..<3 { _ = editor.press(.up) }
        #expect(String(editor.text) == "one")
        for _ in 0..<3 { _ = editor.press(.down) }
        #expect(String(editor.text) == "thr")
        #expect(editor.press(.interrupt) == .abandoned)
        #expect(editor.history == ["one", "two"])
    }

    @Test func `of a long line, what stands around the cursor is shown`() {
        var editor = LineEditor()
        _ = typed("0123456789abcdefghij", into: &editor)
        #expect(editor.window(20) == ("0123456789abcdefghij", 20))
        #expect(editor.window(12) == ("bcdefghij", 9))
        _ = editor.press(.home)
        #expect(editor.window(12) == ("0123456789ab", 0))
        for _ in 0..<10 { _ = editor.press(.right) }
        #expect(editor.window(12) == ("123456789abc", 9))
        editor = LineEditor()
        _ = typed("東京東京", into: &editor)
        #expect(editor.window(20) == ("東京東京", 8))
        #expect(editor.window(4) == ("京", 2))
    }

    @Test(arguments: [
        ("\u{1B}[A", LineEditor.Key.up), ("\u{1B}OB", .down), ("\u{1B}[1;5C", .wordRight), ("\u{1B}[1;3D", .wordLeft),
        ("\u{1B}[1~", .home),
        ("\u{1B}[4~", .end), ("\u{1B}[3~", .delete), ("\u{1B}b", .wordLeft), ("\u{1B}", .unknown), ("\u{1B}[9;9;9Z", .unknown),
        ("é", .character("é")), ("🦅", .character("🦅")), ("\u{1B}[200~a\r\n b\tc\u{1B}[201~", .paste("a  bc")), ("\u{C}", .clear),
    ])
    func `keys are told from what a terminal sends`(_ text: String, _ key: LineEditor.Key) throws {
        var bytes = Array((text + "x").utf8).makeIterator()
        let isAlone = text == "\u{1B}"
        func next() throws -> LineEditor.Key? { try .next { isPart in isAlone && isPart ? nil : bytes.next() } }
        #expect(try next() == key)
        #expect(try next() == .character("x"))
    }

    @Test func `names are completed`() throws {
        let scratch = try Scratch()
        try scratch.writeBusiness()
        let registry = try #require(Registry.load(directory: scratch.path("metadata"), triggers: nil).registry)
        let completion = Completion(registry: registry)
        #expect(completion.choices(before: "SELECT Name FROM Acc") == ["Account"])
        #expect(completion.choices(before: "SELECT Cred", after: " FROM Account") == ["Credit"])
        #expect(completion.choices(before: "SELECT CreatedBy.Na", after: " FROM Account") == ["CreatedBy.Name"])
        #expect(completion.choices(before: "SELEC") == ["SELECT"])
        #expect(completion.choices(before: "SELECT Cred") == ["Credit"])
        #expect(completion.choices(before: "SELECT Nam") == ["Name"])
        var editor = LineEditor()
        _ = typed("SELECT Name FROM acc", into: &editor)
        _ = editor.press(.tab) { completion.choices(before: $0) }
        #expect(String(editor.text) == "SELECT Name FROM Account ")
    }
}
