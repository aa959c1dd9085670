import SQL

extension Fragment {
    /// The SQL of a formula is not longer than that.
    static let maximumLength = 200_000

    /// Its bytes, about.
    var length: Int {
        pieces.reduce(0) { length, piece in
            if case .text(let text) = piece { length + text.utf8.count } else { length + 8 }
        }
    }
}
