/// The parts that objects play in the life of a customer. A business may have all of them, or some, under its own names of fields.
enum Role: String, Sendable, CaseIterable {
    case activity, email, opportunity, supportCase, contract, task, note, contact

    /// The names under which the object is looked for, the first that is there.
    var objects: [String] {
        switch self {
        case .activity: ["Activity", "Event"]
        case .email: ["Email", "EmailMessage"]
        case .opportunity: ["Opportunity", "Deal"]
        case .supportCase: ["Case", "Ticket"]
        case .contract: ["Contract", "Agreement"]
        case .task: ["Task", "Todo"]
        case .note: ["Note"]
        case .contact: ["Contact", "Person"]
        }
    }

    /// What a record of the role may tell, and the fields that tell it, the first that is there.
    var slots: [(slot: Slot, fields: [String])] {
        [(.created, ["CreatedDate"])] + own
    }

    private var own: [(slot: Slot, fields: [String])] {
        switch self {
        case .activity:
            [
                (.title, ["Subject"]), (.when, ["ActivityDate", "StartDate", "Date"]), (.kind, ["Type"]),
                (.state, ["Status"]),
                (.outcome, ["Outcome"]), (.person, ["ContactId", "WhoId"]), (.text, ["Description"]),
            ]
        case .email:
            [
                (.title, ["Subject"]), (.when, ["SentDate", "MessageDate"]), (.direction, ["Direction"]),
                (.state, ["Status"]),
                (.person, ["ContactId"]), (.text, ["Body", "TextBody"]),
            ]
        case .opportunity:
            [
                (.title, ["Name"]), (.stage, ["Stage", "StageName"]), (.amount, ["Amount"]), (.end, ["CloseDate"]),
                (.since, ["LastStageChangeDate"]), (.nextStep, ["NextStep"]), (.reason, ["LossReason"]),
                (.person, ["ContactId"]), (.text, ["Description"]),
            ]
        case .supportCase:
            [
                (.title, ["Subject"]), (.state, ["Status"]), (.priority, ["Priority"]), (.kind, ["Type"]),
                (.number, ["CaseNumber"]), (.person, ["ContactId"]), (.text, ["Description"]),
            ]
        case .contract:
            [
                (.title, ["ContractNumber", "Name"]), (.state, ["Status"]), (.start, ["StartDate"]), (.end, ["EndDate"]),
                (.amount, ["ContractValue", "Amount"]), (.renews, ["AutoRenew"]), (.notice, ["NoticePeriodDays"]),
            ]
        case .task:
            [
                (.title, ["Subject"]), (.state, ["Status"]), (.priority, ["Priority"]), (.end, ["DueDate"]),
                (.text, ["Description"]),
            ]
        case .note: [(.title, ["Title"]), (.text, ["Body"]), (.pinned, ["IsPinned"])]
        case .contact:
            [
                (.title, ["Name"]), (.job, ["Title"]), (.level, ["Level"]), (.buyingRole, ["BuyingRole"]),
                (.state, ["Status"]), (.primary, ["IsPrimary"]),
            ]
        }
    }

    /// Read from the most urgent on, as far as it is to be done; of everything else the newest is read.
    var isWork: Bool { self == .task }

    /// What the newest is told by.
    var order: Slot {
        switch self {
        case .activity, .email: .when
        case .opportunity, .contract, .task: .end
        case .supportCase, .note, .contact: .created
        }
    }
}

/// What a field of a record is about, whatever it is called.
enum Slot: String, Sendable {
    case title, when, kind, state, outcome, person, text, direction, stage, amount, start, end, since, nextStep, reason, priority
    case number, renews, notice, pinned, job, level, buyingRole, primary, created
}
