package import Engine
package import Values

/// One company's life in the CRM, from its first day on: what people enter, and when. Pure: the same setting and index tell
/// the same story, whoever asks and however often.
package struct Story: Sendable {
    package let index: Int
    /// In the order of time; the first makes the primary record.
    package let steps: [Step]

    package init(index: Int, steps: [Step]) { (self.index, self.steps) = (index, steps) }

    package struct Step: Sendable {
        package let due: Instant
        /// Who enters it: a place in the setting's team.
        package let by: Int
        package let request: WriteRequest
        package let ids: IDSeed
    }

    /// The story that begins at a moment, up to the end of the setting's window.
    package static func tell(_ index: Int, from arrival: Instant, in setting: Setting) -> Story {
        var teller = Teller(index, arrival, setting)
        teller.tellCompany()
        teller.tellLeads()
        teller.tellDeals()
        return Story(index: index, steps: teller.inOrder)
    }
}

/// Everything that the stories of one simulation share.
package struct Setting: Sendable {
    package let industry: Industry
    package let window: Window
    package let team: Team
    package let catalogue: Catalogue
    package let crm: CRM
    let pack: Pack
    let people: People
    let companies: Companies
    let characters: Characters
    let clock: WorkClock
    let ids: IDSeed
    var seed: UInt64 { window.seed }

    /// - Parameters:
    ///   - count: how many stories there are.
    ///   - key: what tells this simulation's records from those of others; ids are derived from it.
    package init(_ industry: Industry, _ pack: Pack, over window: Window, count: Int, key: String, crm: CRM = CRM()) {
        (self.industry, self.pack, self.window, self.crm) = (industry, pack, window, crm)
        ids = IDSeed(key)
        let team = Team.size(for: count)
        people = People(pack, count: count * Self.cast + team, seed: window.seed)
        companies = Companies(pack, count: count, seed: window.seed)
        characters = Characters(pack, seed: window.seed)
        clock = WorkClock(zone: window.zone, weekendShare: industry.weekendShare, offHoursShare: industry.offHoursShare)
        self.team = Team(
            team, people, from: count * Self.cast, pack, seed: window.seed, ids: ids.child("team", 0), at: window.start)
        catalogue = Catalogue(pack, industry, seed: window.seed, ids: ids.child("catalogue", 0), at: window.start)
    }

    /// What there is before the first story begins: who works here, and what is sold.
    var opening: [Story.Step] {
        team.users(at: window.start)
            + (crm.quotesProducts ? catalogue.products(at: window.start, by: team.marketing) : [])
    }

    /// People a story may name, at most.
    static let cast = 24

    func person(_ number: Int, of story: Int) -> People.Name { people[story * Self.cast + number % Self.cast] }
}

/// What the metadata offers beyond the objects that every story needs: which of the shipped triggers make records that stories go on
/// with, and whether there is something to sell.
package struct CRM: Sendable, Hashable {
    package var draftsContracts = true
    package var plansTasks = true
    package var plansRenewals = true
    package var escalatesCases = true
    package var quotesProducts = true
    /// Nil where the industry is none of the options of `Account.Industry`.
    package var knowsIndustry = true

    package init() {}
}
