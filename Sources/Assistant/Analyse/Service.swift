import Metadata
import Values

/// What does not work for them.
struct Service: Sendable {
    struct Ticket: Sendable {
        let item: Item
        let days: Int
        /// 0 is low, 3 is critical or escalated.
        let weight: Int
    }

    /// Open cases, the gravest first, then the oldest.
    let open: [Ticket]

    init(_ dossier: Dossier) {
        open = dossier[.supportCase].filter { !($0.option(.state)?.isClosed ?? ($0[.state].string == "Closed")) }
            .map { Ticket($0, dossier) }
            .sorted { ($0.weight, $0.days, $1.item.id) > ($1.weight, $1.days, $0.item.id) }
    }

    /// The gravest, where it is grave.
    var grave: Ticket? { open.first.flatMap { $0.weight >= 2 ? $0 : nil } }
}

extension Service.Ticket {
    init(_ item: Item, _ dossier: Dossier) {
        self.item = item
        days = item.when.map { max(0, dossier.today - dossier.zone.day($0)) } ?? 0
        let priority = ["low": 0, "medium": 1, "normal": 1, "high": 2, "critical": 3, "urgent": 3][
            item[.priority].string?.lowercased() ?? ""]
        weight = item.isEscalated ? 3 : priority ?? 1
    }
}

extension Item {
    var isEscalated: Bool { self[.state].string?.lowercased() == "escalated" }
}
