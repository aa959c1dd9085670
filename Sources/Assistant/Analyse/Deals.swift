import Metadata
import Values

/// What could be sold, and what was.
struct Deals: Sendable {
    struct Deal: Sendable {
        let item: Item
        let amount: Number?
        let stage: String?
        /// Days in the stage; nil where nobody wrote down since when.
        let dwell: Int?
        /// How many days deals of the industry usually stay in the stage.
        let usual: Int?
        let close: Day?
        /// Days since it should have been closed.
        let overdue: Int?

        var isStuck: Bool { if let dwell, let usual { dwell > usual } else { false } }
    }

    /// The largest first.
    let open: [Deal]
    /// What became of the others, the newest first.
    let won: [Item]
    let lost: [Item]
    let openAmount: Number?
    let wonAmount: Number?

    init(_ dossier: Dossier) {
        var (open, won, lost) = ([Deal](), [Item](), [Item]())
        for item in dossier[.opportunity] {
            let stage = item.option(.stage)
            let name = item[.stage].string ?? ""
            if stage?.isWon ?? (name == "Closed Won") {
                won.append(item)
            } else if stage?.isClosed ?? name.hasPrefix("Closed") {
                lost.append(item)
            } else {
                open.append(Deal(item, dossier))
            }
        }
        self.open = open.sorted { ($0.amount ?? .zero, $1.item.id) > ($1.amount ?? .zero, $0.item.id) }
        (self.won, self.lost) = (won, lost)
        openAmount = Self.sum(open.map(\.item))
        wonAmount = Self.sum(won)
    }

    /// The one that needs somebody most: stuck or late, and large.
    var troubled: Deal? { open.first { $0.isStuck || $0.overdue != nil } }

    private static func sum(_ items: [Item]) -> Number? {
        let amounts = items.compactMap { $0[.amount].number }
        return amounts.isEmpty ? nil : amounts.reduce(.zero, +)
    }
}

extension Deals.Deal {
    init(_ item: Item, _ dossier: Dossier) {
        self.item = item
        amount = item[.amount].number
        stage = item[.stage].string
        dwell = item.day(.since).map { max(0, dossier.today - $0) }
        usual = stage.flatMap { dossier.industry.stageDays[$0] }
        close = item.day(.end)
        overdue = close.flatMap { $0 < dossier.today ? dossier.today - $0 : nil }
    }

    var stageName: String? { item.option(.stage)?.label ?? stage.map { Wording.clean($0, limit: 60) } }
}
