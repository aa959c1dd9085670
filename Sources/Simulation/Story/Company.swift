import Engine
import Foundation
import Values

/// The primary record, and the people behind it.
extension Teller {
    mutating func tellCompany() {
        var stream = stream("company")
        let isCompany = setting.industry.scenario == .b2b
        let first = nextPerson()
        account.name = isCompany ? setting.companies[index] : first.full
        account.domain = isCompany ? Address.domain(account.name) : "mail.example"
        account.place = stream.pick(setting.pack.places)
        account.employees = isCompany ? min(max(Int(stream.logNormal(median: 180, sigma: 1.4)), 5), 200_000) : 0
        create("Account", at: arrival, by: owner, isCompany ? company(&stream) : household(&stream))
        addPeople(first, &stream)
        tellNote(&stream)
    }

    private func company(_ stream: inout Stream) -> JSON.Members {
        var values = household(&stream)
        values["Name"] = .string(account.name)
        values["Email"] = .string("info@" + account.domain)
        values["Website"] = .string("https://www." + account.domain)
        values["NumberOfEmployees"] = .whole(account.employees)
        values["AnnualRevenue"] = .whole(account.employees * stream.number(90...310) * 1000)
        values["Industry"] = setting.crm.knowsIndustry ? .string(setting.industry.name) : .null
        return values
    }

    /// What every account has, a private one too.
    private func household(_ stream: inout Stream) -> JSON.Members {
        let (city, country) = split(account.place)
        return [
            "Name": .string(account.name), "Type": "Customer", "CustomerStatus": "Prospect",
            "Rating": .string(stream.pick(["Hot", "Warm", "Warm", "Cold"])), "Phone": .string(Address.phone(&stream)),
            "Email": .string(Address.handle(account.name) + "@" + account.domain),
            "BillingStreet": .string("\(stream.number(2...980)) \(stream.pick(Self.streets))"), "BillingCity": .string(city),
            "BillingPostalCode": .whole(stream.number(10_000...98_000)).asText, "BillingCountry": .string(country),
            "OwnerId": .string(member(owner).id),
        ]
    }

    private static let streets = [
        "Main Street", "Market Street", "Station Road", "Harbour Avenue", "Park Lane", "Mill Road", "Oak Street", "Long Row",
    ]

    private func split(_ place: String) -> (city: String, country: String) {
        let parts = place.split(separator: ", ", maxSplits: 1).map(String.init)
        return (parts[0], parts.count > 1 ? parts[1] : "")
    }

    /// Larger companies have more people; on average as many as the industry's companies have.
    private mutating func addPeople(_ first: People.Name, _ stream: inout Stream) {
        let size = setting.industry.scenario == .b2b ? log(Double(account.employees)) / log(180) : 1
        let count = min(1 + stream.poisson((setting.industry.contactsPerCompany - 1) * size), 16)
        var met = arrival.later(minutes: 2)
        for rank in 0..<count {
            meet(rank == 0 ? first : nextPerson(), rank, at: met, &stream)
            let wanted = met.later(days: 0.3 + stream.unit() * 8)
            met = setting.clock.moment(near: wanted, notBefore: met.later(minutes: 3), &stream)
        }
    }

    @discardableResult
    mutating func meet(_ name: People.Name, _ rank: Int, at moment: Instant, _ stream: inout Stream) -> Person {
        let persona = persona(of: rank)
        let (title, level, role) = post(rank, persona?.title, &stream)
        let email = Address.handle(name.full) + "@" + account.domain
        let (city, country) = split(account.place)
        var values: JSON.Members = [
            "FirstName": .string(name.first), "LastName": .string(name.last), "AccountId": .string(account.id),
            "Email": .string(email), "Phone": .string(Address.phone(&stream)), "IsPrimary": .bool(rank == 0),
            "PreferredChannel": .string(stream.pick(["Email", "Email", "Phone", "Video Call"])), "MailingCity": .string(city),
            "MailingCountry": .string(country), "OwnerId": .string(member(owner).id),
        ]
        if setting.industry.scenario == .b2b {
            values["Title"] = .string(title)
            values["Level"] = .string(level)
            values["BuyingRole"] = .string(role)
            if rank > 0 { values["ReportsToId"] = .string(account.people[0].id) }
        }
        let id = create("Contact", at: moment, by: owner, values)
        let person = Person(id: id, name: name, email: email, met: moment, level: .of(rank), persona: persona)
        account.people.append(person)
        return person
    }

    /// The next one of the level; people of one company have different ones.
    private func persona(of rank: Int) -> Persona? {
        let level = Persona.Level.of(rank)
        return setting.characters[level, index * level.usual + account.people.count { $0.level == level }]
    }

    private func post(_ rank: Int, _ title: String?, _ stream: inout Stream) -> (title: String, level: String, role: String) {
        let pack = setting.pack
        switch Persona.Level.of(rank) {
        case .leader: return (title ?? stream.pick(pack.leaders), "C-Level", "Decision Maker")
        case .manager:
            return (
                title ?? stream.pick(pack.managers), stream.pick(["Director", "Manager", "VP"]),
                stream.pick(["Champion", "Influencer"])
            )
        case .specialist:
            return (
                title ?? stream.pick(pack.specialists), "Specialist",
                stream.pick(["End User", "Evaluator", "Evaluator", "Blocker"])
            )
        }
    }

    private mutating func tellNote(_ stream: inout Stream) {
        guard stream.chance(0.3) else { return }
        let memo = stream.pick(StageTexts.firstNotes)
        create(
            "Note", at: arrival.later(minutes: 30), by: owner,
            [
                "Title": .string("About \(account.name)"), "ParentId": .string(account.id), "OwnerId": .string(member(owner).id),
                "Body": .string(memo.filled(words(for: account.people[0], nil, &stream))),
            ])
    }
}

extension Persona.Level {
    /// The first one of a company decides, the next two manage.
    fileprivate static func of(_ rank: Int) -> Self {
        switch rank {
        case 0: .leader
        case 1, 2: .manager
        default: .specialist
        }
    }
}

extension JSON {
    fileprivate var asText: JSON { .string(description) }
}
