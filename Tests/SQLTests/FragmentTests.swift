import SQL
import Testing
import Values

@Suite struct `A fragment carries its values` {
    @Test func `values enter by interpolation and become numbered places`() {
        let owned: Fragment = "SELECT \(name: "Name") FROM \(name: "Account") WHERE \(name: "OwnerId", of: "t") = \(.id("u1"))"
        let limited = owned + " LIMIT \(.integer(5))"
        #expect(limited.statement(.sqlite).sql == #"SELECT "Name" FROM "Account" WHERE t."OwnerId" = ?1 LIMIT ?2"#)
        #expect(limited.statement(.postgres).sql == #"SELECT "Name" FROM "Account" WHERE t."OwnerId" = $1 LIMIT $2"#)
        #expect(limited.statement(.sqlite).binds == [.id("u1"), .integer(5)])
    }

    @Test func `neighbouring texts become one piece, whichever way they come`() {
        var grown = Fragment(sql: "a")
        grown.append(sql: "b")
        grown.append("c" as Fragment)
        grown.append(.null)
        grown.append(sql: "")
        grown.append(sql: "d")
        #expect(grown.pieces == [.text("abc"), .bind(.null), .text("d")])
        #expect(grown == "abc\(.null)d" as Fragment)
        #expect(["a" as Fragment, "b\(.bool(true))", "c"].joined(separator: ", ") == "a, b\(.bool(true)), c" as Fragment)
    }

    @Test(arguments: [("Name", #""Name""#), (#"a"b"#, #""a""b""#), ("", #""""#)])
    func `names are quoted`(_ name: String, _ text: String) { #expect(quoted(name) == text) }

    @Test func `a long text grows in time that grows with it`() {
        var fragment = Fragment()
        for _ in 0..<200_000 { fragment.append(sql: "x") }
        #expect(fragment.pieces.count == 1)
    }
}

@Suite struct `A value fits its column or is refused` {
    @Test(
        arguments: [
            (.null, .text, .null), (.text("a"), .text, .text("a")), (.text("a"), .id, .id("a")),
            (.bool(true), .boolean, .bool(true)),
            (.number(5), .integer, .integer(5)), (.number(5), .decimal(precision: 18, scale: 2), .decimal(5, scale: 2)),
            (.list(["a"]), .list, .list(["a"])), (.json(["a": 1]), .json, .json(#"{"a":1}"#)), (.text("a"), .boolean, nil),
            (.bool(true), .text, nil),
            (.number(5), .date, nil),
        ] as [(Value, ColumnType, Bind?)])
    func `as the column's type says`(_ value: Value, _ type: ColumnType, _ bind: Bind?) { #expect(Bind(value, as: type) == bind) }

    @Test func `a number with a fraction is no integer`() throws {
        #expect(Bind(.number(try #require(Number("2.5"))), as: .integer) == nil)
        #expect(Bind(.number(try #require(Number("2.5"))), as: .real) == .real(2.5))
    }
}

@Suite struct `A cell is read and written by its column's type` {
    private func written(_ cell: Cell, _ type: ColumnType) -> String {
        var writer = JSONWriter()
        type.write(cell, to: &writer)
        return writer.string
    }

    @Test(arguments: [
        (ColumnType.decimal(precision: 18, scale: 2), Int64(-5), "-0.05"), (.decimal(precision: 18, scale: 0), 5, "5"),
        (.boolean, 1, "true"),
        (.boolean, 0, "false"), (.datetime, 0, #""1970-01-01T00:00:00Z""#), (.datetime, -500_000, #""1969-12-31T23:59:59.500Z""#),
        (.integer, 7, "7"),
    ])
    func `from integers`(_ type: ColumnType, _ integer: Int64, _ json: String) {
        #expect(written(.integer(integer), type) == json)
        #expect(type.value(.integer(integer)).json.description == JSON(reading: json).description)
    }

    @Test(arguments: [
        (ColumnType.text, "a\"b", #""a\"b""#), (.date, "2026-03-31", #""2026-03-31""#), (.list, #"["a"]"#, #"["a"]"#),
        (.decimal(precision: 18, scale: 2), "12.30", "12.30"), (.boolean, "t", "true"),
        (.datetime, "2026-03-31 12:00:00+02", #""2026-03-31T10:00:00Z""#),
    ])
    func `from texts`(_ type: ColumnType, _ text: String, _ json: String) {
        var text = text
        text.withUTF8 { #expect(written(.text($0), type) == json) }
    }

    @Test func `null is null`() {
        for type in [ColumnType.text, .boolean, .list, .datetime] {
            #expect(written(.null, type) == "null" && type.value(.null) == .null)
        }
    }
}

extension JSON {
    fileprivate init(reading text: String) { self = (try? JSON(parsing: text)) ?? .null }
}
