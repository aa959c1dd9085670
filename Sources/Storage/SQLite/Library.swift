import CSQLite

extension SQLiteDatabase {
    /// The version of the SQLite library in use, `3.40.1`.
    package static var libraryVersion: String { String(cString: sqlite3_libversion()) }

    /// What the library would need and has not; empty when all is well.
    package static var missingFeatures: [String] {
        let isOld = sqlite3_libversion_number() < 3_038_000
        let options = ["ENABLE_FTS5": "full-text search (FTS5)", "ENABLE_MATH_FUNCTIONS": "mathematical functions"]
        let missing = options.filter { sqlite3_compileoption_used($0.key) == 0 }.values.sorted()
        return (isOld ? ["STRICT tables and JSON functions (3.38)"] : []) + missing
            + (sqlite3_threadsafe() == 0 ? ["threads"] : [])
    }
}
