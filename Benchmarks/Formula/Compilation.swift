import Formula
import Measuring

/// Formulas as admins write them; `#` stands for a number that makes each another one.
private let shapes = [
    "Amount * Quantity - Rebate > Limit && (Chance >= 0.# || Amount + Rebate < #) && Quantity <> 0",
    "IF(ISBLANK(Name), \"unnamed #\", UPPER(LEFT(Name, 3)) & \"-\" & TEXT(#))",
    "CASE(Stage, \"Prospecting\", #, \"Qualification\", 20, \"Proposal\", 50, \"Negotiation\", 80, \"Closed Won\", 100, 0)",
    "AND(ISPICKVAL(Stage, \"Closed Lost\"), ISBLANK(Name), Amount > #)",
    "ROUND(Amount * (1 - Rebate / 100) * #, 2)",
    "IF(CloseDate < TODAY() - #, \"overdue\", IF(CloseDate < TODAY(), \"due\", \"open\"))",
    "ADDMONTHS(DATE(YEAR(CloseDate), MONTH(CloseDate), 1), #) - 1",
    "OR(AND(IsPrivate, Amount > #), REGEX(Name, \"[A-Z][a-z]+ \\\\d+\"), CONTAINS(Name, \"#\"))",
    "IFERROR(Amount / Quantity, #) + MAX(Amount, Rebate, Limit) - MIN(Amount, #)",
    "BLANKVALUE(Name, \"none\") & IF(Amount > #, \" (large)\", \" (small)\") & BR() & SUBSTITUTE(Name, \"a\", \"#\")",
]

func compilation(_ report: inout Report) throws {
    let formulas = (0..<1000).map { shapes[$0 % shapes.count].replacing("#", with: "\($0 + 1)") }
    var times: [Double] = []
    for _ in 0..<11 {
        times.append(
            try seconds {
                for formula in formulas { _ = try CompiledFormula.compile(formula, scope: DealScope()) }
            } * 1000)
    }
    report.line(
        "compiling 1,000 formulas, ms", median(times), .atMost(100), "\(shapes.count) shapes, median of \(times.count) rounds")
}
