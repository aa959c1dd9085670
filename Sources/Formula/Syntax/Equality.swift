extension Syntax: Equatable {
    /// The same tree, wherever it stands; names without regard to case.
    package static func == (a: Syntax, b: Syntax) -> Bool {
        switch (a, b) {
        case (.literal(let x, _), .literal(let y, _)): x == y
        case (.path(let x, _), .path(let y, _)): x.map { $0.lowercased() } == y.map { $0.lowercased() }
        case (.call(let f, let x, _), .call(let g, let y, _)): f.lowercased() == g.lowercased() && x == y
        case (.prefix(let f, let x, _), .prefix(let g, let y, _)): f == g && x == y
        case (.infix(let f, let x1, let x2, _), .infix(let g, let y1, let y2, _)): f == g && x1 == y1 && x2 == y2
        default: false
        }
    }
}
