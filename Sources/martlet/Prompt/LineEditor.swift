import Foundation

/// A line while it is typed: its characters, where the cursor stands, and the lines of before.
struct LineEditor {
    enum Key: Hashable {
        case character(Character)
        case paste(String)
        case enter, tab, backspace, delete, left, right, up, down, home, end, wordLeft, wordRight
        /// Erase all, what follows, the word before.
        case eraseLine, eraseRest, eraseWord
        case interrupt, endOfInput, clear, unknown
    }

    enum Outcome: Equatable {
        case typing
        case line(String)
        /// What could stand here, where that is more than one thing.
        case choices([String])
        /// The line was given up.
        case abandoned
        /// The screen is to be cleared.
        case cleared
        case end
    }

    private(set) var text: [Character] = []
    private(set) var cursor = 0
    private(set) var history: [String]
    /// Which line of before is shown; their number for the one being typed.
    private var shown: Int
    private var typed: [Character] = []

    init(history: [String] = []) {
        self.history = history
        shown = history.count
    }

    /// - Parameter complete: the words that could stand instead of the one before the cursor, given all that stands before it.
    mutating func press(_ key: Key, complete: (String) -> [String] = { _ in [] }) -> Outcome {
        switch key {
        case .character(let character): insert([character])
        case .paste(let text): insert(Array(text))
        case .enter: return finish()
        case .clear: return .cleared
        case .tab: return self.complete(complete(String(text[..<cursor])))
        case .interrupt:
            start()
            return .abandoned
        case .endOfInput:
            if text.isEmpty { return .end }
            erase(cursor..<min(cursor + 1, text.count))
        case .up: show(shown - 1)
        case .down: show(shown + 1)
        default: move(key)
        }
        return .typing
    }

    private mutating func move(_ key: Key) {
        switch key {
        case .backspace: erase(max(0, cursor - 1)..<cursor)
        case .delete: erase(cursor..<min(cursor + 1, text.count))
        case .eraseLine: erase(0..<cursor)
        case .eraseRest: erase(cursor..<text.count)
        case .eraseWord: erase(startOfWord..<cursor)
        case .left: cursor = max(0, cursor - 1)
        case .right: cursor = min(text.count, cursor + 1)
        case .wordLeft: cursor = startOfWord
        case .wordRight: cursor = endOfWord
        case .home: cursor = 0
        case .end: cursor = text.count
        default: break
        }
    }

    private var startOfWord: Int {
        let blanks = text[..<cursor].reversed().prefix { $0 == " " }.count
        return cursor - blanks - text[..<(cursor - blanks)].reversed().prefix { $0 != " " }.count
    }

    private var endOfWord: Int {
        let blanks = text[cursor...].prefix { $0 == " " }.count
        return cursor + blanks + text[(cursor + blanks)...].prefix { $0 != " " }.count
    }

    private mutating func insert(_ characters: [Character]) {
        text.insert(contentsOf: characters, at: cursor)
        cursor += characters.count
    }

    private mutating func erase(_ range: Range<Int>) {
        text.removeSubrange(range)
        cursor = range.lowerBound
    }

    private mutating func finish() -> Outcome {
        let line = String(text)
        if !line.allSatisfy(\.isWhitespace), line != history.last { history.append(line) }
        start()
        return .line(line)
    }

    private mutating func start() { (text, cursor, shown, typed) = ([], 0, history.count, []) }

    private mutating func show(_ index: Int) {
        guard (0...history.count).contains(index), index != shown else { return }
        if shown == history.count { typed = text }
        text = index == history.count ? typed : Array(history[index])
        (shown, cursor) = (index, text.count)
    }

    /// Puts in what all the choices begin with.
    private mutating func complete(_ choices: [String]) -> Outcome {
        guard let first = choices.first else { return .typing }
        let common = choices.dropFirst().reduce(first) { $0.commonPrefix(with: $1, options: .caseInsensitive) }
        let word = Completion.word(before: String(text[..<cursor]))
        guard common.count > word.count || choices.count == 1 else { return .choices(choices) }
        erase((cursor - word.count)..<cursor)
        insert(Array(common) + (choices.count == 1 && !common.hasSuffix(".") ? [" "] : []))
        return .typing
    }
}

extension LineEditor {
    /// As much of the line around the cursor as has room in so many columns, and in which of them the cursor stands.
    func window(_ width: Int) -> (text: String, cursor: Int) {
        let columns = text.map(\.columns)
        guard columns.reduce(0, +) > width else { return (String(text), columns[..<cursor].reduce(0, +)) }
        // Most of the room is for what stands before the cursor, the rest shows what follows.
        var (start, column) = (cursor, 0)
        while start > 0, column + columns[start - 1] <= width * 3 / 4 {
            start -= 1
            column += columns[start]
        }
        var (end, used) = (cursor, column)
        while end < text.count, used + columns[end] <= width {
            used += columns[end]
            end += 1
        }
        return (String(text[start..<end]), column)
    }
}

extension Character {
    /// Columns that a terminal gives it: two for East Asian letters and pictures.
    fileprivate var columns: Int {
        guard let scalar = unicodeScalars.first, scalar.value >= 0x1100 else { return 1 }
        let wide: [ClosedRange<UInt32>] = [
            0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
            0x1F300...0x1FAFF, 0x20000...0x3FFFD,
        ]
        return wide.contains { $0.contains(scalar.value) } ? 2 : 1
    }
}
