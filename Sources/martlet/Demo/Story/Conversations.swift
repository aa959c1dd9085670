import Engine
import Values

/// What is said and written around a deal.
extension Story {
    mutating func converse(about deal: Deal, in stage: String, from start: Instant) {
        guard let texts = StageTexts.all[stage] else { return }
        let words = self.words(of: deal)
        if dice.chance(percent: 55) { meet(deal, dice.pick(texts.meetings), words, start.later(minutes: dice.number(20...2000))) }
        if dice.chance(percent: 38) { write(deal, dice.pick(texts.letters), words, start.later(minutes: dice.number(45...2600))) }
        if !texts.memos.isEmpty, dice.chance(percent: 18) {
            let memo = dice.pick(texts.memos)
            tell(
                start.later(minutes: dice.number(30...1200)), deal.owner,
                .create(
                    object: "Note",
                    values: [
                        "Title": .string(memo.title), "Body": .string(Text.filled(memo.body, words)),
                        "ParentId": .record(deal.reference), "OwnerId": deal.owner.id,
                    ]))
        }
    }

    mutating func nextStep(_ deal: Deal, _ stage: String) -> String {
        guard let steps = StageTexts.all[stage]?.nextSteps, !steps.isEmpty else { return "" }
        return Text.filled(dice.pick(steps), words(of: deal))
    }

    private func words(of deal: Deal) -> [String: String] {
        [
            "contact": deal.contact.firstName, "company": deal.customer.company.name, "owner": deal.owner.name,
            "seller": deal.owner.firstName,
            "product": deal.lines[0].product.name, "amount": "$" + Text.grouped(deal.estimate),
            "users": String(deal.lines[0].quantity), "date": workday(deal.start.day + 60).description,
        ]
    }

    private mutating func meet(_ deal: Deal, _ meeting: StageTexts.Meeting, _ words: [String: String], _ at: Instant) {
        var values: JSON.Members = [
            "Subject": .string(Text.filled(meeting.subject, words)), "Type": .string(meeting.type),
            "DurationMinutes": .whole(meeting.minutes), "AccountId": .record(deal.customer.reference),
            "ContactId": deal.contact.id,
            "WhatId": .record(deal.reference), "OwnerId": deal.owner.id,
        ]
        if meeting.type == "Site Visit" || meeting.type == "Meeting", dice.chance(percent: 60) {
            values["Location"] = .string(deal.customer.company.city)
        }
        if at < now {
            values["Status"] = "Completed"
            values["Outcome"] = .string(meeting.outcome)
            values["ActivityDate"] = .moment(at.later(minutes: -meeting.minutes).sharp(minutes: 5))
            values["Description"] = .string(Text.filled(meeting.text, words))
        } else {
            values["Status"] = "Planned"
            values["ActivityDate"] = .moment(at.later(minutes: dice.number(0...6) * 1440).sharp(minutes: 15))
        }
        tell(min(at, now.later(minutes: -dice.number(10...240))), deal.owner, .create(object: "Activity", values: values))
    }

    /// Something that is to happen within the next two weeks.
    mutating func plan(_ deal: Deal, _ subject: String) {
        let at = moment(daysAgo: -dice.number(1...14), of: deal.owner)
        tell(
            now.later(minutes: -dice.number(20...2000)), deal.owner,
            .create(
                object: "Activity",
                values: [
                    "Subject": .string(subject), "Type": .string(dice.pick(["Call", "Meeting", "Demo"])), "Status": "Planned",
                    "ActivityDate": .moment(max(at, now.later(minutes: 300)).sharp(minutes: 15)),
                    "DurationMinutes": .whole(dice.pick([30, 45, 60])),
                    "AccountId": .record(deal.customer.reference), "ContactId": deal.contact.id,
                    "WhatId": .record(deal.reference),
                    "OwnerId": deal.owner.id,
                ]))
    }

    private mutating func write(_ deal: Deal, _ letter: StageTexts.Letter, _ words: [String: String], _ at: Instant) {
        let (ours, theirs) = (JSON.string(deal.owner.email), JSON.string(deal.contact.email))
        tell(
            at, deal.owner,
            .create(
                object: "Email",
                values: [
                    "Subject": .string(Text.filled(letter.subject, words)), "Body": .string(Text.filled(letter.body, words)),
                    "Direction": letter.isInbound ? "Inbound" : "Outbound", "Status": letter.isInbound ? "Received" : "Sent",
                    "SentDate": .moment(at.sharp(minutes: 1)), "FromAddress": letter.isInbound ? theirs : ours,
                    "ToAddress": letter.isInbound ? ours : theirs, "AccountId": .record(deal.customer.reference),
                    "ContactId": deal.contact.id, "WhatId": .record(deal.reference), "IsRead": true, "OwnerId": deal.owner.id,
                ]))
    }
}
