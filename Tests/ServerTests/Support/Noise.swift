import NIOHTTP1
import Values

/// Requests that are wrong in one way or another, the same ones for the same seed.
struct Noise {
    private var state: UInt64
    private let id: String

    init(seed: UInt64, id: String) { (state, self.id) = (seed, id) }

    /// A request of a known form with strange values in it, or spoilt as text.
    mutating func request() -> (method: String, path: String, body: [UInt8]) {
        switch Int.random(in: 0..<8, using: &self) {
        case 0: (pick(["GET", "GET", "DELETE", "PUT", "OPTIONS", "TRACE"]), path(), [])
        case 1: ("GET", "/api/objects/\(object())?\(parameters())", [])
        case 2: ("POST", "/api/query", query())
        case 3: ("POST", "/api/objects/Account", spoilt(Array(#"{"Name":"Acme","Email":"a@b.example","Nme":1}"#.utf8)))
        case 4: (pick(["POST", "PATCH"]), "/api/objects/Account/\(id)", record())
        case 5: ("POST", "/api/objects/\(pick(["Account", "Contact", "Opportunity", "Activity"]))", record())
        case 6: ("PATCH", "/api/objects/Account/\(pick([id, "7", "%00", "@a"]))", Array(#"{"Nme":\#(value(2))}"#.utf8))
        default: ("POST", pick(["/api/objects/Account/batch", "/api/batch"]), batch())
        }
    }

    /// Headers that the server looks at, with values that it may not expect.
    mutating func headers() -> HTTPHeaders {
        let names = [
            "If-Match", "If-None-Match", "Idempotency-Key", "X-Request-Id", "Accept", "Accept-Encoding", "Range", "Cookie",
            "Expect",
            "Content-Type", "Origin", "Host", "Authorization", "X-HTTP-Method-Override",
        ]
        let values = [
            "", "*", "\"1\"", "W/\"1\"", "\"-1\"", "\"99999999999999999999\"", "1,2,,3", "\"", "é", "null", "100-continue",
            "bytes=0-",
            "application/json", "application/json; charset=utf-8", "text/plain;;", "http://localhost", "http://[::1",
            "localhost:x",
            String(repeating: "k", count: 300), "DELETE",
        ]
        if Bool.random(using: &self) { return ["Content-Type": "application/json"] }
        return HTTPHeaders((0..<Int.random(in: 1..<4, using: &self)).map { _ in (pick(names), pick(values)) })
    }

    /// Fields that there are, with values that they may not take; sometimes it is a good record.
    private mutating func record() -> [UInt8] {
        let names = [
            "Phone", "Code", "Status", "Credit", "OwnerId", "Deals", "AccountId", "Amount", "CloseDate", "Stage", "Subject",
            "ActivityDate", "Id", "Version", "IsDeleted", "CreatedById",
        ]
        var members = [
            pick(["\"Name\":\"Acme\"", "\"Name\":\(value(1))"]), pick(["\"Email\":\"a@b.example\"", "\"Email\":\(value(1))"]),
        ]
        if Bool.random(using: &self) { members.append("\"\(pick(names))\":\(value(1))") }
        return Array("{\(members.joined(separator: ","))}".utf8)
    }

    /// The bytes with some of them changed, left out or doubled, always so that JSON is none any more.
    mutating func spoilt(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0...Int.random(in: 0..<3, using: &self) {
            let place = Int.random(in: 0..<bytes.count, using: &self)
            switch Int.random(in: 0..<3, using: &self) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &self)
            case 1: bytes.remove(at: place)
            default: bytes.insert(bytes[place], at: place)
            }
        }
        return bytes
    }

    private mutating func path() -> String {
        let parts = (0..<Int.random(in: 1..<6, using: &self)).map { _ in
            pick([
                "api", "objects", "Account", "batch", "history", "query", id, "..", "%2e%2e", "%ff", "%7Bobject%7D", "@", "kpi",
                "undelete", "a b", "é",
            ])
        }
        return "/" + parts.joined(separator: pick(["/", "//"])).replacing(" ", with: "%20").replacing("é", with: "%C3%A9")
    }

    private mutating func object() -> String {
        pick(["Account", "Contact", "User", "account", "Nothing", "%00", "sqlite_master"])
    }

    private mutating func parameters() -> String {
        let names = ["fields", "filters", "sort", "limit", "offset", "cursor", "search", "view", "count", "deleted", "x"]
        let values = [
            "Name", "-", "-1", "99999999999999999999", "%7B%22Name%22:%7B%22$gtt%22:1%7D%7D", "%5B%5D", "%7B%7D", "%22",
            "''%3B--", "true", "%F0%9F%98%80", "%",
            "Owner.Owner.Name", "a.b.c.d.e.f.g.h", "",
        ]
        return (0..<Int.random(in: 1..<4, using: &self)).map { _ in "\(pick(names))=\(pick(values))" }.joined(separator: "&")
    }

    private mutating func query() -> [UInt8] {
        let names = [
            "fields", "filters", "related", "groupBy", "aggregate", "having", "search", "orderBy", "limit", "offset", "cursor",
            "count", "view", "x",
        ]
        let members = (0..<Int.random(in: 1..<4, using: &self)).map { _ in "\"\(pick(names))\":\(value(3))" }
        return Array(#"{"object":"\#(object())",\#(members.joined(separator: ","))}"#.utf8)
    }

    /// Operations of which none can be carried out.
    private mutating func batch() -> [UInt8] {
        let verbs = ["create", "update", "upsert", "delete", "craete"]
        let operations = (0..<Int.random(in: 1..<4, using: &self)).map { _ in
            #"{"object":"Account","\#(pick(verbs))":{"Nme":\#(value(1)),"Id":"@x"}}"#
        }
        return Array(#"{"operations":[\#(operations.joined(separator: ","))],"allOrNone":\#(pick(["true", "false", "1"]))}"#.utf8)
    }

    private mutating func value(_ depth: Int) -> String {
        let leaves = [
            "null", "true", "1", "-0.5e400", "1e9", "\"Name\"", "\"\"", "\"Owner.Name\"", "\"\\u0000\"", "\"TODAY\"",
            "\"LAST_N_DAYS:-1\"", "\"$currentUser\"", "[]", "{}",
            "\"Opportunities\"", "{\"$gt\":{\"$field\":\"Nme\"}}", "{\"$sum\":\"Credit\"}", "{\"$in\":[]}", "\"';--\"",
            "12345678901234567890123456789012345678901",
        ]
        if depth == 0 || Bool.random(using: &self) { return pick(leaves) }
        let inner = value(depth - 1)
        return pick([
            "[\(inner)]", "[\(inner),\(pick(leaves))]", "{\"Name\":\(inner)}", "{\"$or\":[\(inner)]}", "{\"$not\":\(inner)}",
            "{\"Opportunities\":\(inner)}",
        ])
    }

    private mutating func pick<Element>(_ choices: [Element]) -> Element {
        choices[Int.random(in: 0..<choices.count, using: &self)]
    }
}

extension Noise: RandomNumberGenerator {
    /// SplitMix64 (Steele, Lea and Flood, 2014).
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
