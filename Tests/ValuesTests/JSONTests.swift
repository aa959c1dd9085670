import Testing
import Values

@Suite struct `A JSON document` {
    @Test(arguments: [
        #"{"a":[1,2.5,-3e2],"b":{"c":null,"d":true}}"#, #"[]"#, #"{}"#, #""text""#, "0", "-0.5", "false",
        #"["\"\\\/\b\f\n\r\t\u00e9\ud83d\ude42"]"#,
    ]) func `is written as it was read`(text: String) throws {
        let json = try JSON(parsing: text)
        #expect(try JSON(parsing: json.description) == json)
    }

    @Test(arguments: [
        (#"{"a": 1.50}"#, #"{"a":1.5}"#), (" [ 1 , 2 ] ", "[1,2]"), (#""\u00e9\ud83d\ude42""#, #""é🙂""#), ("1e3", "1000"),
        ("\u{FEFF}[]", "[]"), (#""a\u0000b""#, #""a\u0000b""#),
        ("1234567890123456789012345678901234567", "1234567890123456789012345678901234567"),
    ]) func `is written compactly`(text: String, expected: String) throws {
        #expect(try JSON(parsing: text).description == expected)
    }

    @Test(arguments: [
        ("", 1, 1, "empty"), ("{", 1, 2, "double quotes"), ("[1,]", 1, 4, "value"), (#"{"a":1,"a":2}"#, 1, 8, "twice"),
        ("[1 2]", 1, 4, "comma"),
        ("01", 1, 1, "number"), ("1.", 1, 1, "number"), ("nul", 1, 1, "value"), (#""abc"#, 1, 1, "closing quote"),
        (#""\x""#, 1, 3, "escape"), (#""\ud800""#, 1, 2, "surrogate"),
        ("[1]\n x", 2, 2, "follows"), ("\"a\nb\"", 1, 3, "control character"), ("1e99999", 1, 1, "range"),
        ("{'a':1}", 1, 2, "double quotes"),
        ("12345678901234567890123456789012345678", 1, 1, "37 digits"),
    ]) func `is refused with the place of the mistake`(text: String, line: Int, column: Int, words: String) {
        do {
            _ = try JSON(parsing: text)
            Issue.record("\(text) was read")
        } catch let error {
            #expect(error.line == line, "\(error)")
            #expect(error.column == column, "\(error)")
            #expect(error.message.contains(words), "\(error)")
        }
    }

    @Test func `has a limit of nesting, and refuses invalid UTF-8`() {
        let deep = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
        #expect(throws: Never.self) { try JSON(parsing: deep) }
        #expect(throws: JSONError.self) { try JSON(parsing: "[" + deep + "]") }
        #expect(throws: JSONError.self) { try JSON(bytes: [0x22, 0xFF, 0x22]) }
        #expect(throws: JSONError.self) { try JSON(bytes: [UInt8](repeating: 0x5B, count: 1_000_000)) }
    }

    @Test func `survives random bytes`() {
        var random = Seeded(11)
        let alphabet = Array(#"{}[]",:0123456789.eE+-\ntrufalse ud8"#.utf8) + [0xC3, 0xA9, 0xFF, 0x00]
        for _ in 0..<5000 {
            let bytes = (0..<Int.random(in: 0..<40, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? 0 }
            if let json = try? JSON(bytes: bytes) { #expect((try? JSON(parsing: json.description)) == json) }
        }
    }

    @Test func `keeps the members of an object in order`() {
        var members: JSON.Members = ["b": 1, "a": 2]
        members["c"] = 3
        members["b"] = nil
        #expect(JSON.object(members).description == #"{"a":2,"c":3}"#)
        #expect(members["missing"] == nil)
    }
}

@Suite struct `The JSON writer` {
    @Test(arguments: [
        (1_050, 2, "10.50"), (-5, 3, "-0.005"), (0, 2, "0.00"), (7, 0, "7"), (Int64.min, 0, "-9223372036854775808"),
        (Int64.max, 4, "922337203685477.5807"),
    ])
    func `writes scaled integers as decimals`(units: Int64, scale: Int, expected: String) {
        var writer = JSONWriter(capacity: 1)
        writer.scaled(units, scale: scale)
        #expect(writer.string == expected)
    }

    @Test func `escapes what must be escaped`() {
        var writer = JSONWriter()
        writer.string("a\"b\\c\nd\u{1}é🙂")
        #expect(writer.string == #""a\"b\\c\nd\u0001é🙂""#)
        #expect(String(decoding: JSONWriter.key("a\"b"), as: UTF8.self) == #""a\"b":"#)
    }

    /// A text is looked through eight bytes at a time.
    @Test(arguments: 0..<20) func `escapes at any place of a text, and nothing else`(place: Int) throws {
        for byte in UInt8(0)..<128 {
            var bytes = Array("abcdefghé é ÿ 0123456789".utf8.prefix(place)).filter { $0 < 128 } + Array("ÿ".utf8)
            bytes += [byte] + Array("]^_ !#[~\u{7F}é".utf8)
            let text = String(decoding: bytes, as: UTF8.self)
            var writer = JSONWriter()
            writer.string(text)
            #expect(try JSON(parsing: writer.string) == .string(text))
            #expect(writer.string.contains("\\") == (byte < 0x20 || byte == 0x22 || byte == 0x5C))
        }
    }

    @Test(arguments: ["2026-03-31T12:00:00Z", "2026-03-31T12:00:00.500Z", "0001-01-01T00:00:00.000001Z"])
    func `writes moments as they describe themselves`(text: String) throws {
        let instant = try #require(Instant(text))
        var writer = JSONWriter()
        writer.datetime(instant)
        #expect(writer.string == "\"\(instant)\"")
    }

    @Test func `grows, and starts again`() {
        var writer = JSONWriter(capacity: 1)
        for _ in 0..<1000 { writer.raw("0123456789") }
        #expect(writer.count == 10_000)
        writer.clear()
        writer.raw("x" as String)
        #expect(writer.array == [UInt8(ascii: "x")])
    }
}
