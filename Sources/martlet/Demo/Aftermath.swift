import Engine
import ObjectQL
import Values

/// What people do with that which triggers have made: they have contracts signed, and complete tasks.
struct Aftermath {
    private let engine: Engine
    private var story: Story

    init(_ engine: Engine, now: Instant, seed: UInt64) { (self.engine, story) = (engine, Story(now: now, seed: seed &+ 1)) }

    /// Those scenes, in the order of time.
    func scenes() async throws -> [Story.Scene] {
        var copy = self
        for contract in try await records("Contract", ["AccountId", "Opportunity.ContactId"], where: ["Status": "Draft"]) {
            copy.conclude(contract)
        }
        for task in try await records("Task", ["DueDate"], where: ["Status": "Not Started"]) { copy.complete(task) }
        return copy.story.inOrder
    }

    private struct Found {
        let id: String
        let owner: Employee
        let created: Instant
        let fields: JSON
    }

    private func records(_ object: String, _ fields: [String], where filters: JSON) async throws -> [Found] {
        let query = try Query(json: [
            "object": .string(object), "fields": .array((["Id", "CreatedDate", "Owner.Email"] + fields).map(JSON.string)),
            "filters": filters, "orderBy": ["CreatedDate"], "limit": 2000,
        ])
        return try await engine.read(query, as: .administrator(now: story.now)).records.compactMap { record in
            guard let id = record["Id"]?.string, let created = record["CreatedDate"]?.string.flatMap({ Instant($0) }) else {
                return nil
            }
            let owner = Staff.all.first { $0.email == record["Owner"]?["Email"]?.string }
            return Found(id: id, owner: owner ?? Staff.head, created: created, fields: record)
        }
    }

    private mutating func conclude(_ contract: Found) {
        func update(_ values: JSON.Members) -> WriteRequest { .update(object: "Contract", id: contract.id, values: values) }
        let approval = contract.created.later(minutes: story.dice.number(1...3) * 1440)
        story.tell(approval, contract.owner, update(["Status": "In Approval", "Type": "Subscription"]))
        let signed = approval.later(minutes: story.dice.number(3...9) * 1440)
        let start = signed.day.adding(months: 1).firstOfMonth
        // Some short ones, so that a year has seen contracts end.
        let term = story.dice.chance(percent: 15) ? 3 : story.dice.pick([12, 12, 24, 36])
        story.tell(
            signed, contract.owner,
            update([
                "Status": "Activated", "StartDate": .day(start), "ContractTerm": .whole(term),
                "CustomerSignedId": contract.fields["Opportunity"]?["ContactId"] ?? .null,
                "CustomerSignedDate": .day(signed.day - 1),
                "CompanySignedDate": .day(signed.day), "AutoRenew": .bool(story.dice.chance(percent: 50)),
                "PaymentTerms": .string(story.dice.pick(["Net 14", "Net 30", "Net 30", "Net 60"])),
                "BillingFrequency": .string(story.dice.pick(["Yearly", "Yearly", "Quarterly", "Monthly"])),
            ]))
        story.tell(Instant(start.adding(months: term)), contract.owner, update(["Status": "Expired"]))
    }

    private mutating func complete(_ task: Found) {
        guard let due = task.fields["DueDate"]?.string.flatMap({ Day($0) }) else { return }
        // Some tasks are late, but none for months.
        guard due < story.today - 30 || story.dice.chance(percent: 85) else { return }
        let days = max(0, due - task.created.day)
        let done = task.created.later(minutes: story.dice.number(60...max(61, days * 1440)))
        if done < story.now {
            story.tell(done, task.owner, .update(object: "Task", id: task.id, values: ["Status": "Completed"]))
        } else if story.dice.chance(percent: 25) {
            let begun = max(task.created.later(minutes: 30), story.now.later(minutes: -600))
            story.tell(begun, task.owner, .update(object: "Task", id: task.id, values: ["Status": "In Progress"]))
        }
    }
}
