package import Values

// From a request to a `Query`. Only the form is checked here; names are the resolver's.

extension Query {
    /// Reads the JSON form.
    ///
    ///     try Query(json: [
    ///         "object": "Opportunity", "fields": ["Name", "Amount", "Account.Name"],
    ///         "filters": ["CloseDate": "THIS_QUARTER", "Amount": ["$gt": 1000]], "orderBy": ["-Amount"],
    ///         "related": ["Contracts": ["fields": ["ContractNumber"], "limit": 3]],
    ///     ])
    package init(json: JSON) throws(QueryProblem) {
        try self.init(Part(json, at: .top))
    }

    /// Reads the parameters of a list's address: `?fields=Name,Amount&sort=-Amount&filters={"IsWon":true}&limit=20`.
    package init(object: String, parameters: [(name: String, value: String)]) throws(QueryProblem) {
        self.init(object: object)
        var seen: Set<String> = []
        for (name, value) in parameters {
            guard seen.insert(name).inserted else {
                throw QueryProblem("malformed", "The parameter \(name) is given twice", path: name)
            }
            try read(parameter: name, value)
        }
    }
}
