import Foundation

/// Reads lines from a person at a terminal, who can edit them, call back those of before, and have names completed.
struct Prompt {
    private var editor: LineEditor
    private let completion: Completion
    private let historyFile: String?
    private static let mark = "martlet> "

    /// - Parameter historyFile: where lines are kept from one session to the next.
    init(_ completion: Completion, historyFile: String?) {
        (self.completion, self.historyFile) = (completion, historyFile)
        let text =
            historyFile.flatMap { FileManager.default.contents(atPath: $0) }.map { String(decoding: $0, as: UTF8.self) } ?? ""
        editor = LineEditor(history: text.split(separator: "\n").suffix(1000).map(String.init))
    }

    /// The next line; nil at the end.
    mutating func next() throws -> String? {
        let (mode, completion) = (RawMode(), completion)
        defer { mode?.end() }
        var width = try draw()
        while let key = try LineEditor.Key.next({ try byte($0, &width) }) {
            let rest = String(editor.text[editor.cursor...])
            switch editor.press(key, complete: { completion.choices(before: $0, after: rest) }) {
            case .typing: break
            case .line(let line):
                try write("\r\n")
                keep()
                return line
            case .choices(let choices): try write("\r\n" + choices.prefix(60).joined(separator: "  ") + "\r\n")
            case .abandoned: try write("^C\r\n")
            case .cleared: try write("\u{1B}[H\u{1B}[2J")
            case .end:
                try write("\r\n")
                return nil
            }
            width = try draw()
        }
        return nil
    }

    /// The next byte; while there is none the window may get another width.
    private func byte(_ isPart: Bool, _ width: inout Int?) throws -> UInt8? {
        while !Prompt.hasInput(within: isPart ? 50 : 250) {
            if isPart { return nil }
            if Terminal.output.width != width { width = try draw() }
        }
        return Prompt.readByte()
    }

    /// Shows the line, or of one that is longer than the window what stands around the cursor. Returns the window's width.
    @discardableResult
    private func draw() throws -> Int? {
        let width = Terminal.output.width
        let (shown, column) = editor.window(max(10, (width ?? 80) - Prompt.mark.count - 1))
        try write("\r\u{1B}[K\(Prompt.mark)\(shown)\r\u{1B}[\(Prompt.mark.count + column)C")
        return width
    }

    private func write(_ text: String) throws { try Terminal.output.write(Array(text.utf8)) }

    private func keep() {
        guard let historyFile else { return }
        try? (editor.history.suffix(1000).joined(separator: "\n") + "\n").write(
            toFile: historyFile, atomically: true, encoding: .utf8)
    }

    private static func hasInput(within milliseconds: Int32) -> Bool {
        var input = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        return poll(&input, 1, milliseconds) > 0
    }

    private static func readByte() -> UInt8? {
        var byte: UInt8 = 0
        while true {
            let count = read(STDIN_FILENO, &byte, 1)
            if count == 1 { return byte }
            if count == 0 || errno != EINTR { return nil }
        }
    }
}

/// The terminal hands over every key as it is pressed, until this ends.
private struct RawMode {
    private let before: termios

    init?() {
        var settings = termios()
        guard tcgetattr(STDIN_FILENO, &settings) == 0 else { return nil }
        before = settings
        cfmakeraw(&settings)
        guard tcsetattr(STDIN_FILENO, TCSADRAIN, &settings) == 0 else { return nil }
        mark(pastes: true)
    }

    func end() {
        mark(pastes: false)
        var settings = before
        tcsetattr(STDIN_FILENO, TCSADRAIN, &settings)
    }

    /// Whether the terminal tells what is pasted from what is typed: lines in it are not to be asked one by one.
    private func mark(pastes: Bool) { try? Terminal.output.write(Array("\u{1B}[?2004\(pastes ? "h" : "l")".utf8)) }
}
