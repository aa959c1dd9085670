import ObjectQL
import SQL
import Testing
import Values

/// Random queries, written in every form and read again.
@Suite struct `Every form says the same` {
    @Test(arguments: 0..<8) func `from JSON to text and back`(_ seed: UInt64) throws {
        var random = RandomQuestion(seed: seed &+ 500)
        for _ in 0..<400 {
            let json = random.question().json
            let query = try Query(json: json)
            let text = try query.soql()
            let again = try Query(soql: text)
            guard again == query, try Query(soql: query.formatted(width: 50)) == query, try Query(json: query.json) == query
            else {
                Issue.record("\(json)\n\(text)\n\(try again.soql())\n\(query.json)")
                return
            }
        }
    }

    /// Pieces of queries put together at random: a query or a problem with a place, and never a crash.
    @Test(arguments: 0..<6) func `no text does harm`(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let pieces = AcceptedTexts.all + AcceptedTexts.finds
        var read = 0
        for _ in 0..<3000 {
            let text = mutated(generator.pick(pieces), generator.pick(pieces), &generator)
            do throws(QueryProblem) {
                let query = try TextQuery(soql: text)
                read += 1
                #expect(try TextQuery(soql: query.formatted()) == query, "\(text)")
                if case .query(let query) = query { _ = try? query.binding([:]).resolve(in: Business.scope).compile(.postgres) }
            } catch { #expect(error.location != nil, "\(text)") }
        }
        #expect(read > 100)
    }

    private func mutated(_ text: String, _ other: String, _ generator: inout SeededGenerator) -> String {
        var words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        let others = other.split(separator: " ").map(String.init)
        let oddities = [
            "'", "\\", "(", ")", ",", ":", "/*", "//", "é", "\u{0}", "🦅", "999999999999999999999999", "..", "NULLS", "TYPEOF",
            "{", "}", "-",
        ]
        for _ in 0...generator.below(3) {
            let place = generator.below(max(1, words.count))
            switch generator.below(5) {
            case 0 where words.count > 1: words.remove(at: place)
            case 1: words.insert(generator.pick(others), at: place)
            case 2: words[place] = generator.pick(others)
            case 3: words[place] += generator.pick(oddities)
            default: words.swapAt(place, generator.below(words.count))
            }
        }
        return words.joined(separator: " ")
    }

    @Test func `however deep`() throws {
        for piece in ["(", "NOT ", "(NOT "] {
            let text = "SELECT Id FROM A WHERE " + String(repeating: piece, count: 50_000) + "x = 1"
            #expect(throws: QueryProblem.self) { try Query(soql: text) }
        }
        let functions = "SELECT " + String(repeating: "FORMAT(", count: 50_000) + "x FROM A"
        #expect(throws: QueryProblem.self) { try Query(soql: functions) }
        let joins = "SELECT Id FROM A WHERE " + String(repeating: "x IN (SELECT y FROM B WHERE ", count: 50_000)
        #expect(throws: QueryProblem.self) { try Query(soql: joins) }
    }
}
