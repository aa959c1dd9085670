import Values

/// What of the business goes where in HubSpot; docs/targets.md has it as a table.
package struct HubSpotMapping: Sendable {
    package let object: String
    /// HubSpot's name for the kind of record.
    package let kind: String
    package let properties: [(name: String, source: Source)]
    /// Lookups: the records it is associated with.
    package let links: [String]
    /// Whether it is for that record, where there is another for the same object.
    var applies: @Sendable (TargetRecord) -> Bool = { _ in true }

    /// Where a property's value comes from.
    package enum Source: Sendable {
        case field(String)
        /// The first of these date fields that has a value, in milliseconds since 1970, as HubSpot writes times.
        case moment([String])
        /// The end of something that began then and takes so many minutes.
        case end(String, minutes: String)
        case milliseconds(minutes: String)
        case option(String, [String: String], else: String)
        case always(String)
        case addresses(from: String, to: String)
    }

    package static let all = [companies, contacts, deals, calls, meetings, emails, notes, tasks]
}

extension TargetForm {
    package static let hubSpot = TargetForm(
        name: "HubSpot",
        objects: ["Account", "Contact", "Opportunity", "Activity", "Email", "Note", "Task"].map { object in
            (object, HubSpotMapping.all.filter { $0.object == object }.flatMap(\.fields).unique)
        },
        entry: { record in
            let mapping = HubSpotMapping.all.first { $0.object == record.object && $0.applies(record) }
            return mapping?.entry(record) ?? TargetEntry(id: record.id, kind: "", properties: [:], links: [])
        })
}

extension HubSpot {
    static let kinds = HubSpotMapping.all.map(\.kind)
}

extension HubSpotMapping {
    private static let companies = HubSpotMapping(
        object: "Account", kind: "companies",
        properties: [
            ("name", .field("Name")), ("website", .field("Website")), ("phone", .field("Phone")),
            ("address", .field("BillingStreet")), ("city", .field("BillingCity")), ("zip", .field("BillingPostalCode")),
            ("country", .field("BillingCountry")), ("numberofemployees", .field("NumberOfEmployees")),
            ("annualrevenue", .field("AnnualRevenue")),
        ], links: [])

    private static let contacts = HubSpotMapping(
        object: "Contact", kind: "contacts",
        properties: [
            ("firstname", .field("FirstName")), ("lastname", .field("LastName")), ("email", .field("Email")),
            ("phone", .field("Phone")), ("jobtitle", .field("Title")), ("city", .field("MailingCity")),
            ("country", .field("MailingCountry")),
        ], links: ["AccountId"])

    private static let deals = HubSpotMapping(
        object: "Opportunity", kind: "deals",
        properties: [
            ("dealname", .field("Name")), ("amount", .field("Amount")), ("closedate", .moment(["CloseDate"])),
            ("pipeline", .always("default")), ("dealstage", .option("Stage", stages, else: "appointmentscheduled")),
            ("dealtype", .option("Type", ["New Business": "newbusiness"], else: "existingbusiness")),
            ("closed_lost_reason", .field("LossReason")), ("hs_next_step", .field("NextStep")),
        ], links: ["AccountId", "ContactId"])

    /// Those of the pipeline that every account begins with.
    private static let stages = [
        "Prospecting": "appointmentscheduled", "Qualification": "qualifiedtobuy", "Needs Analysis": "presentationscheduled",
        "Proposal": "decisionmakerboughtin", "Negotiation": "contractsent", "Closed Won": "closedwon",
        "Closed Lost": "closedlost",
    ]

    private static let calls = HubSpotMapping(
        object: "Activity", kind: "calls",
        properties: [
            ("hs_timestamp", .moment(["ActivityDate", "CreatedDate"])), ("hs_call_title", .field("Subject")),
            ("hs_call_body", .field("Description")), ("hs_call_duration", .milliseconds(minutes: "DurationMinutes")),
            ("hs_call_direction", .always("OUTBOUND")),
            ("hs_call_status", .option("Status", ["Completed": "COMPLETED", "Cancelled": "CANCELED"], else: "QUEUED")),
        ], links: ["AccountId", "ContactId", "WhatId"], applies: { $0.text("Type") == "Call" })

    private static let meetings = HubSpotMapping(
        object: "Activity", kind: "meetings",
        properties: [
            ("hs_timestamp", .moment(["ActivityDate", "CreatedDate"])), ("hs_meeting_title", .field("Subject")),
            ("hs_meeting_body", .field("Description")), ("hs_meeting_location", .field("Location")),
            ("hs_meeting_start_time", .moment(["ActivityDate", "CreatedDate"])),
            ("hs_meeting_end_time", .end("ActivityDate", minutes: "DurationMinutes")),
            ("hs_meeting_outcome", .option("Status", ["Completed": "COMPLETED", "Cancelled": "CANCELED"], else: "SCHEDULED")),
        ], links: ["AccountId", "ContactId", "WhatId"])

    private static let emails = HubSpotMapping(
        object: "Email", kind: "emails",
        properties: [
            ("hs_timestamp", .moment(["SentDate", "CreatedDate"])), ("hs_email_subject", .field("Subject")),
            ("hs_email_text", .field("Body")),
            ("hs_email_direction", .option("Direction", ["Inbound": "INCOMING_EMAIL"], else: "EMAIL")),
            ("hs_email_status", .option("Status", ["Bounced": "BOUNCED", "Queued": "SENDING"], else: "SENT")),
            ("hs_email_headers", .addresses(from: "FromAddress", to: "ToAddress")),
        ], links: ["AccountId", "ContactId", "WhatId"])

    private static let notes = HubSpotMapping(
        object: "Note", kind: "notes",
        properties: [("hs_timestamp", .moment(["CreatedDate"])), ("hs_note_body", .field("Body"))], links: ["ParentId"])

    private static let tasks = HubSpotMapping(
        object: "Task", kind: "tasks",
        properties: [
            ("hs_timestamp", .moment(["DueDate", "CreatedDate"])), ("hs_task_subject", .field("Subject")),
            ("hs_task_body", .field("Description")),
            ("hs_task_type", .option("Type", ["Call": "CALL", "Email": "EMAIL"], else: "TODO")),
            ("hs_task_priority", .option("Priority", ["Low": "LOW", "High": "HIGH"], else: "MEDIUM")),
            ("hs_task_status", .option("Status", taskStates, else: "NOT_STARTED")),
        ], links: ["AccountId", "WhoId", "WhatId"])

    private static let taskStates = [
        "In Progress": "IN_PROGRESS", "Waiting": "WAITING", "Completed": "COMPLETED", "Deferred": "DEFERRED",
    ]
}

extension HubSpotMapping {
    /// What it reads, but for the id and the date of creation, which are read of every record.
    var fields: [String] { properties.flatMap(\.source.fields) + links + (object == "Activity" ? ["Type"] : []) }

    /// A value that is not there is sent as an empty one, so that it goes there too when it went here.
    func entry(_ record: TargetRecord) -> TargetEntry {
        var values: JSON.Members = [:]
        for (name, source) in properties { values[name] = .string(source.value(record)) }
        values[HubSpot.key] = .string(record.id)
        values[HubSpot.createdAt] = .string(Source.moment(["CreatedDate"]).value(record))
        values[HubSpot.simulation] = .string(record.simulation)
        let others = links.map(record.text).filter { !$0.isEmpty }
        return TargetEntry(id: record.id, kind: kind, properties: values, links: others.unique)
    }
}

extension HubSpotMapping.Source {
    package var fields: [String] {
        switch self {
        case .field(let name), .milliseconds(let name), .option(let name, _, _): [name]
        case .moment(let names): names
        case .end(let start, let minutes): [start, minutes]
        case .addresses(let from, let to): [from, to]
        case .always: []
        }
    }

    func value(_ record: TargetRecord) -> String {
        switch self {
        case .field(let name): return record.text(name)
        case .always(let value): return value
        case .option(let name, let values, let other): return values[record.text(name)] ?? other
        case .moment(let names): return names.lazy.compactMap(record.moment).first.map(milliseconds) ?? ""
        case .milliseconds(let name): return record.minutes(name).map { String($0 * 60_000) } ?? ""
        case .end(let start, let name):
            guard let start = record.moment(start) else { return "" }
            return milliseconds(start + Int64(record.minutes(name) ?? 0) * 60_000_000)
        case .addresses(let from, let to):
            let headers: JSON = [
                "from": ["email": .string(record.text(from))], "to": [["email": .string(record.text(to))]], "cc": [], "bcc": [],
            ]
            return headers.description
        }
    }

    private func milliseconds(_ instant: Instant) -> String { String(instant.microseconds / 1000) }
}

extension TargetRecord {
    /// A day is its midnight in UTC.
    fileprivate func moment(_ field: String) -> Instant? { Instant(text(field)) ?? Day(text(field)).map { Instant($0) } }
    fileprivate func minutes(_ field: String) -> Int? { values[field]?.number?.integer }
}

extension [String] {
    fileprivate var unique: [String] { reduce(into: []) { if !$0.contains($1) { $0.append($1) } } }
}
