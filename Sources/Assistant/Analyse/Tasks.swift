import Metadata
import Values

/// What we have promised ourselves to do.
struct Tasks: Sendable {
    struct Due: Sendable {
        let item: Item
        let day: Day
        let isLate: Bool
    }

    /// Those whose day has passed, the oldest first.
    let overdue: [Due]
    /// Those that are still to come, the soonest first.
    let coming: [Due]

    init(_ dossier: Dossier) {
        let open = dossier[.task].filter { item in
            !(item.option(.state)?.isClosed ?? (item[.state].string == "Completed")) && item[.state].string != "Deferred"
        }
        let due = open.compactMap { item in item.day(.end).map { Due(item: item, day: $0, isLate: $0 < dossier.today) } }
            .sorted { ($0.day, $0.item.id) < ($1.day, $1.item.id) }
        (overdue, coming) = (due.filter(\.isLate), due.filter { !$0.isLate })
    }
}
