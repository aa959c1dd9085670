/// SQL text that carries its bound values: values enter by interpolation and can never become text.
///
///     let owned: Fragment = "SELECT \(name: "Name") FROM \(name: "Account") WHERE \(name: "OwnerId") = \(.id(user))"
package struct Fragment: Sendable, Hashable {
    package enum Piece: Sendable, Hashable {
        case text(String)
        case bind(Bind)
    }

    package private(set) var pieces: [Piece]

    package init(pieces: [Piece] = []) { self.pieces = pieces }

    /// Text that is SQL already; never anything a user wrote.
    package init(sql text: String) { pieces = text.isEmpty ? [] : [.text(text)] }

    package var isEmpty: Bool { pieces.isEmpty }

    package mutating func append(_ other: Fragment) {
        for piece in other.pieces {
            switch piece {
            case .text(let text): append(sql: text)
            case .bind(let bind): append(bind)
            }
        }
    }

    /// Adds text that is SQL already, in amortised constant time a byte.
    package mutating func append(sql text: String) {
        guard case .text(var last)? = pieces.last else { return text.isEmpty ? () : pieces.append(.text(text)) }
        // The text is taken out first: a string with two owners would be copied at every step.
        pieces.removeLast()
        last += text
        pieces.append(.text(last))
    }

    package mutating func append(_ bind: Bind) { pieces.append(.bind(bind)) }

    package static func + (a: Fragment, b: Fragment) -> Fragment {
        var sum = a
        sum.append(b)
        return sum
    }

    package static func += (a: inout Fragment, b: Fragment) { a.append(b) }
}

extension Fragment: ExpressibleByStringInterpolation {
    package struct StringInterpolation: StringInterpolationProtocol {
        var fragment = Fragment()

        package init(literalCapacity: Int, interpolationCount: Int) {}

        package mutating func appendLiteral(_ literal: String) { fragment.append(Fragment(sql: literal)) }
        package mutating func appendInterpolation(_ bind: Bind) { fragment.append(Fragment(pieces: [.bind(bind)])) }
        package mutating func appendInterpolation(_ part: Fragment) { fragment.append(part) }

        /// A quoted name of a table or column.
        package mutating func appendInterpolation(name: String) { fragment.append(Fragment(sql: quoted(name))) }

        /// A quoted column of an aliased table.
        package mutating func appendInterpolation(name: String, of alias: String) {
            fragment.append(Fragment(sql: alias + "." + quoted(name)))
        }
    }

    package init(stringLiteral value: String) { self.init(sql: value) }
    package init(stringInterpolation: StringInterpolation) { self = stringInterpolation.fragment }
}

extension Sequence<Fragment> {
    package func joined(separator: Fragment) -> Fragment {
        var result = Fragment()
        for (index, part) in enumerated() {
            if index > 0 { result.append(separator) }
            result.append(part)
        }
        return result
    }
}

/// `"name"`, with quotes inside doubled.
package func quoted(_ name: String) -> String {
    if !name.utf8.contains(UInt8(ascii: "\"")) { return "\"" + name + "\"" }
    return "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
}

/// A statement ready for a driver: text with numbered places (`?1`, `$1`) and the values for them.
package struct Statement: Sendable, Hashable {
    package let sql: String
    package var binds: [Bind]
    /// Nil where it cannot be asked for several keys at once.
    package var several: Several?

    package init(sql: String, binds: [Bind] = []) { (self.sql, self.binds) = (sql, binds) }

    /// How a statement that reads one row by its id reads several.
    package struct Several: Sendable, Hashable {
        /// The same statement with a list of ids in the id's place; it gives the same columns.
        package let sql: String
        /// Where the id stands among the values.
        package let bind: Int
        /// Where the row's own id is among the columns.
        package let column: Int
        /// How many rows it gives at most.
        package let most: Int

        package init(sql: String, bind: Int, column: Int, most: Int) {
            (self.sql, self.bind, self.column, self.most) = (sql, bind, column, most)
        }
    }
}

extension Fragment {
    /// One place per bound value, in order.
    package func statement(_ dialect: Dialect) -> Statement {
        var (sql, binds) = ("", [Bind]())
        sql.reserveCapacity(pieces.reduce(0) { if case .text(let text) = $1 { $0 + text.utf8.count } else { $0 + 4 } })
        for piece in pieces {
            switch piece {
            case .text(let text): sql += text
            case .bind(let bind):
                binds.append(bind)
                sql += (dialect == .sqlite ? "?" : "$") + String(binds.count)
            }
        }
        return Statement(sql: sql, binds: binds)
    }
}
