import SQL

/// How PostgreSQL computes a call, from the SQL of its arguments. Blank is NULL, a failure too.
enum PostgresForm: Sendable {
    /// An expression.
    case sql(@Sendable ([Fragment]) -> Fragment)
    /// `martlet_name(arguments...)`, one of `CompiledFormula.postgresFunctions`.
    case function(String)
    /// An operator between numbers, whose result is brought into the range of formulas where it might leave it.
    case number(String)
    /// Only the evaluator can compute it; why.
    case none(String)
}

/// What SQL learns only when it runs.
enum SQLContext {
    static let now: Fragment = "\(.late(.now))"
    static let today: Fragment = "\(.late(.today))"
    static let zone: Fragment = "\(.late(.zone))"

    static let postgresNow: Fragment = "CAST(\(now) AS timestamptz)"
    static let postgresToday: Fragment = "CAST(\(today) AS date)"
    static let postgresZone: Fragment = "CAST(\(zone) AS text)"
}
