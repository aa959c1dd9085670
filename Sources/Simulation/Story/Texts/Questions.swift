/// A case as it reaches support.
struct Question: Sendable {
    let type: String
    let reason: String
    let priority: String
    let subject: Template
    let text: Template
    let resolution: Template

    init(_ type: String, _ reason: String, _ priority: String, _ subject: String, _ text: String, solved resolution: String) {
        (self.type, self.reason, self.priority) = (type, reason, priority)
        (self.subject, self.text, self.resolution) = (Template(subject), Template(text), Template(resolution))
    }

    static let all = [
        Question(
            "Problem", "Outage", "Critical", "Nothing works since this morning",
            "Of the {goods} none can be used since this morning. Everybody stands around and waits.",
            solved:
                "The cause was a part that had been fitted the wrong way round. Turned it, tested it, and wrote it into the manual."
        ),
        Question(
            "Problem", "Defect", "High", "Two of the {goods} are faulty",
            "Two out of the last delivery do not do what they should. The others are fine.",
            solved: "Sent replacements the same day; the faulty ones came from one bad batch."),
        Question(
            "Problem", "Performance", "Medium", "It takes far too long", "What took minutes now takes half an hour, and {worry}.",
            solved: "An old setting had survived the move. Removed it together with the customer; it is quick again."),
        Question(
            "Problem", "Data", "Medium", "Last month's figures do not add up", "Our count and yours differ by eleven.",
            solved: "Returned items were counted twice. Corrected, and sent a new report."),
        Question(
            "Question", "How To", "Low", "How do we show it to new colleagues?",
            "Three people have joined us. Is there something on {goods} that they can read or watch?",
            solved: "Sent the short guide and booked half a training day."),
        Question(
            "Question", "Availability", "Low", "Can we have more by the end of the month?",
            "We need some more of the {goods} rather sooner than later.",
            solved: "Passed on to the owner of the account, who has sent an offer."),
        Question(
            "Feature Request", "Improvement", "Low", "A wish from the people who use it",
            "Could the {goods} come with labels? It would save us an hour a week.",
            solved: "On the list for the next version; the customer will try it first."),
        Question(
            "Billing", "Wrong Invoice", "Medium", "The invoice shows too many", "The last invoice counts more than we received.",
            solved: "Corrected the invoice and apologised with a training day."),
        Question(
            "Billing", "Payment", "Low", "New bank account", "Please note our new bank account.",
            solved: "Confirmed by telephone with the number on file, then changed."),
        Question(
            "Feature Request", "New Feature", "Low", "Something for the night shift",
            "Would there be {goods} for use in the dark?", solved: "There are, and nobody had told them. Sent a sample."),
    ]
}
