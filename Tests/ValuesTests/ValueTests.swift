import Testing
import Values

@Suite("A value")
struct ValueTests {
    @Test(arguments: [
        (Value.null, JSON.null), (.bool(true), true), (.number(12), 12), (.text("a"), "a"),
        (.list(["a", "b"]), JSON.array(["a", "b"])),
        (.date(Day(number: 0)), "1970-01-01"), (.datetime(Instant(microseconds: 0)), "1970-01-01T00:00:00Z"),
        (.time(TimeOfDay(wrapping: 0)), "00:00:00.000"), (.json(true), true),
    ])
    func `stands in an answer as JSON`(_ value: Value, _ json: JSON) {
        #expect(value.json == json)
    }

    @Test func `of a place lies on the globe`() throws {
        let zurich = try #require(Location(latitude: 47.37, longitude: 8.54))
        #expect(Value.location(zurich).json.description == #"{"latitude":47.37,"longitude":8.54}"#)
        #expect(Location(latitude: 90.1, longitude: 0) == nil)
        #expect(Location(latitude: 0, longitude: -180.1) == nil)
    }
}
