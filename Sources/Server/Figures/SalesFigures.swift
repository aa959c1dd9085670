import Engine
import Metadata
import ObjectQL
import Values

/// The figures of a sales organisation, asked of the records in ObjectQL with the caller's rights.
///
/// What counts as won or closed is what the options of `Opportunity.Stage` say in the metadata.
struct SalesFigures {
    private let engine: Engine
    private let session: Session
    private let registry: Registry

    init(_ call: Call) { (engine, session, registry) = (call.engine, call.session, call.engine.registry) }

    /// `revenue`: the amounts won with a close date in this quarter; `growth`: how much more than in the last quarter, as a
    /// fraction of that, null where nothing was won then.
    func revenue() async throws -> [UInt8] {
        let won: JSON = ["$in": .texts(try stageOptions().filter(\.isWon).map(\.value))]
        let now = try await sum(where: ["Stage": won, "CloseDate": "THIS_QUARTER"])
        let before = try await sum(where: ["Stage": won, "CloseDate": "LAST_QUARTER"])
        var writer = JSONWriter(capacity: 128)
        writer.raw("{\"revenue\":")
        writer.raw(amount(now))
        writer.raw(",\"growth\":")
        writer.value(SalesFigures.ratio(now - before, before))
        writer.raw(",\"previousQuarter\":")
        writer.raw(amount(before))
        writer.raw("}")
        return writer.array
    }

    /// All leads; those whose status is Qualified or Converted; those whose status is Unqualified.
    func leads() async throws -> JSON {
        try require("Lead", ["Status"])
        let counts = try await counts(of: "Lead", by: "Status")
        func count(_ statuses: String...) -> JSON { .number(Number(statuses.reduce(0) { $0 + (counts[$1] ?? 0) })) }
        return [
            "count": .number(Number(counts.values.reduce(0, +))), "qualified": count("Qualified", "Converted"),
            "unqualified": count("Unqualified"),
        ]
    }

    /// `total`: all closed opportunities; `rate`: the won ones as a fraction of them, null where none is closed.
    func winRate() async throws -> JSON {
        let closed = try stageOptions().filter { $0.isClosed || $0.isWon }
        let counts = try await counts(of: "Opportunity", by: "Stage")
        let won = closed.filter(\.isWon).reduce(0) { $0 + (counts[$1.value] ?? 0) }
        let total = closed.reduce(0) { $0 + (counts[$1.value] ?? 0) }
        return [
            "rate": SalesFigures.ratio(Number(won), Number(total)), "won": .number(Number(won)), "total": .number(Number(total)),
        ]
    }

    /// Every stage in the order of the picklist, also those where nothing is.
    func stages() async throws -> [UInt8] {
        let stages = try stageOptions()
        let groups = try await records([
            "object": "Opportunity", "groupBy": ["Stage"], "aggregate": ["count": ["$count": "*"], "amount": ["$sum": "Amount"]],
            "limit": 2000,
        ])
        let byStage = Dictionary(groups.map { ($0["Stage"]?.string ?? "", $0) }, uniquingKeysWith: { first, _ in first })
        var writer = JSONWriter(capacity: 128 * stages.count + 16)
        writer.raw("{\"stages\":[")
        for (index, stage) in stages.enumerated() {
            if index > 0 { writer.raw(",") }
            write(stage, byStage[stage.value], to: &writer)
        }
        writer.raw("]}")
        return writer.array
    }

    private func write(_ stage: PicklistOption, _ group: JSON?, to writer: inout JSONWriter) {
        writer.raw("{\"stage\":")
        writer.string(stage.value)
        writer.raw(",\"amount\":")
        writer.raw(amount(group?["amount"]?.number ?? .zero))
        writer.raw(",\"count\":")
        writer.value(group?["count"] ?? 0)
        writer.raw(",\"isClosed\":\(stage.isClosed || stage.isWon),\"isWon\":\(stage.isWon)}" as String)
    }

    /// Activities with a date that has come, the newest first.
    func recentActivities(limit: Int) async throws -> JSON {
        try require("Activity", ["Subject", "Type", "Status", "ActivityDate", "AccountId", "ContactId", "OwnerId"])
        let activities = try await records([
            "object": "Activity", "filters": ["ActivityDate": ["$lte": .string(session.now.description)]],
            "fields": ["Id", "Subject", "Type", "Status", "ActivityDate", "Account.Name", "Contact.Name", "Owner.Name"],
            "orderBy": [["field": "ActivityDate", "direction": "desc"]], "limit": .number(Number(limit)),
        ])
        return ["activities": .array(activities)]
    }
}

extension SalesFigures {
    private func stageOptions() throws -> [PicklistOption] {
        try require("Opportunity", ["Stage", "Amount", "CloseDate"])
        return registry.object("Opportunity")?.field("Stage")?.options.filter(\.active) ?? []
    }

    /// The figures are about objects and fields that the metadata need not have.
    private func require(_ name: String, _ fields: [String]) throws(Problem) {
        guard let object = registry.object(name), session.access.mayRead(object) else {
            throw Problem(.notFound, "no_figures", "This figure is about the object \(name), which there is not")
        }
        for field in fields where object.field(field).map({ !session.access.mayRead($0, of: object) }) ?? true {
            throw Problem(.notFound, "no_figures", "This figure is about the field \(name).\(field), which there is not")
        }
    }

    private func records(_ query: JSON) async throws -> [JSON] { try await engine.read(Query(json: query), as: session).records }

    private func sum(where filters: JSON) async throws -> Number {
        let records = try await records(["object": "Opportunity", "filters": filters, "aggregate": ["total": ["$sum": "Amount"]]])
        return records.first?["total"]?.number ?? .zero
    }

    /// With exactly the digits that the field has.
    private func amount(_ number: Number) -> String {
        number.text(scale: registry.object("Opportunity")?.field("Amount")?.scale ?? 2)
    }

    private func counts(of object: String, by field: String) async throws -> [String: Int] {
        let groups = try await records([
            "object": .string(object), "groupBy": [.string(field)], "aggregate": ["count": ["$count": "*"]], "limit": 2000,
        ])
        let pairs = groups.map { ($0[field]?.string ?? "", $0["count"]?.number?.integer ?? 0) }
        return Dictionary(pairs, uniquingKeysWith: +)
    }

    /// With four digits after the point; null where the whole is zero.
    private static func ratio(_ part: Number, _ whole: Number) -> JSON {
        (part / whole).map { .number($0.rounded(to: 4)) } ?? .null
    }
}
