import Measuring

/// Measures formulas on this machine: evaluating, compiling and answering lines of a batch. Run it with `make bench`.
@main
struct Main {
    static func main() throws {
        var report = Report()
        try evaluation(.figures, &report)
        try evaluation(.mixed, &report)
        try compilation(&report)
        batch(&report)
        report.finish()
    }
}
