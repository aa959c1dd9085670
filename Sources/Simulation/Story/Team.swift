import Engine
package import Values

/// Who works in the CRM that is simulated: made for the run, at its first moment.
package struct Team: Sendable {
    package struct Member: Sendable {
        package let id: String
        package let name: String
        package let email: String
        package let role: Role
        /// The place of the manager in the team.
        let manager: Int?
        let title: String
        let region: String
        /// In US dollars a year.
        let quota: Int?
        /// How much more often than the average this one wins, and how much of the work is theirs.
        let skill: Double
        let load: Double
        let ids: IDSeed
        let phone: String
    }

    package enum Role: Sendable { case head, director, seller, success, support, marketing }

    package let members: [Member]
    private let sellers: [Int]

    /// One head, two directors, success, support, marketing, and a seller for every 150 stories, from three to sixty.
    static func size(for stories: Int) -> Int { 6 + min(max(stories / 150, 3), 60) }

    init(_ size: Int, _ people: People, from first: Int, _ pack: Pack, seed: UInt64, ids: IDSeed, at start: Instant) {
        var stream = Stream(seed: seed, Purpose("team"))
        // Users of several simulations are told apart by a part of the address.
        let tag = ids.id(at: start).suffix(4)
        let domain = "\(tag).\(Address.domain(pack.seller))"
        let regions = ["Americas", "EMEA", "APAC"]
        let skills = (0..<size).map { _ in (skill: stream.logNormal(median: 1, sigma: 0.25), load: 0.5 + stream.unit()) }
        // Over all deals the owners win as often as the industry does.
        let sellers = Array(6..<size)
        let mean =
            sellers.reduce(0) { $0 + skills[$1].skill * skills[$1].load } / sellers.reduce(0) { $0 + skills[$1].load }
        members = (0..<size).map { place in
            let name = people[first + place]
            let (role, title, manager) = Team.post(place, regions)
            let own = ids.child(place)
            return Member(
                id: own.id(at: start), name: name.full, email: "\(Address.handle(name.full))@\(domain)", role: role,
                manager: manager, title: title, region: regions[place % 3],
                quota: role == .seller ? stream.number(8...20) * 100_000 : nil, skill: skills[place].skill / mean,
                load: skills[place].load, ids: own, phone: Address.phone(&stream))
        }
        self.sellers = sellers
    }

    private static func post(_ place: Int, _ regions: [String]) -> (Role, String, manager: Int?) {
        switch place {
        case 0: (.head, "Chief Revenue Officer", nil)
        case 1, 2: (.director, "Sales Director, \(regions[place])", 0)
        case 3: (.success, "Customer Success Manager", 0)
        case 4: (.support, "Head of Support", 0)
        case 5: (.marketing, "Marketing Manager", 0)
        default: (.seller, place % 4 == 0 ? "Senior Account Executive" : "Account Executive", 1 + place % 2)
        }
    }

    func seller(_ stream: inout Stream) -> Int { stream.pick(weighted: sellers.map { ($0, members[$0].load) }) }

    var success: Int { 3 }
    var support: Int { 4 }
    var marketing: Int { 5 }

    /// The users, managers before those they manage.
    package func users(at start: Instant) -> [Story.Step] {
        members.map { member in
            Story.Step(
                due: start, by: 0,
                request: .create(
                    object: "User",
                    values: [
                        "Name": .string(member.name), "Username": .string(member.email), "Email": .string(member.email),
                        "Title": .string(member.title), "Department": .string(member.role.department),
                        "Region": .string(member.region), "Phone": .string(member.phone),
                        "ManagerId": member.manager.map { .string(members[$0].id) } ?? .null,
                        "AnnualQuota": member.quota.map { .number(Number($0)) } ?? .null,
                    ]), ids: member.ids)
        }
    }
}

extension Team.Role {
    fileprivate var department: String {
        switch self {
        case .head, .director, .seller: "Sales"
        case .success: "Customer Success"
        case .support: "Support"
        case .marketing: "Marketing"
        }
    }
}
