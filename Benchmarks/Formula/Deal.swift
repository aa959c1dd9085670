import Formula
import SQL
import Values

/// A record as hand-written code would hold it.
struct Deal {
    let amount: Number
    let quantity: Number
    let rebate: Number
    let limit: Number
    let chance: Number
    let stage: String
    let name: String
    let closeDate: Day
    let isPrivate: Bool

    static func all(_ count: Int) -> [Deal] {
        (0..<count).map { index in
            Deal(
                amount: Number(scaled: Int64(1_000 + index * 37 % 4_000), scale: 2), quantity: Number(20 + index % 50),
                rebate: Number(scaled: Int64(index % 500), scale: 2),
                limit: Number(scaled: Int64(index % 10 == 0 ? 999_999 : index % 150 * 100), scale: 2),
                chance: Number(scaled: Int64(index % 50), scale: 2), stage: index % 3 == 0 ? "Negotiation" : "Proposal",
                name: "Deal \(index)", closeDate: today + (index % 60 - 30), isPrivate: index % 2 == 0)
        }
    }

    /// The same record as the engine reads it.
    func value(_ field: String) -> Value {
        switch field {
        case "Amount": .number(amount)
        case "Quantity": .number(quantity)
        case "Rebate": .number(rebate)
        case "Limit": .number(limit)
        case "Chance": .number(chance)
        case "Stage": .text(stage)
        case "Name": .text(name)
        case "CloseDate": .date(closeDate)
        default: .bool(isPrivate)
        }
    }
}

let now = Instant(microseconds: 1_709_212_510_000_000)
let today = now.day

struct DealScope: FormulaScope {
    private static let fields: [String: FormulaField] = {
        let money = ColumnType.decimal(precision: 18, scale: 2)
        let list: [(String, FormulaType, ColumnType)] = [
            ("Amount", .currency, money), ("Quantity", .number, money), ("Rebate", .currency, money), ("Limit", .currency, money),
            ("Chance", .number, money), ("Stage", .picklist, .text), ("Name", .text, .text), ("CloseDate", .date, .date),
            ("IsPrivate", .boolean, .boolean),
        ]
        return Dictionary(
            uniqueKeysWithValues: list.map { ($0.lowercased(), FormulaField(path: [$0], type: $1, column: $2)) })
    }()

    func field(_ path: [String]) throws(FormulaScopeError) -> FormulaField {
        guard let field = DealScope.fields[path.joined(separator: ".").lowercased()] else {
            throw FormulaScopeError("There is no field \(path.joined(separator: "."))")
        }
        return field
    }
}
