/// The functions that formulas call on PostgreSQL, where plain SQL would be less exact than the evaluator.
///
/// All give NULL for NULL unless they say otherwise, and NULL where the evaluator fails; none raises an error.
enum PostgresFunctions {
    static let all: [String] = numbers + scientific + texts + encodings + patterns + days + moments + places

    /// One `CREATE OR REPLACE FUNCTION`, in SQL: the planner can see through it where it is strict in what it is made of.
    static func sql(_ signature: String, _ result: String, isStrict: Bool = true, _ body: String) -> String {
        let strict = isStrict ? " STRICT" : ""
        return """
            CREATE OR REPLACE FUNCTION martlet_\(signature) RETURNS \(result)
            LANGUAGE sql IMMUTABLE\(strict) PARALLEL SAFE AS $martlet$ SELECT \(body) $martlet$
            """
    }

    /// A strict one that is about cases, through which the planner cannot see: it would read and plan its SQL anew in every query,
    /// while PL/pgSQL keeps it.
    static func guarded(_ signature: String, _ result: String, _ body: String) -> String {
        plpgsql(signature, result, "BEGIN RETURN \(body); END")
    }

    static func plpgsql(_ signature: String, _ result: String, isStrict: Bool = true, parallel: String = "SAFE", _ body: String)
        -> String
    {
        let strict = isStrict ? " STRICT" : ""
        return """
            CREATE OR REPLACE FUNCTION martlet_\(signature) RETURNS \(result)
            LANGUAGE plpgsql IMMUTABLE\(strict) PARALLEL \(parallel) AS $martlet$
            \(body)
            $martlet$
            """
    }
}
