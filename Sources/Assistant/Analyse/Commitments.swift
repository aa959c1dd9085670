import Metadata
import Values

/// What is agreed with them, and until when.
struct Commitments: Sendable {
    struct Agreement: Sendable {
        let item: Item
        let end: Day?
        let daysLeft: Int?
        let value: Number?
        let renewsByItself: Bool
        /// The last day on which notice can be given.
        let noticeBy: Day?
        let isDue: Bool
    }

    /// Contracts in force, those that end first before the others.
    let active: [Agreement]
    let activeValue: Number?

    init(_ dossier: Dossier) {
        active = dossier[.contract].filter { ["activated", "active"].contains($0[.state].string?.lowercased() ?? "") }
            .map { Agreement($0, dossier) }.filter { $0.daysLeft.map { $0 >= 0 } ?? true }
            .sorted { ($0.end ?? .latest, $0.item.id) < ($1.end ?? .latest, $1.item.id) }
        let values = active.compactMap(\.value)
        activeValue = values.isEmpty ? nil : values.reduce(.zero, +)
    }

    /// Ends so soon that its renewal should be talked about.
    var due: Agreement? { active.first(where: \.isDue) }
}

extension Commitments.Agreement {
    init(_ item: Item, _ dossier: Dossier) {
        self.item = item
        let last = item.day(.end)
        let days = last.map { $0 - dossier.today }
        (end, daysLeft) = (last, days)
        value = item[.amount].number
        renewsByItself = item[.renews].bool ?? false
        let period = item[.notice].number?.integer
        let noticeable = max(dossier.industry.renewalDays, period ?? 0)
        noticeBy = if let last, let period { last - period } else { nil }
        isDue = days.map { $0 <= noticeable } ?? false
    }
}
