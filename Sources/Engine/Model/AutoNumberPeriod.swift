import Metadata
import Values

extension AutoNumberFormat {
    /// The period that the number counts in on that day: with `{YYYY}{MM}` in the format it begins anew each month; without
    /// a part of the date it never does.
    func period(_ day: Day) -> String {
        let (year, month, dayOfMonth) = day.civil
        let counted = parts.map { part -> String in
            switch part {
            case .year, .shortYear: "\(year)"
            case .month: "-\(month)"
            case .day: "-\(dayOfMonth)"
            case .text, .number: ""
            }
        }
        return counted.joined()
    }
}
