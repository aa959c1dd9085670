/// One line of text.
struct TextKind: Textual {
    let defaultLength = 255
}
