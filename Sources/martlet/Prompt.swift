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
        try draw()
        while let key = readKey() {
            let rest = String(editor.text[editor.cursor...])
            switch editor.press(key, complete: { completion.choices(before: $0, after: rest) }) {
            case .typing: try draw()
            case .line(let line):
                try write("\r\n")
                keep()
                return line
            case .choices(let choices):
                try write("\r\n" + choices.prefix(60).joined(separator: "  ") + "\r\n")
                try draw()
            case .abandoned:
                try write("^C\r\n")
                try draw()
            case .end:
                try write("\r\n")
                return nil
            }
        }
        return nil
    }

    private func draw() throws {
        let behind = editor.text.count - editor.cursor
        try write("\r\u{1B}[K" + Prompt.mark + String(editor.text) + (behind > 0 ? "\u{1B}[\(behind)D" : ""))
    }

    private func write(_ text: String) throws { try Terminal.output.write(Array(text.utf8)) }

    private func keep() {
        guard let historyFile else { return }
        try? (editor.history.suffix(1000).joined(separator: "\n") + "\n").write(
            toFile: historyFile, atomically: true, encoding: .utf8)
    }

    private func readKey() -> LineEditor.Key? {
        guard let byte = readByte() else { return nil }
        if byte == 0x1B { return readSequence() }
        if byte >= 0x80 { return readCharacter(byte) }
        return LineEditor.Key(control: byte) ?? .character(Character(Unicode.Scalar(byte)))
    }

    private func readByte() -> UInt8? {
        var byte: UInt8 = 0
        while true {
            let count = read(STDIN_FILENO, &byte, 1)
            if count == 1 { return byte }
            if count == 0 || errno != EINTR { return nil }
        }
    }

    /// `ESC [ A` and the like.
    private func readSequence() -> LineEditor.Key {
        guard let second = readByte(), second == UInt8(ascii: "[") || second == UInt8(ascii: "O"), let third = readByte() else {
            return .unknown
        }
        switch third {
        case UInt8(ascii: "A"): return .up
        case UInt8(ascii: "B"): return .down
        case UInt8(ascii: "C"): return .right
        case UInt8(ascii: "D"): return .left
        case UInt8(ascii: "H"): return .home
        case UInt8(ascii: "F"): return .end
        case UInt8(ascii: "3"): return readByte() == UInt8(ascii: "~") ? .delete : .unknown
        default: return .unknown
        }
    }

    /// A character of several bytes.
    private func readCharacter(_ first: UInt8) -> LineEditor.Key {
        var bytes = [first]
        for _ in 1..<(first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2) { if let byte = readByte() { bytes.append(byte) } }
        return String(decoding: bytes, as: UTF8.self).first.map { .character($0) } ?? .unknown
    }
}

extension LineEditor.Key {
    /// A control character; nil for any other.
    fileprivate init?(control byte: UInt8) {
        switch byte {
        case 1: self = .home
        case 2: self = .left
        case 3: self = .interrupt
        case 4: self = .endOfInput
        case 5: self = .end
        case 6: self = .right
        case 8, 127: self = .backspace
        case 9: self = .tab
        case 10, 13: self = .enter
        case 11: self = .eraseRest
        case 14: self = .down
        case 16: self = .up
        case 21: self = .eraseLine
        case 23: self = .eraseWord
        case 0..<32: self = .unknown
        default: return nil
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
    }

    func end() {
        var settings = before
        tcsetattr(STDIN_FILENO, TCSADRAIN, &settings)
    }
}
