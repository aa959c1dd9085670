import Testing
import Values

@Suite struct `Record ids` {
    @Test func `sort by the moment they were made`() throws {
        var random = Seeded(5)
        let moments = (0..<200).map { Instant(microseconds: 1_700_000_000_000_000 + Int64($0) * 777) }
        let ids = moments.map { RecordID.make(at: $0, using: &random) }
        #expect(ids == ids.sorted())
        #expect(Set(ids).count == ids.count)
    }

    @Test func `are UUIDs of version 7`() {
        var random = Seeded(6)
        for _ in 0..<200 {
            let id = RecordID.make(at: .wallClock, using: &random)
            let characters = Array(id)
            #expect(RecordID.canonical(id) == id)
            #expect(characters[14] == "7")
            #expect("89ab".contains(characters[19]))
        }
    }

    @Test(arguments: [
        ("0190A1B2-0000-7000-8000-000000000001", "0190a1b2-0000-7000-8000-000000000001"),
        ("0190a1b2-0000-7000-8000-000000000001", "0190a1b2-0000-7000-8000-000000000001"),
        ("0190a1b2-0000-7000-8000-00000000000", nil),
        ("0190a1b2x0000-7000-8000-000000000001", nil), ("0190a1g2-0000-7000-8000-000000000001", nil), ("", nil),
        ("é190a1b2-0000-7000-8000-00000000001", nil),
    ]) func `have one spelling`(text: String, expected: String?) {
        #expect(RecordID.canonical(text) == expected)
    }
}

@Suite struct `Suggestions` {
    @Test(arguments: [
        ("Amuont", "Amount"), ("amount", "Amount"), ("CloseDat", "CloseDate"), ("ClsoeDate", "CloseDate"), ("Xyzzy", nil),
        ("", nil), ("Stge", "Stage"),
    ]) func `are near, whatever the case`(name: String, expected: String?) {
        #expect(suggestion(for: name, among: ["Amount", "CloseDate", "Stage", "Name"]) == expected)
    }

    @Test func `are appended to messages`() {
        #expect(hint(for: "Stge", among: ["Stage"]) == " (did you mean Stage?)")
        #expect(hint(for: "Quantity", among: ["Stage"]) == "")
    }

    @Test func `cost little for long names`() {
        let long = String(repeating: "a", count: 100_000)
        #expect(suggestion(for: long, among: [long + "b"]) != nil)
    }
}
