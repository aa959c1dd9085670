import Metadata
import Values

/// Reads the table of industries, and notes every mistake with line and column.
struct IndustryReader {
    private(set) var diagnostics: [Diagnostic] = []
    private let file: String
    private var columns: [String] = []

    init(file: String) { self.file = file }

    mutating func read(_ text: String) -> [Industry] {
        var rows = CSVRows(text)
        if let place = rows.unclosed { note("This quotation mark is not closed", place.line, place.column) }
        guard let header = rows.next() else {
            note("The table is empty; its first line names the columns: \(Self.names.joined(separator: ","))", 1, 1)
            return []
        }
        readHeader(header)
        guard diagnostics.isEmpty else { return [] }
        var industries: [Found] = []
        while let row = rows.next() { if let industry = readRow(row) { industries.append(industry) } }
        checkTwins(industries)
        if industries.isEmpty, diagnostics.isEmpty { note("The table has no row", header[0].line, 1) }
        return industries.map(\.industry)
    }

    private typealias Found = (industry: Industry, line: Int)

    private mutating func note(_ message: String, _ line: Int, _ column: Int) {
        diagnostics.append(Diagnostic(.error, message, at: SourceLocation(file: file, line: line, column: column)))
    }

    /// A column of numbers: where it goes, and what it may be.
    struct Figure: Sendable {
        let name: String
        let path: any WritableKeyPath<Industry, Double> & Sendable
        let range: ClosedRange<Double>
    }

    static let figures = [
        Figure(name: "lead_to_opp", path: \.leadToOpportunity, range: 0.001...1),
        Figure(name: "win_rate", path: \.winRate, range: 0.001...0.999),
        Figure(name: "cycle_days_med", path: \.cycleDays, range: 0.1...3650),
        Figure(name: "cycle_sigma", path: \.cycleSigma, range: 0...3),
        Figure(name: "deal_med_usd", path: \.dealAmount, range: 1...1e9),
        Figure(name: "deal_sigma", path: \.dealSigma, range: 0...3),
        Figure(name: "pareto_alpha", path: \.paretoAlpha, range: 1.05...20),
        Figure(name: "contacts_per_co", path: \.contactsPerCompany, range: 1...50),
        Figure(name: "activities_per_deal", path: \.activitiesPerDeal, range: 0...200),
        Figure(name: "annual_churn", path: \.annualChurn, range: 0...1),
        Figure(name: "weekend_share", path: \.weekendShare, range: 0...1),
        Figure(name: "offhours_share", path: \.offHoursShare, range: 0...1),
        Figure(name: "q_end_boost", path: \.quarterEndBoost, range: 0.1...20),
    ]

    static let names = ["industry", "scenario"] + figures.map(\.name) + ["confidence"]

    private mutating func readHeader(_ header: [CSVRows.Cell]) {
        columns = header.map(\.text)
        for (index, cell) in header.enumerated() {
            if !Self.names.contains(cell.text) {
                note("Unknown column \"\(cell.text)\"\(hint(for: cell.text, among: Self.names))", cell.line, cell.column)
            } else if columns[..<index].contains(cell.text) {
                note("The column \(cell.text) is there twice", cell.line, cell.column)
            }
        }
        let missing = Self.names.filter { !columns.contains($0) }
        if diagnostics.isEmpty, !missing.isEmpty {
            note("Missing columns: \(missing.joined(separator: ", "))", header[0].line, 1)
        }
    }

    private mutating func readRow(_ row: [CSVRows.Cell]) -> Found? {
        guard row.count == columns.count else {
            let last = row[row.count - 1]
            note("This row has \(row.count) cells, the header has \(columns.count)", last.line, last.column)
            return nil
        }
        let known = diagnostics.count
        let cells = Dictionary(zip(columns, row)) { first, _ in first }
        guard let name = cells["industry"], let scenario: Scenario = choice("scenario", cells),
            let confidence: Industry.Confidence = choice("confidence", cells)
        else { return nil }
        if name.text.isEmpty { note("An industry needs a name", name.line, name.column) }
        var industry = Industry(blank: name.text, scenario, confidence)
        for figure in Self.figures { if let cell = cells[figure.name] { industry[keyPath: figure.path] = number(cell, figure) } }
        if industry.offHoursShare < industry.weekendShare, known == diagnostics.count, let cell = cells["offhours_share"] {
            note("offhours_share counts weekends too: it cannot be less than weekend_share", cell.line, cell.column)
        }
        return known == diagnostics.count ? (industry, name.line) : nil
    }

    private mutating func number(_ cell: CSVRows.Cell, _ figure: Figure) -> Double {
        guard let number = Number(cell.text)?.double, figure.range.contains(number) else {
            let (low, high) = (figure.range.lowerBound, figure.range.upperBound)
            note(
                "\(figure.name) is a number from \(Number(low)?.description ?? "") to \(Number(high)?.description ?? ""), not \"\(cell.text)\"",
                cell.line, cell.column)
            return 0
        }
        return number
    }

    private mutating func choice<Choice: RawRepresentable & CaseIterable>(
        _ column: String, _ cells: [String: CSVRows.Cell]
    ) -> Choice? where Choice.RawValue == String {
        guard let cell = cells[column] else { return nil }
        if let choice = Choice(rawValue: cell.text) { return choice }
        let names = Choice.allCases.map(\.rawValue)
        note(
            "\(column) is \(names.joined(separator: ", ")), not \"\(cell.text)\"\(hint(for: cell.text, among: names))", cell.line,
            cell.column)
        return nil
    }

    private mutating func checkTwins(_ industries: [Found]) {
        var seen: [String: Int] = [:]
        for (industry, line) in industries {
            let key = "\(industry.name.lowercased())/\(industry.scenario)"
            if let first = seen[key] {
                note("\(industry.name) is there for \(industry.scenario.rawValue) in line \(first) already", line, 1)
            } else {
                seen[key] = line
            }
        }
    }
}
