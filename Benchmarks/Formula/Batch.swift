import Formula
import Measuring
import Values

/// The lines that `martlet formula eval --batch` answers, each with fields, a record and a formula field.
func batch(_ report: inout Report) {
    let lines = (0..<5000).map { index in
        """
        {"formula": "IF(Amount * Quantity > \(index), ROUND(Net * 1.19, 2), Amount)", "returnType": "currency", "blanks": "zero", \
        "fields": {"Amount": {"type": "currency", "scale": 2}, "Quantity": {"type": "number"}, "Stage": {"type": "picklist"}, \
        "Net": {"type": "currency", "scale": 2, "formula": "Amount * Quantity / (1 + \(index % 7))"}}, \
        "record": {"Amount": \(index).25, "Quantity": \(index % 9), "Stage": "Proposal"}}
        """
    }
    var (failed, length) = (0, 0)
    let time = seconds {
        for line in lines {
            let answer = FormulaBatch.answer(to: line, now: now)
            length += answer.description.utf8.count
            if answer["error"] != nil { failed += 1 }
        }
    }
    report.line("5,000 lines of a batch, seconds", time, .atMost(2), "\(failed) failed, \(length) bytes answered")
}
