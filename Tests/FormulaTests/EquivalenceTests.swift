import Formula
import SQL
import Testing
import Values

/// One formula, one record.
struct Sample: CustomStringConvertible {
    var source: String
    var record: [String: Value]
    var blanks: BlankHandling

    var compiled: CompiledFormula? { try? CompiledFormula.compile(source, blanks: blanks, scope: World()) }

    var description: String {
        let values = record.map { "\($0) = \($1.shown)" }.sorted().joined(separator: ", ")
        return "\(source) with \(values), blanks as \(blanks)"
    }

    /// What SQL should give: the evaluator's result in the form of the result column, NULL where it fails or does not fit.
    func expected(_ formula: CompiledFormula) -> Value {
        let value = (try? formula.evaluate(formula.input(record))) ?? .null
        guard case .number(let number) = value, case .decimal(_, let scale) = formula.resultColumn else { return value }
        let fits = number.scaled(to: scale).map { $0.magnitude < 1_000_000_000_000_000_000 } ?? false
        return fits ? .number(number.rounded(to: scale)) : .null
    }

    static func random(_ count: Int, seed: UInt64) -> [Sample] {
        var formulas = RandomFormula(seed: seed)
        var generator = SeededGenerator(seed: seed &+ 1)
        var samples: [Sample] = []
        while samples.count < count {
            let blanks: BlankHandling = Bool.random(using: &generator) ? .zero : .blank
            let sample = Sample(source: formulas.formula(), record: World.randomRecord(&generator), blanks: blanks)
            if sample.compiled != nil { samples.append(sample) }
        }
        return samples
    }

    /// The smallest part of the formula, over the fewest fields, that still fails.
    func shrunk(_ fails: (Sample) async -> Bool) async -> Sample {
        for candidate in smaller where candidate.compiled != nil {
            if await fails(candidate) { return await candidate.shrunk(fails) }
        }
        return self
    }

    private var smaller: [Sample] {
        let parts = ((try? Parser.parse(source))?.parts ?? []).map {
            Sample(source: $0.description, record: record, blanks: blanks)
        }
        let poorer = record.keys.filter { !$0.hasPrefix("$") }.sorted().map { name in
            var other = self
            other.record[name] = nil
            return other
        }
        return parts + poorer
    }
}

extension Syntax {
    /// Its direct parts.
    var parts: [Syntax] {
        switch self {
        case .literal, .path: []
        case .call(_, let arguments, _): arguments
        case .prefix(_, let operand, _): [operand]
        case .infix(_, let left, let right, _): [left, right]
        }
    }
}

@Suite struct `A random formula on a random record` {
    @Test(arguments: 0..<10) func `means the same in the evaluator and in SQLite`(part: Int) async throws {
        let database = try TestDatabase()
        for sample in Sample.random(1000, seed: UInt64(part)) where !agrees(sample, database) {
            let smallest = await sample.shrunk { !agrees($0, database) }
            let formula = try #require(smallest.compiled)
            let sql = try smallest.compiled?.sqliteValue(smallest.record, in: database).shown
            Issue.record("\(smallest): \(smallest.expected(formula).shown), but in SQLite \(sql ?? "")")
            return
        }
    }

    private func agrees(_ sample: Sample, _ database: TestDatabase) -> Bool {
        guard let formula = sample.compiled, formula.sqlObstacle == nil else { return true }
        return (try? formula.sqliteValue(sample.record, in: database)) == sample.expected(formula)
    }

    @Test func `is the same tree when it is printed and parsed again`() throws {
        for sample in Sample.random(3000, seed: 77) {
            let syntax = try Parser.parse(sample.source)
            let printed = syntax.description
            #expect(try Parser.parse(printed) == syntax, "\(sample.source)")
            #expect(try Parser.parse(printed).description == printed)
        }
    }

    @Test(.enabled(if: PostgresShell.address != nil)) func `means the same in PostgreSQL`() async throws {
        _ = try await PostgresShell.run(CompiledFormula.postgresFunctions.joined(separator: ";\n") + ";")
        for part in 0..<5 {
            let samples = Sample.random(2000, seed: postgresSeed + UInt64(part)).filter { $0.compiled?.sqlObstacle == nil }
            let wrong = try await disagreements(samples)
            for index in wrong.prefix(20) {
                let smallest = await samples[index].shrunk { (try? await disagreements([$0]).isEmpty) == false }
                let formula = try #require(smallest.compiled)
                let sql = try await PostgresShell.values([formula.postgresExpression(smallest.record)])[0]
                Issue.record("\(smallest): \(smallest.expected(formula).shown), but in PostgreSQL \(sql ?? "NULL")")
            }
            if !wrong.isEmpty { return }
        }
    }

    private let postgresSeed: UInt64 = 1000

    private func disagreements(_ samples: [Sample]) async throws -> [Int] {
        let formulas = samples.compactMap(\.compiled)
        guard formulas.count == samples.count, formulas.allSatisfy({ $0.sqlObstacle == nil }) else { return [] }
        let expressions = try zip(formulas, samples).map { formula, sample in
            let sql = try formula.postgresExpression(sample.record)
            if formula.resultColumn == .list { return "array_to_json(\(sql))" }
            guard formula.resultColumn == .datetime else { return sql }
            return "to_char((\(sql)) AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US')"
        }
        let values = try await PostgresShell.values(expressions)
        return samples.indices.filter { index in
            let column = formulas[index].resultColumn
            let expected = samples[index].expected(formulas[index])
            if case .time = column { return values[index].flatMap { TimeOfDay($0) }.map(Value.time) ?? .null != expected }
            if case .datetime = column {
                return values[index].flatMap { Instant($0 + "Z") }.map(Value.datetime) ?? .null != expected
            }
            return values[index] != expected.postgresText(column)
        }
    }
}
