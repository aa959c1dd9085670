import Assistant
import Values

/// A briefing as a page for a terminal.
struct BriefingPage {
    private let briefing: Briefing

    init(_ briefing: Briefing) { self.briefing = briefing }

    func lines(width: Int) -> [String] {
        let width = max(40, min(width, 100))
        var lines = Self.wrapped(briefing.summary, width)
        lines +=
            ["", heading("Next steps")] + briefing.nextSteps.enumerated().flatMap { Self.wrapped($1, width, mark: "\($0 + 1). ") }
        lines += ["", heading("Talking points")] + briefing.talkingPoints.flatMap { Self.wrapped($0, width, mark: "- ") }
        lines += [
            "", heading("How it stands"), "Mood \(briefing.sentiment.rawValue), engagement \(briefing.engagementScore) of 100.",
        ]
        lines += Self.wrapped(briefing.reasoning, width) + [""]
        return lines + Self.wrapped(origin, width).map { Terminal.output.coloured($0, .dim) }
    }

    private func heading(_ text: String) -> String { Terminal.output.coloured(text, .bold) }

    private var origin: String {
        let about = briefing.metadata
        let records = Set(briefing.citations.map(\.id)).count
        let reason = about.fallbackReason.map { " \($0)." } ?? ""
        return
            "From \(about.activitiesAnalyzed) activities and \(about.emailsAnalyzed) mails, citing \(counted(records, "record")); "
            + "written by \(about.provider) (\(about.model)).\(reason)"
    }

    private static func wrapped(_ text: String, _ width: Int, mark: String = "") -> [String] {
        let indent = String(repeating: " ", count: mark.count)
        var (lines, line) = ([String](), mark)
        var isEmpty = true
        for word in text.split(separator: " ") {
            if !isEmpty, line.count + word.count + 1 > width { (lines, line, isEmpty) = (lines + [line], indent, true) }
            line += (isEmpty ? "" : " ") + word
            isEmpty = false
        }
        return lines + [line]
    }
}
