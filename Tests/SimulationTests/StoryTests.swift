import Engine
import Foundation
import Simulation
import Testing
import Values

@Suite struct `A story` {
    private static let cases = [
        ("SaaS", Scenario.b2b, "Rock Band"), ("Retail", .b2c, "Fairy Tale"), ("Healthcare", .b2b, "Noir Detective"),
    ]

    @Test func `is the same whenever it is told`() async throws {
        let (a, b) = (try await Told(count: 20), try await Told(count: 20))
        #expect(a.steps.map(\.request.values) == b.steps.map(\.request.values))
        #expect(a.steps.map(\.due) == b.steps.map(\.due))
        #expect(a.steps.map(\.ids) == b.steps.map(\.ids))
        #expect(try await Told(count: 20, seed: 6).steps.map(\.due) != a.steps.map(\.due))
    }

    @Test(arguments: cases.indices) func `is in the order of time, within the window, the primary record first`(index: Int)
        async throws
    {
        let (industry, scenario, theme) = Self.cases[index]
        let told = try await Told(industry, scenario, theme: theme, count: 50, years: 1)
        for story in told.stories {
            #expect(zip(story.steps, story.steps.dropFirst()).allSatisfy { $0.due <= $1.due })
            #expect(story.steps.allSatisfy { $0.due >= told.setting.window.start && $0.due < told.setting.window.end })
            #expect(story.steps.first?.request.object == "Account" && story.steps.first?.due == told.arrival(of: story.index))
        }
    }

    @Test(arguments: cases.indices) func `names nothing before it is made`(index: Int) async throws {
        let (industry, scenario, theme) = Self.cases[index]
        let told = try await Told(industry, scenario, theme: theme, count: 120)
        for story in told.stories {
            var made = Set(told.setting.team.members.map(\.id) + told.setting.catalogue.ids)
            for step in story.steps {
                let request = step.request
                for (name, value) in request.values where name.hasSuffix("Id") {
                    guard let id = value.string else { continue }
                    #expect(made.contains(id), "\(request.object).\(name) at \(step.due)")
                }
                if case .update(_, let id, _, _) = request { #expect(made.contains(id), "\(request.object) at \(step.due)") }
                if case .create = request { made.insert(step.ids.id(at: step.due)) }
                // What the shipped triggers make of it.
                made.formUnion(["Task", "Contract"].map { step.ids.child($0, 0).id(at: step.due) })
            }
        }
    }

    @Test func `gives every record an id of its own`() async throws {
        let ids = try await Told(count: 400).steps.filter { if case .create = $0.request { true } else { false } }.map {
            $0.ids.id(at: $0.due)
        }
        #expect(Set(ids).count == ids.count)
        #expect(ids.allSatisfy { RecordID.canonical($0) == $0 })
    }

    @Test(arguments: cases.indices) func `is written in full sentences, with addresses that belong to nobody`(index: Int)
        async throws
    {
        let (industry, scenario, theme) = Self.cases[index]
        for step in try await Told(industry, scenario, theme: theme, count: 60).steps {
            for (name, value) in step.request.values {
                guard let text = value.string else { continue }
                #expect(!text.contains("{") && !text.contains("}"), "\(text)")
                if name.hasSuffix("Email") || name.hasSuffix("Address") { #expect(text.hasSuffix(".example"), "\(text)") }
                if name == "Phone" { #expect(text.contains(" 555-01")) }
            }
        }
    }

    @Test func `speaks of what its theme is about`() async throws {
        let told = try await Told(theme: "Pirates", count: 60)
        let letters = told.made("Email").compactMap { $0.values["Body"]?.string }.joined()
        #expect(letters.contains("rum barrels") && letters.contains("Fair winds"))
        #expect(told.made("Account").allSatisfy { $0.values["Name"]?.string?.isEmpty == false })
    }

    @Test func `offers what its deals are about, for just the amount that they are worth`() async throws {
        let told = try await Told(count: 300)
        let deals = Dictionary(told.made("Opportunity").map { ($0.id, $0.values["Amount"]?.number) }) { first, _ in first }
        let proposed = Set(told.changes("Opportunity").filter { $0.values["Stage"] == "Proposal" }.map(\.id))
        let lines = Dictionary(grouping: told.made("OpportunityLineItem")) { $0.values["OpportunityId"]?.string ?? "" }
        #expect(proposed.count > 50 && Set(lines.keys) == proposed)
        for (deal, lines) in lines {
            let worth = lines.map { ($0.values["UnitPrice"]?.number ?? .zero) * ($0.values["Quantity"]?.number ?? .zero) }
            #expect(worth.reduce(.zero, +) == deals[deal])
        }
    }

    @Test func `sees tasks done, most of them in time`() async throws {
        let told = try await Told(count: 300)
        let tasks = told.made("Task").filter { $0.at < Instant(day(2030, 1, 1)) }
        let done = Dictionary(told.changes("Task").map { ($0.id, $0.at.day.description) }) { first, _ in first }
        #expect(tasks.allSatisfy { done[$0.id] != nil })
        let late = tasks.count { (done[$0.id] ?? "") > $0.values["DueDate"]?.string ?? "" }
        #expect((0.1...0.35).contains(Double(late) / Double(tasks.count)), "\(late) of \(tasks.count)")
    }

    @Test func `begins a deal the sooner, the faster the industry decides`() async throws {
        func patience(_ industry: String, _ scenario: Scenario) async throws -> Double {
            let told = try await Told(industry, scenario, count: 200, years: 1)
            let met = Dictionary(told.made("Account").map { ($0.id, $0.at) }) { first, _ in first }
            return median(
                told.made("Opportunity").filter { $0.values["Type"] == "New Business" && $0.values["LeadSource"] != "Website" }
                    .compactMap { deal in
                        (met[deal.values["AccountId"]?.string ?? ""]).map { Double(deal.at - $0) / 86_400_000_000 }
                    })
        }
        #expect(try await patience("Retail", .b2c) < 2)
        #expect(try await patience("SaaS", .b2b) > 3)
    }

    @Test func `has a team that grows with the number of stories`() async throws {
        #expect(try await Told(count: 10).setting.team.members.count == 9)
        let large = try await Told(count: 600).setting.team.members
        #expect(large.count == 10)
        #expect(Set(large.map(\.email)).count == 10)
    }
}

@Suite struct `The life of many companies` {
    static let industries: [(String, Scenario)] = [
        ("SaaS", .b2b), ("Financial Services", .b2b), ("Healthcare", .b2b), ("Manufacturing", .b2b), ("Retail", .b2c),
        ("Retail", .b2b), ("Real Estate", .b2c), ("Professional Services", .b2b), ("Education", .b2c), ("Insurance", .b2b),
        ("Construction", .b2b), ("Technology Hardware", .b2b), ("Nonprofit", .b2b), ("Hospitality", .b2c),
    ]

    @Test(arguments: industries.indices) func `follows the industry's table`(index: Int) async throws {
        let (name, scenario) = Self.industries[index]
        let told = try await Told(name, scenario, count: 450)
        let table = told.setting.industry
        let fresh = told.made("Opportunity").filter { $0.values["Type"]?.string == "New Business" }
        let stages = told.changes("Opportunity")
        let won = Dictionary(stages.filter { $0.values["Stage"]?.string == "Closed Won" }.map { ($0.id, $0.at) }) { a, _ in a }
        let lost = Set(stages.filter { $0.values["Stage"]?.string == "Closed Lost" }.map(\.id))
        let closed = fresh.filter { won[$0.id] != nil || lost.contains($0.id) }
        #expect(Double(closed.count) > 0.97 * Double(fresh.count))

        let winRate = Double(closed.count { won[$0.id] != nil }) / Double(closed.count)
        #expect(abs(winRate - table.winRate) < band(table.winRate, of: closed.count), "win rate: \(winRate)")

        let cycles = fresh.compactMap { deal in won[deal.id].map { Double($0 - deal.at) / 86_400_000_000 } }
        let deviation = 3.5 * 1.2533 * table.cycleSigma / Double(cycles.count).squareRoot()
        let ratio = median(cycles) / table.cycleDays
        #expect(
            abs(log(ratio)) < deviation, "cycle \(log(ratio)) \(deviation): \(median(cycles)) days instead of \(table.cycleDays)")

        let amounts = fresh.compactMap { $0.values["Amount"]?.number?.double }
        let spread = 3.5 * 1.2533 * table.dealSigma / Double(amounts.count).squareRoot()
        #expect(
            abs(log(median(amounts) / table.dealAmount)) < spread, "amounts: \(median(amounts)) of \(table.dealAmount) \(spread)")

        let contacts =
            Double(told.made("Contact").count - told.changes("Lead").count { $0.values["Status"]?.string == "Converted" }) / 450
        let people = Dictionary(grouping: told.made("Contact"), by: { $0.values["AccountId"]?.string }).values.map {
            Double($0.count)
        }
        let width = 3.5 * (mean(people.map { ($0 - mean(people)) * ($0 - mean(people)) }) / 450).squareRoot()
        #expect(
            abs(contacts - table.contactsPerCompany) < width,
            "contacts: \(contacts) instead of \(table.contactsPerCompany), width \(width)")

        let leads = told.made("Lead")
        let converted = told.changes("Lead").count { $0.values["Status"]?.string == "Converted" }
        let share = Double(converted) / Double(leads.count)
        #expect(abs(share - table.leadToOpportunity) < band(table.leadToOpportunity, of: leads.count), "leads: \(share)")

        let talk = (told.made("Activity") + told.made("Email") + told.made("Note")).filter {
            $0.values["WhatId"] != nil || $0.values["Title"] != nil
        }
        let weekend = Double(talk.count { $0.at.day.isoWeekday > 5 }) / Double(talk.count)
        // What is said about a deal on one day is no two throws of the dice.
        let days = Set(talk.map { "\($0.values["WhatId"] ?? $0.values["ParentId"] ?? .null) \($0.at.day)" }).count
        let reach = band(table.weekendShare, of: days)
        #expect(abs(weekend - table.weekendShare) < reach, "weekends: \(weekend), \(reach) around \(table.weekendShare)")
    }

    @Test func `gives each deal as many activities as the industry's deals have`() async throws {
        let told = try await Told(count: 400)
        let deals = told.made("Opportunity").count
        let story = told.made("Task").count + told.made("Email").count + told.made("Activity").count
        let notes = told.made("Note").count { $0.values["Title"]?.string?.hasPrefix("About ") != true }
        #expect(abs(Double(story + notes) / Double(deals) / told.setting.industry.activitiesPerDeal - 1) < 0.05)
    }

    @Test func `has a few very large deals, and prices that people name`() async throws {
        let amounts = try await Told(count: 900).made("Opportunity").compactMap { $0.values["Amount"]?.number?.integer }
        #expect(amounts.allSatisfy { $0 > 0 && $0 % 5 == 0 })
        let sorted = amounts.map(Double.init).sorted()
        let (q99, q50) = (sorted[sorted.count * 99 / 100], sorted[sorted.count / 2])
        #expect(q99 / q50 > 8 && q99 / q50 < 60)
    }

    @Test func `sees deals close more often at the ends of quarters`() async throws {
        let told = try await Told(count: 900)
        let closes = told.changes("Opportunity").filter { $0.values["Stage"]?.string?.hasPrefix("Closed") == true }.map(\.at.day)
        let last = closes.count { $0.month % 3 == 0 && $0.day > Day.length(year: $0.year, month: $0.month) - 10 }
        let share = Double(last) / Double(closes.count)
        #expect(share > 1.2 * 10 / 91.3, "\(share)")
    }

    @Test func `loses customers at the rate of the table, and renews the others`() async throws {
        let told = try await Told("Hospitality", .b2c, count: 500)
        let expired = told.changes("Contract").count { $0.values["Status"]?.string == "Expired" }
        let churned = told.changes("Account").count { $0.values["CustomerStatus"]?.string == "Churned" }
        let rate = told.setting.industry.annualChurn
        #expect(abs(Double(churned) / Double(expired) - rate) < band(rate, of: expired))
        #expect(told.made("Opportunity").contains { $0.values["Type"]?.string == "Renewal" })
    }

    @Test func `gives owners different luck`() async throws {
        let told = try await Told("Insurance", count: 900)
        let won = Set(told.changes("Opportunity").filter { $0.values["Stage"]?.string == "Closed Won" }.map(\.id))
        let byOwner = Dictionary(grouping: told.made("Opportunity").filter { $0.values["Type"]?.string == "New Business" }) {
            $0.values["OwnerId"]?.string ?? ""
        }
        let rates = byOwner.values.map { deals in Double(deals.count { won.contains($0.id) }) / Double(deals.count) }
        #expect((rates.max() ?? 0) > 1.4 * (rates.min() ?? 1))
    }
}
