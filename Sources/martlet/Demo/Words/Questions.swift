/// A case as it reaches support.
struct Question: Sendable {
    let subject: String
    let text: String
    let type: String
    let reason: String
    let priority: String
    let resolution: String

    init(_ subject: String, _ type: String, _ reason: String, _ priority: String, _ text: String, solved resolution: String) {
        (self.subject, self.type, self.reason) = (subject, type, reason)
        (self.priority, self.text, self.resolution) = (priority, text, resolution)
    }
}

extension Question {
    static let all = [
        Question(
            "Technicians cannot sign in since this morning", "Problem", "Outage", "Critical",
            "About forty technicians get \"session expired\" right after signing in. Dispatchers in the browser are fine.",
            solved:
                """
                A certificate of the customer's identity provider had expired. It was renewed, and a reminder is set for next \
                year.
                """),
        Question(
            "Map shows vans in the wrong place", "Problem", "Data", "High",
            "Two vans of the northern depot appear in the southern one. It started after the trackers were changed.",
            solved: "The two trackers had been swapped during installation; they were assigned to the right vans."),
        Question(
            "Loading the week takes half a minute", "Problem", "Performance", "Medium",
            "Opening the weekly plan with all depots takes about thirty seconds; a single depot opens at once.",
            solved: "An old filter loaded three years of finished orders. The view was changed to the present month."),
        Question(
            "Photos are missing from finished orders", "Problem", "Defect", "High",
            "Photos taken offline do not arrive when the tablet connects over the guest network.",
            solved: "Fixed in version 8.4.2: the upload goes on after a change of network. Missing photos were sent again."),
        Question(
            "How do we set up a second language?", "Question", "How To", "Low",
            "Our new colleagues speak Spanish. Can each technician choose the language of the app?",
            solved: "Explained where each user sets the language, and sent the page of the manual."),
        Question(
            "Can customers choose their own time slot?", "Question", "Availability", "Low",
            "We would like our customers to pick one of three slots by themselves.",
            solved: "Self-service booking is part of Business; switched it on for a trial of thirty days."),
        Question(
            "Export of all work orders of last year", "Question", "How To", "Medium",
            "Our auditors want every work order of last year in one file.",
            solved: "Showed the export in the reports section and prepared the file together."),
        Question(
            "Copy an order with all its parts", "Feature Request", "Improvement", "Low",
            "When an order is copied, the list of parts stays empty. It would save us time to copy it as well.",
            solved: "Added to the plan for the next release; the customer is on the list for the preview."),
        Question(
            "Interface to our new stock system", "Feature Request", "New Feature", "Medium",
            "We change our stock system in autumn and need a connection like the present one.",
            solved: "The Integration Gateway covers the new system; the account's owner has sent an offer."),
        Question(
            "Invoice shows too many users", "Billing", "Wrong Invoice", "Medium",
            "The last invoice counts twelve users who left the company in spring.",
            solved: "The users were deactivated but still licensed. Corrected the invoice and explained how to free licences."),
        Question(
            "Change of bank account", "Billing", "Payment", "Low", "Please note our new bank account for the direct debit.",
            solved: "Passed on to finance, who confirmed the change in writing."),
        Question(
            "Signature pad does not react", "Problem", "Defect", "High",
            "On the new tablets customers cannot sign. The pen works everywhere else.",
            solved: "The tablets ran in a mode for children, which blocks drawing. Switched off by policy."),
        Question(
            "Route ignores the closed bridge", "Problem", "Data", "Medium",
            "The optimiser plans over a bridge that is closed until next year.",
            solved: "The closure was added to the map; routes of the present week were planned again."),
        Question(
            "Who may see private addresses?", "Question", "How To", "Medium",
            "Our data protection officer asks who can see the private addresses of technicians.",
            solved: "Sent the table of rights; only the role People may see them, which was confirmed by the officer."),
    ]
}
