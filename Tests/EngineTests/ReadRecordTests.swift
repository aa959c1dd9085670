import Engine
import SQL
import Testing
import Values

@Suite("A record is read by its id") struct ReadRecordTests {
    private static let fields: [FieldList] = [[], ["Name", "Amount"], ["Account.Name", "Account.IsBig", "Stage"]]

    @Test func `however many ask at once, each is given the one it asks for`() async throws {
        try await World.run { world in
            let account = try await world.account("Acme", ["TaxNumber": "CHE-1"])
            var ids: [String] = []
            for number in 1...12 {
                let values: JSON.Members = [
                    "Name": .string("Deal \(number)"), "AccountId": .string(account), "Amount": .number(Number(number * 100)),
                ]
                ids.append(try await world.create("Opportunity", values))
            }
            ids.append(RecordID.make(at: world.session.now))
            var alone: [[String]] = []
            for fields in Self.fields { alone.append(try await Self.read(ids, fields, world)) }
            let together = try await withThrowingTaskGroup(of: (Int, Int, String).self) { group in
                for round in 0..<300 {
                    let (list, place) = (round % alone.count, round % ids.count)
                    let id = ids[place]
                    group.addTask { (list, place, try await Self.read([id], Self.fields[list], world)[0]) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(together.count == 300)
            for (list, place, text) in together { #expect(text == alone[list][place]) }
            #expect(alone[0][0].contains("Deal 1") && alone[2][0].contains("Acme"))
            #expect(alone.allSatisfy { $0.last == "not_found" })
        }
    }

    /// The records as JSON, or the code of the problem.
    private static func read(_ ids: some Sequence<String>, _ fields: FieldList, _ world: World) async throws -> [String] {
        var texts: [String] = []
        for id in ids {
            do {
                let answer = try await world.engine.record("Opportunity", id: id, fields: fields, as: world.session)
                texts.append(String(decoding: answer.body, as: UTF8.self))
            } catch let problem as Problem { texts.append(problem.code) }
        }
        return texts
    }
}
