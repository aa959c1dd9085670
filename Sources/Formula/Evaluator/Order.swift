import Values

/// Are two values of one type equal? Nil where that is unknown, because one is blank; a blank text is an empty text.
func areEqual(_ a: Value, _ b: Value, as base: Base) -> Bool? {
    switch (a, b) {
    case (.null, .null): base == .text ? true : nil
    case (.null, _), (_, .null): base == .text ? false : nil
    case (.number(let x), .number(let y)): x == y
    case (.text(let x), .text(let y)): sameText(x, y)
    case (.list(let x), .list(let y)): x.count == y.count && zip(x, y).allSatisfy(sameText)
    default: a == b
    }
}

/// Texts are the same when their code points are: Swift's own `==` also takes canonically equivalent ones, databases do not.
func sameText(_ a: String, _ b: String) -> Bool { a.utf8.count == b.utf8.count && a.utf8.elementsEqual(b.utf8) }

/// Is `a` before `b`? Texts by code points.
func isLess(_ a: Value, _ b: Value) -> Bool {
    switch (a, b) {
    case (.number(let x), .number(let y)): x < y
    case (.text(let x), .text(let y)): x.utf8.lexicographicallyPrecedes(y.utf8)
    case (.date(let x), .date(let y)): x < y
    case (.datetime(let x), .datetime(let y)): x < y
    case (.time(let x), .time(let y)): x < y
    default: false
    }
}
