import Engine
import Values

/// Calls, meetings, mails, notes and tasks along the way of a deal.
extension Teller {
    /// As many as the industry's deals have, spread over the time the deal takes.
    mutating func converse(about deal: Deal, _ passages: [Instant], _ stages: [String]) {
        var stream = stream("talk", deal.number)
        guard let end = passages.last else { return }
        let count = stream.poisson(setting.industry.activitiesPerDeal)
        for place in 0..<count {
            let share = (Double(place) + stream.unit()) / Double(count)
            let wanted = deal.start + Int64(share * Double(end - deal.start))
            // Something is said in passing on weekends too, but nothing after the deal is closed.
            let moment = setting.clock.moment(near: wanted, notBefore: deal.start.later(minutes: 7), &stream)
            let reached = passages.count { $0 <= moment }
            let stage = reached == 0 ? "Prospecting" : stages[min(reached, stages.count) - 1]
            say(about: deal, in: stage, at: moment, &stream)
        }
    }

    private mutating func say(about deal: Deal, in stage: String, at moment: Instant, _ stream: inout Stream) {
        let texts = StageTexts.of(stage)
        let contact = stream.chance(0.6) ? deal.contact : stream.pick(account.people(at: moment) + [deal.contact])
        let words = words(for: contact, deal, &stream)
        switch stream.unit() {
        case ..<0.46: meet(deal, contact, stream.pick(texts.meetings), words, moment, &stream)
        case ..<0.78: write(deal, contact, stream.pick(texts.letters), words, moment)
        case ..<0.90: note(deal, stream.pick(texts.memos), words, moment)
        default: plan(deal, contact, stream.pick(texts.nextSteps), moment, &stream)
        }
    }

    private mutating func meet(
        _ deal: Deal, _ contact: Person, _ meeting: StageTexts.Meeting, _ words: [String: String], _ moment: Instant,
        _ stream: inout Stream
    ) {
        var values: JSON.Members = [
            "Subject": .string(meeting.subject.filled(words)), "Type": .string(meeting.type),
            "DurationMinutes": .whole(meeting.minutes), "AccountId": .string(account.id), "ContactId": .string(contact.id),
            "WhatId": .string(deal.id), "OwnerId": .string(member(owner).id),
        ]
        let isOnSite = meeting.type == "Meeting" || meeting.type == "Site Visit"
        if isOnSite { values["Location"] = .string(String(account.place.prefix { $0 != "," })) }
        // Some meetings are entered when they are arranged, the others when they have taken place. A week ahead, and up to three days
        // more to a day of the wanted kind: in less time a weekend would seldom do, and there would be fewer than the industry has.
        let first = max(deal.start.later(minutes: 8), contact.met.later(minutes: 1))
        var arranged = setting.clock.moment(near: moment.later(days: -1 - stream.unit() * 6), notBefore: first, &stream)
        if arranged >= moment { arranged = arranged.later(days: -7) }
        if stream.chance(meeting.type == "Call" ? 0.1 : 0.6), first.later(days: 11) <= moment {
            values["Status"] = "Planned"
            values["ActivityDate"] = .moment(moment.sharp(minutes: 15))
            let id = create("Activity", at: arranged, by: owner, values)
            update(
                "Activity", id, at: moment.later(minutes: meeting.minutes), by: owner,
                [
                    "Status": "Completed", "Outcome": .string(meeting.outcome),
                    "Description": .string(meeting.text.filled(words)),
                ])
        } else {
            values["Status"] = "Completed"
            values["Outcome"] = .string(meeting.outcome)
            values["ActivityDate"] = .moment(moment.later(minutes: -meeting.minutes).sharp(minutes: 5))
            values["Description"] = .string(meeting.text.filled(words))
            create("Activity", at: moment, by: owner, values)
        }
    }

    private mutating func write(
        _ deal: Deal, _ contact: Person, _ letter: StageTexts.Letter, _ words: [String: String], _ moment: Instant
    ) {
        let (ours, theirs) = (JSON.string(member(owner).email), JSON.string(contact.email))
        create(
            "Email", at: moment, by: owner,
            [
                "Subject": .string(letter.subject.filled(words)), "Body": .string(letter.body.filled(words)),
                "Direction": letter.isInbound ? "Inbound" : "Outbound", "Status": letter.isInbound ? "Received" : "Sent",
                "SentDate": .moment(moment.sharp(minutes: 1)), "FromAddress": letter.isInbound ? theirs : ours,
                "ToAddress": letter.isInbound ? ours : theirs, "AccountId": .string(account.id),
                "ContactId": .string(contact.id), "WhatId": .string(deal.id), "IsRead": true,
                "OwnerId": .string(member(owner).id),
            ])
    }

    private mutating func note(_ deal: Deal, _ memo: StageTexts.Memo, _ words: [String: String], _ moment: Instant) {
        create(
            "Note", at: moment, by: owner,
            [
                "Title": .string(memo.title.filled(words)), "Body": .string(memo.body.filled(words)),
                "ParentId": .string(deal.id), "OwnerId": .string(member(owner).id),
            ])
    }

    private mutating func plan(
        _ deal: Deal, _ contact: Person, _ subject: String, _ moment: Instant, _ stream: inout Stream
    ) {
        let days = stream.number(1...7)
        let id = create(
            "Task", at: moment, by: owner,
            [
                "Subject": .string(subject), "Type": "To Do",
                "Priority": .string(stream.pick(["Low", "Normal", "Normal", "High"])),
                "DueDate": .day(setting.window.zone.day(moment) + days), "WhatId": .string(deal.id), "WhoId": .string(contact.id),
                "AccountId": .string(account.id), "OwnerId": .string(member(owner).id),
            ])
        finish(id, within: Double(days), from: moment, &stream)
    }

    /// What stands for the places in a text.
    func words(for person: Person?, _ deal: Deal?, _ stream: inout Stream) -> [String: String] {
        let pack = setting.pack
        return [
            "contact": person?.name.first ?? "", "person": person?.name.full ?? "", "company": account.name,
            "owner": member(owner).name, "seller": pack.seller, "goods": deal?.goods ?? stream.pick(pack.goods),
            "worry": person?.persona?.worry ?? stream.pick(pack.worries), "occasion": stream.pick(pack.occasions),
            "farewell": stream.pick(pack.farewells), "amount": deal.map { Money.grouped($0.amount) } ?? "",
        ]
    }
}
