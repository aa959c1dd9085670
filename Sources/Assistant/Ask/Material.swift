import Foundation
import Metadata
import Values

/// What a provider gets to see: the subject, the computed facts, and as many records as the budget of tokens allows, the newest and
/// weightiest first.
struct Material {
    let dossier: Dossier
    let facts: Briefing
    /// About four bytes each.
    let tokens: Int

    private static let longestText = 600

    var json: JSON {
        var left =
            tokens * 4 - about.description.utf8.count - computed.description.utf8.count
            - (facts.nextSteps + facts.talkingPoints).map { $0.utf8.count + 4 }.reduce(0, +)
        var records: [JSON] = []
        // Most of many records do not fit, which their texts tell before anything is written.
        for item in ranked where min(item.text.utf8.count, Self.longestText) < left {
            let record = self.record(item)
            let cost = record.description.utf8.count + 1
            guard cost <= left else { continue }
            left -= cost
            records.append(record)
        }
        return [
            "today": .string(dossier.today.description), "about": about, "facts": computed,
            "steps": .array(facts.nextSteps.map(JSON.string)), "points": .array(facts.talkingPoints.map(JSON.string)),
            "records": .array(records),
        ]
    }

    /// The subject, whose fields may have half of the budget.
    private var about: JSON {
        var members: JSON.Members = ["object": .string(dossier.subject.object.name), "id": .string(dossier.subject.id)]
        var left = tokens * 2
        for (name, value) in dossier.subject.fields where value != .null && name != "Id" {
            let shown = value.string.map { JSON.string($0.cut(to: Self.longestText)) } ?? value
            let cost = name.utf8.count + shown.description.utf8.count + 4
            guard cost <= left else { continue }
            left -= cost
            members[name] = shown
        }
        return .object(members)
    }

    /// The computed sentences, each with the fields it rests on.
    private var computed: JSON {
        .array(
            Sentences.all(in: facts.summary).map { sentence in
                let cited = facts.citations.filter { $0.claim == sentence }.prefix(3)
                return ["fact": .string(sentence), "from": .array(cited.map(\.source))]
            })
    }

    /// The weightiest first.
    private var ranked: [Item] {
        let items = Role.allCases.flatMap { dossier[$0] }.map { (item: $0, weight: weight($0)) }
        return items.sorted { ($0.weight, $1.item.id) > ($1.weight, $0.item.id) }.map(\.item)
    }

    /// What a record is worth to the reader: by its role, its state, and how new it is (half as much after 30 days).
    private func weight(_ item: Item) -> Double {
        let age = Double(max(0, item.when.map { dossier.today - dossier.zone.day($0) } ?? 90))
        let freshness = exp2(-age / 30)
        switch item.role {
        case .opportunity:
            return (item.option(.stage)?.isClosed ?? false) ? 0.3 : 2 + (item[.amount].number?.double ?? 0 > 0 ? 0.5 : 0)
        case .supportCase: return (item.option(.state)?.isClosed ?? false) ? 0.2 * freshness : 1.8
        case .contract: return 1.2
        case .email: return (item.isTheirs ? 1.4 : 1) * freshness
        case .activity: return 1.1 * freshness
        case .note: return (item[.pinned].bool ?? false) ? 1.5 : 0.8 * freshness
        case .task: return (item.option(.state)?.isClosed ?? false) ? 0.1 : 0.9
        case .contact: return (item[.primary].bool ?? false) ? 1 : 0.4
        }
    }

    private func record(_ item: Item) -> JSON {
        let free = item.source.fields[.text]?.name
        var members: JSON.Members = ["object": .string(item.object)]
        for (name, value) in item.fields where value != .null && name != free { members[name] = value }
        if !item.text.isEmpty { members["written"] = .string(item.text.cut(to: Self.longestText)) }
        return .object(members)
    }
}

extension Briefing.Citation {
    fileprivate var source: JSON { ["object": .string(object), "id": .string(id), "field": .string(field), "value": value] }
}
