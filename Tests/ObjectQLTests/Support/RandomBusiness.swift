import Metadata
import ObjectQL
import SQL
import Values

/// Records in memory.
struct RandomBusiness: Sendable {
    typealias Record = [String: Value]

    let registry = Business.registry
    private(set) var records: [String: [Record]] = [:]

    init(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let counts = [("User", 4), ("Account", 24), ("Contact", 40), ("Opportunity", 40), ("Activity", 30)]
        var ids: [String: [String]] = [:]
        for (object, count) in counts {
            ids[object] = (0..<count).map { _ in RecordID.make(at: Laboratory.now, using: &generator) }
        }
        ids["User"]?[0] = Laboratory.me
        for (object, _) in counts {
            for id in ids[object] ?? [] {
                records[object, default: []].append(
                    RandomBusiness.record(of: registry.object(object), id: id, ids, &generator))
            }
        }
    }

    private static func record(
        of object: ObjectDefinition?, id: String, _ ids: [String: [String]], _ generator: inout SeededGenerator
    ) -> Record {
        var record: Record = ["Id": .text(id)]
        for field in object?.fields ?? [] where !field.isComputed && field.type != .id {
            record[field.name] = value(of: field, ids, &generator)
            if let column = field.typeColumn, case .text(let id)? = record[field.name] {
                record[column] = ids.first { $0.value.contains(id) }.map { .text($0.key) }
            }
        }
        return record
    }

    private static func value(of field: FieldDefinition, _ ids: [String: [String]], _ generator: inout SeededGenerator) -> Value {
        if field.name == "IsDeleted" { return .bool(generator.chance(15)) }
        let isOptional = !(field.isSystem && !field.isLookup || field.type == .checkbox)
        if isOptional, generator.chance(20) { return .null }
        if field.isLookup { return .text(generator.pick(ids[generator.pick(field.referenceTo)] ?? [])) }
        return Pool.value(field.column, options: field.options.map(\.value), &generator)
    }
}

/// Few values of each type, so that they meet.
enum Pool {
    static let texts = [
        "Acme", "acme", "ACME Corp", "100%", "50% off", "under_score", "back\\slash", "Ünal", "ünal", "Zoë [x]", "a*b?c",
        "Straße", "it's", "\"q\"",
    ]
    static let numbers = ["0", "1", "-1", "2.5", "999.99", "1000", "1000.01", "33.3333", "-12.5", "123456789012.34", "7"]
    static let days = [
        "2025-12-31", "2026-01-01", "2026-03-29", "2026-03-30", "2026-03-31", "2026-04-01", "2024-02-29", "1969-12-31",
        "2026-06-15",
    ]
    static let moments = [
        "2026-03-31T00:00:00Z", "2026-03-30T23:59:59.999999Z", "2026-03-31T22:00:00Z", "2026-03-31T21:59:59Z",
        "2026-01-01T00:00:00Z", "2025-12-31T23:30:00Z", "1969-12-31T23:59:59.5Z", "2026-03-29T01:30:00Z", "2026-03-31T12:00:00Z",
    ]
    static let times = ["00:00", "08:30", "12:00:00.001", "23:59:59"]

    static func value(_ type: ColumnType, options: [String] = [], _ generator: inout SeededGenerator) -> Value {
        switch type {
        case .text: .text(generator.pick(options.isEmpty ? texts : options))
        case .decimal(_, let scale): .number((Number(generator.pick(numbers)) ?? 0).rounded(to: scale))
        case .integer: .number(Number(generator.below(5)))
        case .boolean: .bool(generator.chance(50))
        case .date: .day(generator.pick(days))
        case .datetime: .moment(generator.pick(moments))
        case .time: .clock(generator.pick(times))
        case .list: .list((options.isEmpty ? ["red", "green", "blue"] : options).filter { _ in generator.chance(40) })
        default: .null
        }
    }
}
