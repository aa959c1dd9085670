import Values

extension Method {
    package static let businessHours = Method(
        "Business Hours", "On working days while offices are open, with the industry's share at other times",
        [
            Parameter("opens", 9, 0...23, "The first hour of work, in the simulation's time zone"),
            Parameter("closes", 18, 1...24, "The hour at which work ends"),
            Parameter("weekendShare", 0.12, 0...1, "Of all records, the share on weekends; the industry's unless given"),
            Parameter("offHoursShare", 0.35, 0...1, "Of all records, the share outside of working hours, weekends among it"),
        ]
    ) { settings, window in
        let hours = Int(settings["opens"])..<max(Int(settings["opens"]) + 1, Int(settings["closes"]))
        let weekend = settings.given("weekendShare") ?? window.weekendShare
        let off = max(settings.given("offHoursShare") ?? window.offHoursShare, weekend)
        return CivilBins(window, shares: [1 - off, off - weekend, weekend]) { day, hour in
            if day.isoWeekday > 5 { return (2, awake(hour)) }
            return hours.contains(hour) ? (0, 1) : (1, awake(hour))
        }
    }

    package static let weekendSurge = Method(
        "Weekend Surge", "More on Saturdays and Sundays",
        [Parameter("factor", 4, 0...1000, "How much denser a weekend is than a working day")]
    ) { settings, window in
        CivilBins(window) { day, hour in (0, awake(hour) * (day.isoWeekday > 5 ? settings["factor"] : 1)) }
    }

    package static let seasonal = Method(
        "Seasonal", "By the months of the year, and more towards the ends of quarters",
        [Parameter("quarterEnd", 1.4, 0...100, "How much denser the last ten days of a quarter are")],
        list: List(
            name: "months", standard: [0.9, 1, 1.15, 1, 1, 1.1, 0.85, 0.8, 1.1, 1.1, 1.1, 0.9],
            meaning: "Twelve weights, from January on")
    ) { settings, window in
        let months = settings.list
        return CivilBins(window) { day, hour in
            let isLast = day.month % 3 == 0 && day.day > Day.length(year: day.year, month: day.month) - 10
            return (0, months[day.month - 1] * (isLast ? settings["quarterEnd"] : 1) * awake(hour))
        }
    }

    /// How busy an hour is where nothing else is said: nights are quiet.
    private static func awake(_ hour: Int) -> Double {
        switch hour {
        case 0..<6: 0.15
        case 6..<8, 22..<24: 0.5
        default: 1
        }
    }
}

/// A constant weight in every hour of the clock on the wall, with its leaps: an hour that is shown twice counts twice, one that
/// is left out not at all.
struct CivilBins: Curve {
    /// Where each bin begins, as a share of the window; one more for the end.
    private let edges: [Double]
    /// The share of records before each edge.
    private let shares: [Double]

    /// - Parameters:
    ///   - shares: of all records, the share that each class of hours gets; a class that the window has no hour of gets none.
    ///   - weigh: the class of an hour of a civil day, and its weight within the class.
    init(_ window: Window, shares wanted: [Double] = [1], weigh: (Day, Int) -> (kind: Int, weight: Double)) {
        var (edges, kinds, weights) = ([0.0], [Int](), [Double]())
        var totals = wanted.map { _ in 0.0 }
        CivilBins.forEachHour(of: window) { day, hour, end in
            let edge = window.share(end)
            let (kind, weight) = weigh(day, hour)
            let mass = weight * (edge - edges[edges.count - 1])
            totals[kind] += mass
            edges.append(edge)
            kinds.append(kind)
            weights.append(mass)
        }
        var shares = [0.0]
        for (kind, mass) in zip(kinds, weights) {
            shares.append(shares[shares.count - 1] + (totals[kind] > 0 ? mass * wanted[kind] / totals[kind] : 0))
        }
        let total = shares[shares.count - 1]
        // A window of which no hour has weight is filled evenly.
        self.shares = total > 0 ? shares.map { $0 / total } : edges
        self.edges = edges
    }

    func cumulative(_ x: Double) -> Double {
        let bin = min(max(edges.firstPlace { $0 > x } - 1, 0), edges.count - 2)
        let width = edges[bin + 1] - edges[bin]
        return shares[bin] + (shares[bin + 1] - shares[bin]) * min((x - edges[bin]) / width, 1)
    }

    func quantile(_ u: Double) -> Double {
        let bin = min(max(shares.firstPlace { $0 > u } - 1, 0), edges.count - 2)
        let share = shares[bin + 1] - shares[bin]
        return share > 0 ? edges[bin] + (edges[bin + 1] - edges[bin]) * min((u - shares[bin]) / share, 1) : edges[bin + 1]
    }

    /// Calls `body` with every hour of the window as the wall shows it, and the moment at which it ends.
    private static func forEachHour(of window: Window, _ body: (Day, Int, Instant) -> Void) {
        let hour: Int64 = 3_600_000_000
        var day = window.zone.day(window.start)
        var start = window.zone.instant(day)
        while start < window.end {
            let next = window.zone.instant(day + 1)
            // Where the clock is changed, hours are cut into quarters, and each is asked what the wall shows.
            let step = next - start == 24 * hour ? hour : hour / 4
            var moment = start
            while moment < next, moment < window.end {
                let end = min(moment + step, min(next, window.end))
                if end > window.start {
                    let shown = step == hour ? Int((moment - start) / hour) : window.zone.local(moment).time.hour
                    body(day, shown, end)
                }
                moment = end
            }
            (day, start) = (day + 1, next)
        }
    }
}
