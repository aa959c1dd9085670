import Values

/// A provider's answer as it came, of the right form and within the bounds. Whether it is true is another question.
struct Draft: Sendable {
    let summary: String
    let nextSteps: [String]
    let talkingPoints: [String]
    let reasoning: String
    let citations: [Briefing.Citation]

    /// Why an answer is no draft, in words that the provider can mend it by.
    struct Mistakes: Error {
        var list: [String]
    }

    private static let longestText = 400
    private static let mostCitations = 60

    init(_ text: String) throws(Mistakes) {
        let json: JSON
        do throws(JSONError) { json = try JSON(parsing: Self.unfenced(text)) } catch {
            throw Mistakes(list: ["It is not one JSON object: \(error)"])
        }
        guard let members = json.object else { throw Mistakes(list: ["It is \(json.kind), not an object"]) }
        var reader = DraftReader(members)
        summary = reader.text("summary", words: 1...Composer.words)
        nextSteps = reader.texts("nextSteps", longest: Self.longestText)
        talkingPoints = reader.texts("talkingPoints", longest: Self.longestText)
        reasoning = reader.text("reasoning", words: 1...120)
        citations = reader.citations(most: Self.mostCitations)
        reader.checkJudgement()
        reader.checkNames()
        if !reader.mistakes.isEmpty { throw Mistakes(list: reader.mistakes) }
    }

    /// Some models put their JSON between fences, whatever they are told.
    private static func unfenced(_ text: String) -> String {
        let text = text.trimmed
        guard text.hasPrefix("```"), let end = text.range(of: "```", after: 3) else { return text }
        return String(text[..<end].drop { $0 != "\n" })
    }
}

extension String {
    /// Where a part begins that stands beyond the first `offset` characters.
    fileprivate func range(of part: String, after offset: Int) -> String.Index? {
        let rest = self[index(startIndex, offsetBy: offset)...]
        return rest.firstRange(of: part)?.lowerBound
    }
}

/// Reads the members of an answer and collects what is wrong with them.
private struct DraftReader {
    let members: JSON.Members
    var mistakes: [String] = []

    init(_ members: JSON.Members) { self.members = members }

    mutating func text(_ name: String, words: ClosedRange<Int>) -> String {
        guard let text = members[name]?.string?.trimmed else {
            mistakes.append("\(name) must be a text")
            return ""
        }
        let count = text.wordCount
        if !words.contains(count) {
            mistakes.append("\(name) must have \(words.lowerBound) to \(words.upperBound) words; it has \(count)")
        }
        return text
    }

    mutating func texts(_ name: String, longest: Int) -> [String] {
        guard let items = members[name]?.array, items.allSatisfy({ $0.string != nil }) else {
            mistakes.append("\(name) must be a list of texts")
            return []
        }
        let texts = items.compactMap { $0.string?.trimmed }
        if !(3...5).contains(texts.count) { mistakes.append("\(name) must have 3 to 5 entries; it has \(texts.count)") }
        if texts.contains(where: { $0.isEmpty || $0.count > longest }) {
            mistakes.append("Each of \(name) must have 1 to \(longest) characters")
        }
        return texts
    }

    mutating func citations(most: Int) -> [Briefing.Citation] {
        guard let items = members["citations"]?.array else {
            mistakes.append("citations must be a list")
            return []
        }
        if items.count > most { mistakes.append("There may be at most \(most) citations; there are \(items.count)") }
        let citations = items.prefix(most).compactMap { item -> Briefing.Citation? in
            guard let claim = item["claim"]?.string, let object = item["object"]?.string, let id = item["id"]?.string,
                let field = item["field"]?.string, let value = item["value"]
            else { return nil }
            return Briefing.Citation(claim: claim.trimmed, object: object, id: id, field: field, value: value)
        }
        if citations.count < min(items.count, most) { mistakes.append("Each citation needs claim, object, id, field and value") }
        return citations
    }

    /// The mood and the score are computed, but an answer that gets them wrong is not of the form that was asked for.
    mutating func checkJudgement() {
        if members["sentiment"]?.string.flatMap(Briefing.Sentiment.init) == nil {
            mistakes.append("sentiment must be positive, neutral or negative")
        }
        if !(members["engagementScore"]?.number?.integer.map { (0...100).contains($0) } ?? false) {
            mistakes.append("engagementScore must be a whole number from 0 to 100")
        }
    }

    mutating func checkNames() {
        let known: Set = ["summary", "nextSteps", "talkingPoints", "sentiment", "engagementScore", "reasoning", "citations"]
        let others = members.names.filter { !known.contains($0) }
        if !others.isEmpty { mistakes.append("There are members that nobody asked for") }
    }
}
