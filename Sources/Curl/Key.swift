/// A secret that lets us in somewhere. It never shows itself: not in a log, an error or a debugger's description.
package struct Key: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// For the header that carries it, and nothing else.
    package let text: String

    /// Blanks and line ends around it are none of it: files end with some.
    package init(_ text: String) {
        let rest = text.drop(while: \.isWhitespace)
        self.text = String(rest[..<(rest.lastIndex { !$0.isWhitespace }.map(rest.index(after:)) ?? rest.startIndex)])
    }

    package var description: String { "***" }
    package var debugDescription: String { "***" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
