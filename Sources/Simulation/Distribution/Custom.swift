extension Method {
    package static let custom = Method(
        "Custom", "A curve drawn by hand: densities at places of the window, with straight lines between",
        list: List(
            name: "points", standard: [0, 1, 1, 1],
            meaning: "Pairs of a place in the window (0 to 1, rising) and a density (0 or more)")
    ) { settings, _ in PiecewiseLinear(settings.list) }
}

/// A density of straight lines between points.
struct PiecewiseLinear: Curve {
    private struct Piece {
        let start, width, low, high: Double
        /// The share before it, and its own.
        let before, share: Double
    }

    private let pieces: [Piece]

    /// - Parameter flat: places and densities in turn, as `Distribution.init(json:)` has checked them.
    init(_ flat: [Double]) {
        var points = stride(from: 0, to: flat.count - 1, by: 2).map { (x: flat[$0], y: flat[$0 + 1]) }
        if let first = points.first, first.x > 0 { points.insert((0, first.y), at: 0) }
        if let last = points.last, last.x < 1 { points.append((1, last.y)) }
        let areas = zip(points, points.dropFirst()).map { ($1.x - $0.x) * ($0.y + $1.y) / 2 }
        let total = areas.reduce(0, +)
        var before = 0.0
        var pieces: [Piece] = []
        for (index, area) in areas.enumerated() where area > 0 {
            let (a, b) = (points[index], points[index + 1])
            pieces.append(
                Piece(start: a.x, width: b.x - a.x, low: a.y / total, high: b.y / total, before: before, share: area / total))
            before += area / total
        }
        self.pieces = pieces
    }

    func cumulative(_ x: Double) -> Double {
        let place = pieces.firstPlace { $0.start > x } - 1
        guard place >= 0 else { return 0 }
        let piece = pieces[place]
        let t = min((x - piece.start) / piece.width, 1)
        return piece.before + piece.width * t * (piece.low + t * (piece.high - piece.low) / 2)
    }

    func quantile(_ u: Double) -> Double {
        let piece = pieces[max(0, pieces.firstPlace { $0.before > u } - 1)]
        let rest = min(max(u - piece.before, 0), piece.share) / piece.width
        // The root of low t + (high - low) t^2 / 2 = rest, in the form that subtracts nothing from its like.
        let root = (piece.low * piece.low + 2 * (piece.high - piece.low) * rest).squareRoot()
        return min(piece.start + piece.width * min(rest == 0 ? 0 : 2 * rest / (piece.low + root), 1), 1)
    }
}
