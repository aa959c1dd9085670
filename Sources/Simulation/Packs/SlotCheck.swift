import Values

/// Holds what a writer puts into slots to what was asked: nothing of it is used that was not looked at.
///
/// Letters, spaces and a few marks are all that a pattern lets through: no address, link, markup, template or control character.
struct SlotCheck {
    /// What there is by kind, in small letters.
    private var taken: [Slot.Kind: Set<String>] = [:]

    init(_ slots: [Slot], _ words: [Slot.ID: String]) {
        for slot in slots {
            if let text = words[slot.id] { taken[slot.kind, default: []].insert(text.lowercased()) }
        }
    }

    /// What is wrong with an answer, in words by which it can be mended; nil where it holds, and is taken from now on.
    mutating func objection(to answer: JSON?, for slot: Slot) -> String? {
        guard let answer else { return "it is missing" }
        guard let text = answer.string?.trimmed else { return "it must be a text" }
        if text.isEmpty { return "it is empty" }
        // By bytes, since one character may be of many.
        if text.utf8.count > slot.kind.longest { return "it has more than \(slot.kind.longest) characters" }
        guard let pattern = try? Regex(slot.pattern), text.wholeMatch(of: pattern) != nil else {
            return "it must match \(slot.pattern)"
        }
        let words = text.lowercased().split { !$0.isLetter }.map(String.init)
        if words.contains(where: Self.leftovers.contains) || text.lowercased().contains("language model") {
            return "it speaks of the question instead of answering it"
        }
        if text.contains("  ") { return "it has two spaces in a row" }
        if slot.kind == .worry, !words.contains(where: Self.english.contains) { return "it must be plain English" }
        if !taken[slot.kind, default: []].insert(text.lowercased()).inserted { return "it is used already" }
        return nil
    }

    /// Words of questions like ours, and of documentation, that nobody says in an office.
    private static let leftovers: Set = [
        "slot", "slots", "persona", "personas", "json", "schema", "prompt", "prompts", "instruction", "instructions",
        "placeholder", "placeholders", "lorem", "ipsum", "undefined", "string", "regex", "http", "https", "www", "chatbot",
        "tbd", "foo", "bar", "example",
    ]

    /// Of these, hardly any English clause has none.
    private static let english = Set(
        words(
            """
            a about after all an and any are as at be because been before but by can cannot could does every everybody for from \
            gets has have he her his in into is it its just keep keeps last late more most much never new no nobody none not nothing of off \
            on one only or our out over per she should since so some still takes than that the their them there they this three \
            to too two until up us was we were what when where which while who whole will with without would year you your
            """))
}
