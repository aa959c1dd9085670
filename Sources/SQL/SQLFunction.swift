/// A function that Swift lends to a database's SQL (SQLite only).
package struct SQLFunction: Sendable {
    package let name: String
    /// How many arguments; -1 for any number.
    package let arguments: Int
    package let body: Body

    package enum Body: Sendable {
        /// Of the arguments of one call.
        case scalar(@Sendable ([Cell]) throws -> Bind)
        /// Of a group of rows; called once for a group.
        case aggregate(@Sendable () -> any Gathering)
    }

    package init(name: String, arguments: Int, body: @escaping @Sendable ([Cell]) throws -> Bind) {
        (self.name, self.arguments, self.body) = (name, arguments, .scalar(body))
    }

    package init(name: String, arguments: Int, gathering: @escaping @Sendable () -> any Gathering) {
        (self.name, self.arguments, body) = (name, arguments, .aggregate(gathering))
    }
}

/// What an aggregate function knows of the rows of a group until now.
package protocol Gathering: AnyObject {
    /// One more row, by its arguments. They are there for the time of the call only.
    func add(_ cells: [Cell]) throws
    /// Asked once, after the last row; of no rows too.
    func result() throws -> Bind
}
