import Engine
import Values

/// What customers ask once they work with the product.
extension Story {
    mutating func addCases(of customer: Customer) {
        guard let won = customer.wins.max(), won > 6 else { return }
        for number in 0..<dice.number(0...4) {
            add(dice.pick(Question.all), number, of: customer, daysAgo: dice.number(1...won - 5))
        }
    }

    private mutating func add(_ question: Question, _ number: Int, of customer: Customer, daysAgo: Int) {
        let at = moment(daysAgo: daysAgo, of: Staff.support)
        let people = customer.people.filter { $0.met < at }
        let person = people.isEmpty ? customer.people[0] : dice.pick(people)
        let reference = customer.reference + "-case-\(number)"
        let isEmail = dice.chance(percent: 60)
        tell(
            at, Staff.support,
            .create(
                object: "Case",
                values: [
                    "Subject": .string(question.subject), "Description": .string(question.text), "Type": .string(question.type),
                    "Reason": .string(question.reason), "Priority": .string(question.priority),
                    "Origin": isEmail ? "Email" : .string(dice.pick(["Phone", "Web", "Chat"])),
                    "SuppliedEmail": isEmail ? .string(person.email) : .null, "AccountId": .record(customer.reference),
                    "ContactId": person.id, "ProductId": .record(dice.pick(Catalogue.platform).reference),
                    "OwnerId": Staff.support.id,
                ], reference: reference))
        work(on: question, reference, from: at, daysAgo: daysAgo)
    }

    private mutating func work(on question: Question, _ reference: String, from at: Instant, daysAgo: Int) {
        func update(_ values: JSON.Members) -> WriteRequest { .update(object: "Case", id: "@" + reference, values: values) }
        let begun = at.later(minutes: dice.number(15...600))
        tell(begun, Staff.support, update(["Status": "In Progress"]))
        if dice.chance(percent: 25) {
            tell(begun.later(minutes: dice.number(30...900)), Staff.support, update(["Status": "Waiting on Customer"]))
        }
        // Wishes stay open for long, problems do not.
        let patience = question.type == "Feature Request" ? 60 : 9
        guard daysAgo > 2, dice.chance(percent: 90) else { return }
        var closing: JSON.Members = ["Status": "Closed", "Resolution": .string(question.resolution)]
        if dice.chance(percent: 60) { closing["Satisfaction"] = .string(dice.pick(["5", "5", "4", "4", "3", "2"])) }
        tell(begun.later(minutes: dice.number(1000...patience * 1440)), Staff.support, update(closing))
    }
}
