import Formula
import Measuring
import Values

/// A rule of ten operators over five fields, as a formula and as a programmer would write it.
struct Rule: Sendable {
    let name: String
    let formula: String
    let handWritten: @Sendable (Deal) -> Bool

    static let figures = Rule(
        name: "rule of ten operators over five numbers",
        formula: "Amount * Quantity - Rebate > Limit && (Chance >= 0.5 || Amount + Rebate < 100) && Quantity <> 0"
    ) { deal in
        deal.amount * deal.quantity - deal.rebate > deal.limit
            && (deal.chance >= half || deal.amount + deal.rebate < hundred) && deal.quantity != .zero
    }

    static let mixed = Rule(
        name: "rule of ten operators over texts, a day, a number and a checkbox",
        formula: """
            AND(Stage = "Negotiation" || Stage = "Proposal", CloseDate + 30 >= TODAY(), Amount * 2 > 10, \
            LEN(Name) > 3, NOT(IsPrivate))
            """
    ) { deal in
        (deal.stage == "Negotiation" || deal.stage == "Proposal") && deal.closeDate + 30 >= today && deal.amount * two > ten
            && deal.name.unicodeScalars.count > 3 && !deal.isPrivate
    }
}

private let half = Number(scaled: 5, scale: 1)
private let (two, ten, hundred): (Number, Number, Number) = (2, 10, 100)

/// Per record: the compiled formula against the same expression in Swift, on the same exact numbers.
func evaluation(_ rule: Rule, _ report: inout Report) throws {
    let formula = try CompiledFormula.compile(rule.formula, returning: .boolean, scope: DealScope())
    let deals = Deal.all(10_000)
    let records = deals.map { deal in formula.fields.map { deal.value($0.name) } }
    var (times, ratios) = ([Double](), [Double]())
    for _ in 0..<21 {
        var (found, expected) = (0, 0)
        let evaluated = try seconds {
            for record in records where try formula.evaluate(FormulaInput(values: record, now: now)) == .bool(true) { found += 1 }
        }
        let direct = seconds {
            for deal in deals where rule.handWritten(deal) { expected += 1 }
        }
        guard found == expected, found > 0, found < deals.count else {
            return print("The rule finds \(found), Swift \(expected)")
        }
        times.append(evaluated / Double(deals.count) * 1e9)
        ratios.append(evaluated / direct)
    }
    report.line("\(rule.name), ns a record", median(times), .atMost(1000), "median of \(times.count) rounds")
    report.line(
        "the same, of the expression in Swift", median(ratios), .atMost(25),
        "\(rounded(median(times))) ns against \(rounded(median(times) / median(ratios))) ns")
}
