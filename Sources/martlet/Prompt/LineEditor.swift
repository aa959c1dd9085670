import Foundation

/// A line while it is typed: its characters, where the cursor stands, and the lines of before.
struct LineEditor {
    enum Key: Hashable {
        case character(Character)
        case enter, tab, backspace, delete, left, right, up, down, home, end
        /// Erase all, what follows, the word before.
        case eraseLine, eraseRest, eraseWord
        case interrupt, endOfInput, unknown
    }

    enum Outcome: Equatable {
        case typing
        case line(String)
        /// What could stand here, where that is more than one thing.
        case choices([String])
        /// The line was given up.
        case abandoned
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
        case .enter: return finish()
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
        case .home: cursor = 0
        case .end: cursor = text.count
        default: break
        }
    }

    private var startOfWord: Int {
        let blanks = text[..<cursor].reversed().prefix { $0 == " " }.count
        return cursor - blanks - text[..<(cursor - blanks)].reversed().prefix { $0 != " " }.count
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
