import Engine
import Values

/// Hand-made customers: what happened with each, and the record that a briefing is about.
enum Story: String, CaseIterable, Sendable {
    case happy, silent, angry, new, huge, empty, churning, onlyMails, german, stuck, gone, prospect, grumbling, contact, lead,
        deal, wonDeal, closedLead, neglected

    func tell(_ world: World) async throws -> (object: String, id: String) {
        switch self {
        case .happy: ("Account", try await world.happy())
        case .silent: ("Account", try await world.silent())
        case .angry: ("Account", try await world.angry())
        case .new: ("Account", try await world.new())
        case .huge: ("Account", try await world.huge(1_200))
        case .empty: ("Account", try await world.account("Blank Slate Ltd", daysAgo: 1))
        case .churning: ("Account", try await world.churning())
        case .onlyMails: ("Account", try await world.onlyMails())
        case .german: ("Account", try await world.german())
        case .stuck: ("Account", try await world.stuck())
        case .gone: ("Account", try await world.gone())
        case .prospect: ("Account", try await world.prospect())
        case .grumbling: ("Account", try await world.grumbling())
        case .contact: ("Contact", try await world.person())
        case .lead: ("Lead", try await world.lead())
        case .deal: ("Opportunity", try await world.bigDeal())
        case .wonDeal: ("Opportunity", try await world.wonDeal())
        case .closedLead: ("Lead", try await world.closedLead())
        case .neglected: ("Contact", try await world.neglected())
        }
    }
}

extension World {
    func happy() async throws -> String {
        let account = try await account(
            "Nordwind Logistics",
            ["CustomerStatus": "Active Customer", "Industry": "Transportation", "CustomerSince": "2024-03-11"])
        let anna = try await contact(account, "Anna", "Keller", ["Title": "Head of Operations", "IsPrimary": true])
        let tom = try await contact(account, "Tom", "Brandt", ["Title": "Finance Director"])
        try await deal(account, "Fleet tracking", "Closed Won", 240_000, closes: -300, inStageFor: 300)
        try await deal(
            account, "Route planning for the south", "Proposal", 85_000, closes: 40, inStageFor: 9,
            ["NextStep": "Send the revised offer"])
        try await contract(account, 240_000, ends: 220)
        try await met(account, anna, 45, "Call", "Quarterly call", "All good.")
        try await mail(account, anna, 25, "Offer", "Here is our offer for the south.", isTheirs: false)
        try await mail(
            account, anna, 22, "Thank you for the great workshop", "We are delighted with the results. The team was very helpful!"
        )
        try await met(
            account, tom, 15, "Meeting", "Numbers for the south", "Tom is happy with the savings.", ["Outcome": "Positive"])
        try await mail(account, anna, 6, "South region", "Excellent proposal, we are looking forward to the next phase.")
        try await met(
            account, anna, 3, "Call", "Questions about the offer", "Went through the offer, good mood.", ["Outcome": "Reached"])
        try await met(account, anna, -9, "Demo", "Demo of route planning")
        return account
    }

    func silent() async throws -> String {
        let account = try await account(
            "Harbour Insurance", ["CustomerStatus": "Active Customer", "Industry": "Insurance", "CustomerSince": "2023-09-01"])
        let eva = try await contact(account, "Eva", "Lind", ["IsPrimary": true])
        try await deal(account, "Claims portal", "Closed Won", 120_000, closes: -380, inStageFor: 380)
        try await contract(account, 60_000, ends: 300, ["AutoRenew": true])
        try await met(account, eva, 140, "Meeting", "Review of the year", "Solid, nothing open.")
        try await met(account, eva, 96, "Call", "Short check-in")
        return account
    }

    func angry() async throws -> String {
        let account = try await account(
            "Kestrel Retail", ["CustomerStatus": "Active Customer", "Industry": "Retail", "CustomerSince": "2025-01-20"])
        let mara = try await contact(account, "Mara", "Voss", ["Title": "Chief Operating Officer", "IsPrimary": true])
        try await deal(account, "Second store rollout", "Negotiation", 150_000, closes: 20, inStageFor: 6)
        try await create(
            "Case",
            [
                "AccountId": .string(account), "ContactId": .string(mara), "Subject": "Checkout down since Friday",
                "Priority": "Critical",
                "Status": "Escalated", "Description": "The checkout crashes every few minutes.",
            ], daysAgo: 5)
        try await create(
            "Case", ["AccountId": .string(account), "Subject": "Wrong invoice for February", "Priority": "Medium"], daysAgo: 18)
        try await met(account, mara, 12, "Call", "Status of the rollout", "She is worried about stability.")
        try await mail(
            account, mara, 5, "This is unacceptable",
            "The checkout has failed again. This is a disaster and your support is useless.")
        try await mail(
            account, mara, 3, "Still no answer!",
            "I am extremely disappointed. If this is not solved we will cancel the second rollout.")
        try await create(
            "Task",
            ["AccountId": .string(account), "Subject": "Send outage report", "DueDate": .string((World.today - 2).description)])
        return account
    }

    func new() async throws -> String {
        let account = try await account("Brightside Schools", ["Industry": "Education"], daysAgo: 2)
        try await contact(account, "Paul", "Ortega", ["Title": "Head of IT", "IsPrimary": true])
        try await deal(account, "Pilot for two schools", "Prospecting", 18_000, closes: 90, inStageFor: 1)
        try await met(account, nil, -4, "Meeting", "First meeting")
        return account
    }

    /// An account with so many activities.
    func huge(_ count: Int) async throws -> String {
        let account = try await account(
            "Meridian Telecom",
            ["CustomerStatus": "Active Customer", "Industry": "Telecommunications", "CustomerSince": "2019-05-02"])
        let people = [
            try await contact(account, "Ines", "Falk"), try await contact(account, "Oskar", "Berg"),
            try await contact(account, "Lea", "Moreau"),
        ]
        for index in 0..<12 {
            let isOpen = index < 4
            try await deal(
                account, "Region \(index + 1)", isOpen ? "Negotiation" : "Closed Won", 100_000 + index * 25_000,
                closes: isOpen ? 30 + index : -30 * index, inStageFor: isOpen ? 20 : 30 * index)
        }
        try await contract(account, 900_000, ends: 80, ["AutoRenew": false])
        let types = ["Call", "Meeting", "Call", "Demo"]
        var requests: [WriteRequest] = []
        for index in 0..<count {
            requests.append(
                .create(
                    object: "Activity",
                    values: [
                        "AccountId": .string(account), "ContactId": .string(people[index % 3]),
                        "Subject": .string("Topic \(index % 40 + 1)"),
                        "Type": .string(types[index % 4]), "Status": "Completed",
                        "ActivityDate": .string(World.moment(index / 3 + 1).description),
                        "Description": "We went through the open points of the region and agreed what happens next.",
                    ]))
        }
        _ = try await create(requests)
        return account
    }

    func churning() async throws -> String {
        let account = try await account(
            "Alder & Finch",
            ["CustomerStatus": "Active Customer", "Industry": "Professional Services", "CustomerSince": "2023-02-14"])
        let ruth = try await contact(account, "Ruth", "Alder", ["IsPrimary": true])
        try await deal(account, "Practice suite", "Closed Won", 64_000, closes: -400, inStageFor: 400)
        try await contract(account, 32_000, ends: 41, ["AutoRenew": false, "NoticePeriodDays": 30])
        for day in [34, 38, 43, 47, 52, 57] {
            try await met(account, ruth, day, "Call", "Weekly call", "Talked about open issues.")
        }
        try await mail(account, ruth, 20, "Renewal terms", "Please find our renewal terms attached.", isTheirs: false)
        try await mail(account, ruth, 13, "Renewal terms", "Did you have a chance to look at them?", isTheirs: false)
        try await mail(account, ruth, 4, "Checking in", "May I call you this week?", isTheirs: false)
        return account
    }

    func onlyMails() async throws -> String {
        let account = try await account("Pixel & Sons", ["Industry": "Media"])
        for (day, isTheirs, subject) in [
            (30, false, "Introduction"), (27, true, "Re: Introduction"), (19, false, "Two ideas for your archive"),
            (17, true, "Re: Two ideas for your archive"), (8, true, "Price for the archive"),
        ] {
            try await mail(account, nil, day, subject, "Could you tell us more?", isTheirs: isTheirs)
        }
        return account
    }

    func german() async throws -> String {
        let account = try await account(
            "Bäckerei Öztürk GmbH", ["CustomerStatus": "Active Customer", "Industry": "Retail", "CustomerSince": "2025-01-10"])
        let aylin = try await contact(account, "Aylin", "Öztürk", ["IsPrimary": true])
        try await deal(account, "Kassensystem für drei Filialen", "Closed Won", 27_500, closes: -200, inStageFor: 200)
        try await mail(account, aylin, 15, "Einführung der Kassen", "Vielen Dank, wir sind sehr zufrieden.")
        try await met(account, aylin, 10, "Site Visit", "Besuch in der Filiale Nord", "Die Kassen laufen.")
        try await mail(
            account, aylin, 2, "Kassen ausgefallen",
            "Leider sind die Kassen ausgefallen. Das ist eine Katastrophe, wir sind sehr enttäuscht.")
        return account
    }

    func stuck() async throws -> String {
        let account = try await account("Granite Works", ["Industry": "Construction", "CustomerStatus": "Prospect"])
        let nils = try await contact(account, "Nils", "Aden", ["IsPrimary": true])
        try await deal(account, "Site safety package", "Proposal", 210_000, closes: -12, inStageFor: 75)
        try await deal(
            account, "Tool tracking", "Needs Analysis", 40_000, closes: 60, inStageFor: 12,
            ["NextStep": "Visit the depot in Kiel"])
        try await met(account, nils, 26, "Call", "Budget", "Budget is being reviewed.")
        try await met(account, nils, 8, "Call", "Any news?", "", ["Outcome": "No Answer"])
        try await create(
            "Task",
            [
                "AccountId": .string(account), "Subject": "Ask for the tender documents",
                "DueDate": .string((World.today - 15).description),
            ])
        try await create(
            "Task",
            ["AccountId": .string(account), "Subject": "Update the offer", "DueDate": .string((World.today - 6).description)])
        return account
    }

    func gone() async throws -> String {
        let account = try await account(
            "Lumen Hospitality",
            ["CustomerStatus": "Churned", "Industry": "Hospitality", "ChurnReason": "Price", "ChurnedDate": "2026-01-15"])
        let ivo = try await contact(account, "Ivo", "Marsh", ["IsPrimary": true])
        try await deal(account, "Booking engine", "Closed Won", 48_000, closes: -390, inStageFor: 390)
        try await met(account, ivo, 76, "Call", "Goodbye call", "They found something cheaper.")
        return account
    }

    func prospect() async throws -> String {
        let account = try await account("Solace Clinics", ["Industry": "Healthcare", "Rating": "Hot"], daysAgo: 40)
        let hana = try await contact(
            account, "Hana", "Petrov", ["Title": "Medical Director", "BuyingRole": "Decision Maker", "IsPrimary": true])
        try await deal(
            account, "Patient scheduling", "Needs Analysis", 130_000, closes: 75, inStageFor: 14,
            ["NextStep": "Security questionnaire"])
        for day in [33, 24, 16, 10, 5, 2] {
            try await met(account, hana, day, day == 10 ? "Meeting" : "Call", "Needs of the wards", "Productive talk.")
        }
        try await mail(account, hana, 1, "Next week", "We are excited about the next step. Thanks for the quick answers!")
        try await met(account, hana, -6, "Demo", "Demo for the ward managers")
        return account
    }

    func grumbling() async throws -> String {
        let account = try await account("Ember Energy", ["CustomerStatus": "On Hold", "Industry": "Energy"])
        let sven = try await contact(account, "Sven", "Holt", ["IsPrimary": true])
        try await deal(
            account, "Grid monitoring", "Closed Lost", 300_000, closes: -50, inStageFor: 50, ["LossReason": "No Decision"])
        for day in [10, 20, 50] {
            try await mail(account, sven, day, "Project delay", "We have a problem with the delay, but the team is helpful.")
        }
        try await met(account, sven, 9, "Call", "Way forward", "He is not unhappy, but careful.")
        return account
    }

    func person() async throws -> String {
        let account = try await account("Solace Clinics", ["Industry": "Healthcare"])
        let hana = try await contact(account, "Hana", "Petrov", ["Title": "Medical Director", "BuyingRole": "Decision Maker"])
        try await deal(
            account, "Patient scheduling", "Proposal", 130_000, closes: 30, inStageFor: 14, ["ContactId": .string(hana)])
        try await met(account, hana, 12, "Meeting", "Security review", "All questions answered, good progress.")
        try await mail(account, hana, 4, "One more question", "How long does the training take?")
        return hana
    }

    func lead() async throws -> String {
        let lead = try await create(
            "Lead",
            [
                "FirstName": "Jonas", "LastName": "Weber", "Company": "Weber Tools", "Email": "jonas@example.com",
                "Status": "Contacted",
                "LeadSource": "Referral", "Industry": "Manufacturing", "Title": "Plant Manager",
            ], daysAgo: 20)
        try await create(
            "Activity",
            [
                "WhatId": .string(lead), "Subject": "First call", "Type": "Call", "Status": "Completed", "Outcome": "Reached",
                "ActivityDate": .string(World.moment(11).description), "Description": "Interested in less downtime.",
            ], daysAgo: 11)
        try await create(
            "Task", ["WhoId": .string(lead), "Subject": "Send case study", "DueDate": .string((World.today + 3).description)])
        return lead
    }

    func wonDeal() async throws -> String {
        let account = try await account("Gallagher Press", ["Industry": "Media", "CustomerStatus": "Active Customer"])
        let lionel = try await contact(account, "Lionel", "Bennett")
        let deal = try await deal(account, "Field rollout", "Closed Won", 19_700, closes: -75, inStageFor: 75)
        try await met(account, lionel, 80, "Meeting", "Last questions", "", ["WhatId": .string(deal)])
        try await mail(account, lionel, 74, "Signed contract", "Here it is.", isTheirs: true, ["WhatId": .string(deal)])
        return deal
    }

    func closedLead() async throws -> String {
        let lead = try await create(
            "Lead",
            [
                "FirstName": "Mina", "LastName": "Okafor", "Company": "Okafor Textiles", "Email": "mina@example.com",
                "Status": "Unqualified", "UnqualifiedReason": "No Budget", "LeadSource": "Event",
            ], daysAgo: 120)
        try await create(
            "Activity",
            [
                "WhatId": .string(lead), "Subject": "Budget", "Type": "Call", "Status": "Completed", "Outcome": "Reached",
                "ActivityDate": .string(World.moment(100).description), "Description": "Next year at the earliest.",
            ], daysAgo: 100)
        return lead
    }

    /// Somebody who wrote long ago, and whom nobody answered.
    func neglected() async throws -> String {
        let account = try await account("Prairie Mills", ["Industry": "Agriculture"])
        let cedric = try await contact(account, "Cedric", "Donovan", ["Title": "Vice President of Operations"])
        try await deal(
            account, "Field rollout", "Closed Lost", 31_000, closes: -150, inStageFor: 150,
            ["ContactId": .string(cedric), "LossReason": "Timing"])
        try await met(account, cedric, 210, "Call", "Terms")
        try await mail(account, cedric, 200, "Draft contract, our remarks", "Please see our remarks.")
        return cedric
    }

    func bigDeal() async throws -> String {
        let account = try await account("Granite Works", ["Industry": "Construction"])
        let nils = try await contact(account, "Nils", "Aden")
        let deal = try await deal(account, "Site safety package", "Negotiation", 210_000, closes: -5, inStageFor: 55)
        try await met(account, nils, 14, "Meeting", "Contract terms", "Open point: liability.", ["WhatId": .string(deal)])
        try await mail(
            account, nils, 6, "Liability clause", "Our lawyers have a concern with clause 7.", isTheirs: true,
            ["WhatId": .string(deal)])
        return deal
    }
}
