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

    @Test func `names are completed`() throws {
        let scratch = try Scratch()
        try scratch.writeBusiness()
        let registry = try #require(Registry.load(directory: scratch.path("metadata"), triggers: nil).registry)
        let completion = Completion(registry: registry)
        #expect(completion.choices(before: "SELECT Name FROM Acc") == ["Account"])
        #expect(completion.choices(before: "SELECT Cred", after: " FROM Account") == ["Credit"])
        #expect(completion.choices(before: "SELECT CreatedBy.Na", after: " FROM Account") == ["CreatedBy.Name"])
        #expect(completion.choices(before: "SELEC") == ["SELECT"])
        var editor = LineEditor()
        _ = typed("SELECT Name FROM acc", into: &editor)
        _ = editor.press(.tab) { completion.choices(before: $0) }
        #expect(String(editor.text) == "SELECT Name FROM Account ")
    }
}
