import Engine
import Values

/// An account of the story with its people.
struct Customer {
    let reference: String
    let company: Company
    let owner: Employee
    /// When it entered the system, and how many days before today that was.
    let since: Instant
    let daysAgo: Int
    let people: [Person]
    /// The days before today on which its deals were won.
    var wins: [Int] = []
}

/// Someone who works at an account.
struct Person {
    let reference: String
    let firstName: String
    let lastName: String
    let email: String
    /// When they entered the system.
    let met: Instant

    var name: String { firstName + " " + lastName }
    var id: JSON { .record(reference) }
}

extension Story {
    mutating func addCustomers() {
        for (index, company) in Companies.all.enumerated() {
            // Most customers are old acquaintances, some are new; the order in the list says nothing about it.
            let daysAgo = dice.chance(percent: 45) ? dice.number(250...364) : dice.number(12...250)
            var customer = newCustomer(company, number: index, daysAgo: daysAgo)
            enter(customer)
            addDeals(of: &customer)
            addCases(of: customer)
            addLifecycle(of: customer)
        }
    }

    private mutating func newCustomer(_ company: Company, number: Int, daysAgo: Int) -> Customer {
        let owner = dice.pick(Staff.sellers(in: company.region))
        let since = moment(daysAgo: daysAgo, of: owner)
        let count = company.employees > 2000 ? 4 : company.employees > 300 ? 3 : 2
        var people: [Person] = []
        // The first contact comes with the account, the others as the work goes on.
        var met = since.later(minutes: 2)
        for rank in 0..<count {
            people.append(newPerson(company, reference: "contact-\(number)-\(rank)", met: met))
            met = min(met.later(minutes: dice.number(1...9) * 1440 + 7), max(met.later(minutes: 1), now.later(minutes: -60)))
        }
        return Customer(
            reference: "account-\(number)", company: company, owner: owner, since: since, daysAgo: daysAgo, people: people)
    }

    private mutating func newPerson(_ company: Company, reference: String, met: Instant) -> Person {
        let (first, last) = (dice.pick(Names.first), dice.pick(Names.last))
        let email = Text.handle("\(first) \(last)") + "@" + company.domain
        return Person(reference: reference, firstName: first, lastName: last, email: email, met: met)
    }

    private mutating func enter(_ customer: Customer) {
        let company = customer.company
        tell(customer.since, customer.owner, .create(object: "Account", values: account(customer), reference: customer.reference))
        for (rank, person) in customer.people.enumerated() {
            tell(
                person.met, customer.owner,
                .create(object: "Contact", values: contact(person, rank, customer), reference: person.reference))
        }
        guard dice.chance(percent: 30) else { return }
        let body =
            "\(company.name) has about \(Text.grouped(company.employees)) people and its head office in \(company.city). "
            + dice.pick(Self.remarks)
        tell(
            customer.since.later(minutes: 30), customer.owner,
            .create(
                object: "Note",
                values: [
                    "Title": "About the company", "ParentId": .record(customer.reference), "OwnerId": customer.owner.id,
                    "Body": .string(body),
                ]))
    }

    private static let remarks = [
        "They prefer video calls to visits.", "New systems are bought in the second half of the year.",
        "Two of their suppliers are customers of ours.", "Procurement is strict about three offers for anything above 50,000.",
        "The board asks for references from the same trade.",
    ]

    private mutating func account(_ customer: Customer) -> JSON.Members {
        let company = customer.company
        let street = "\(dice.number(11...980)) \(dice.pick(Self.streets))"
        let postalCode = String(dice.number(10_000...98_000))
        return [
            "Name": .string(company.name), "Type": .string(dice.pick(Self.types)),
            "Industry": .string(company.industry), "CustomerStatus": "Prospect",
            "Rating": .string(dice.pick(["Hot", "Warm", "Warm", "Cold"])), "Phone": .string(phone(company.areaCode)),
            "Email": .string("info@" + company.domain), "Website": .string("https://www." + company.domain),
            "NumberOfEmployees": .whole(company.employees),
            "AnnualRevenue": .whole(company.employees * dice.number(90...310) * 1000), "BillingStreet": .string(street),
            "BillingCity": .string(company.city), "BillingState": .text(company.state), "BillingPostalCode": .string(postalCode),
            "BillingCountry": .string(company.country), "ShippingStreet": .string(street), "ShippingCity": .string(company.city),
            "ShippingState": .text(company.state), "ShippingPostalCode": .string(postalCode),
            "ShippingCountry": .string(company.country), "OwnerId": customer.owner.id,
        ]
    }

    private static let types = Array(repeating: "Customer", count: 8) + ["Partner", "Reseller"]
    private static let streets = [
        "Main Street", "Market Street", "Station Road", "Harbor Avenue", "Industrial Way", "Park Lane", "Mill Road", "Oak Street",
    ]

    private mutating func contact(_ person: Person, _ rank: Int, _ customer: Customer) -> JSON.Members {
        let post = dice.pick(Names.posts[rank])
        return [
            "FirstName": .string(person.firstName), "LastName": .string(person.lastName),
            "AccountId": .record(customer.reference), "Title": .string(post.title), "Level": .string(post.level),
            "Department": .string(post.department), "BuyingRole": .string(post.role), "Email": .string(person.email),
            "Phone": .string(phone(customer.company.areaCode)), "IsPrimary": .bool(rank == 0),
            "ReportsToId": rank == 0 ? .null : customer.people[rank - 1].id,
            "PreferredChannel": .string(dice.pick(["Email", "Email", "Phone", "Video Call"])),
            "MailingCity": .string(customer.company.city), "MailingCountry": .string(customer.company.country),
            "OwnerId": customer.owner.id,
        ]
    }

    /// A few customers leave, a few pause.
    private mutating func addLifecycle(of customer: Customer) {
        guard let won = customer.wins.max(), won > 150 else { return }
        let at = moment(daysAgo: dice.number(3...60), of: Staff.success)
        if dice.chance(percent: 9) {
            tell(
                at, Staff.success,
                .update(
                    object: "Account", id: "@" + customer.reference,
                    values: [
                        "CustomerStatus": "Churned", "ChurnReason": .string(dice.pick(["Price", "Product Fit", "Competitor"])),
                    ]))
        } else if dice.chance(percent: 8) {
            tell(
                at, Staff.success, .update(object: "Account", id: "@" + customer.reference, values: ["CustomerStatus": "On Hold"])
            )
        }
    }
}
