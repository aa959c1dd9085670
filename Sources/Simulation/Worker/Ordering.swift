import Engine

/// Puts steps of many stories into an order in which neighbours are alike, so that the engine can write them as sets. The steps of
/// each story stay in their order, and stories have no records in common.
func waves(_ stories: [[Story.Step]]) -> [Story.Step] {
    var next = [Int](repeating: 0, count: stories.count)
    var heads: [Kind: [Int]] = [:]
    for (place, steps) in stories.enumerated() {
        if let first = steps.first { heads[Kind(first.request), default: []].append(place) }
    }
    var ordered: [Story.Step] = []
    ordered.reserveCapacity(stories.reduce(0) { $0 + $1.count })
    // The kind that most stories wait for; by its name where two are as many.
    while let (kind, places) = heads.max(by: { ($0.value.count, $1.key.name) < ($1.value.count, $0.key.name) }) {
        heads[kind] = nil
        // One of each story after another, so that those who point at their story's first stand behind all of these.
        var waiting = places
        while !waiting.isEmpty {
            for place in waiting { ordered.append(stories[place][next[place]]) }
            var rest: [Int] = []
            for place in waiting {
                next[place] += 1
                guard next[place] < stories[place].count else { continue }
                let following = Kind(stories[place][next[place]].request)
                if following == kind { rest.append(place) } else { heads[following, default: []].append(place) }
            }
            waiting = rest
        }
    }
    return ordered
}

/// What the engine can do as one set.
private struct Kind: Hashable {
    let name: String

    init(_ request: WriteRequest) {
        if case .create = request { name = "create " + request.object } else { name = "update " + request.object }
    }
}
