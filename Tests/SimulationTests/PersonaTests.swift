import Engine
import Simulation
import Testing
import Values

@Suite struct `A theme` {
    static let names = Pack.themes.map(\.theme)

    @Test func `is one of sixteen`() throws {
        #expect(Set(Self.names).count == 16)
        #expect(try Pack.named("space opera").theme == "Space Opera")
        let problem = #expect(throws: Problem.self) { try Pack.named("Spice Opera") }
        #expect(problem?.hint == "Did you mean Space Opera?")
    }

    @Test(arguments: names, [100, 5_000, 400_000]) func `never names two people alike`(theme: String, count: Int) throws {
        let people = People(try Pack.named(theme), count: count, seed: 11)
        // The whole of a small cast, and a stretch of a large one.
        let numbers = count <= 5_000 ? 0..<count : count - 5_000..<count
        #expect(Set(numbers.map { people[$0].full }).count == numbers.count)
    }

    @Test(arguments: names, [100, 6_000]) func `never names two companies alike`(theme: String, count: Int) throws {
        let companies = Companies(try Pack.named(theme), count: count, seed: 11)
        #expect(Set((0..<count).map { companies[$0] }).count == count)
    }

    @Test func `keeps names as plain as the number allows`() throws {
        let pack = try Pack.named("Pirates")
        #expect(!People(pack, count: 500, seed: 1)[7].full.contains("."))
        #expect(People(pack, count: 5_000_000, seed: 1)[7].last.contains("-"))
    }

    @Test(arguments: names) func `comes back from its JSON, under the same hash`(theme: String) throws {
        let pack = try Pack.named(theme)
        let copy = try #require(Pack(json: JSON(parsing: pack.json.description)))
        #expect(copy == pack)
        #expect(copy.hash == pack.hash)
        #expect(Set(Pack.themes.map(\.hash)).count == 16)
    }

    @Test func `is not made of JSON that lacks a list`() throws {
        var members = try #require(try Pack.named("Noir Detective").json.object)
        members["goods"] = []
        #expect(Pack(json: .object(members)) == nil)
    }
}
