/// A value that is given with the query: `:name` in a text, `{"$bind": "name"}` in JSON.
package struct BindVariable: Sendable, Hashable, CustomStringConvertible, ExpressibleByStringLiteral {
    package let name: String
    /// Where it is named.
    package let place: Place

    package init(_ name: String, at place: Place = .top) { (self.name, self.place) = (name, place) }

    package init(stringLiteral name: String) { self.init(name) }

    package var description: String { ":" + name }
}

extension QueryProblem {
    /// A value that should have been given with the query.
    init(unbound argument: BindVariable) {
        self.init(
            "missing_bind", "The query reads \(argument), but no value was given for it", at: argument.place,
            hint: "Send \"binds\": {\"\(argument.name)\": ...}")
    }
}
