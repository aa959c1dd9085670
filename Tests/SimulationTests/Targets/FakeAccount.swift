import Values

/// What a HubSpot account holds, and the rules by which it takes more.
struct FakeAccount: Sendable {
    /// By kind, and by HubSpot's own id.
    private(set) var records: [String: [String: [String: String]]] = [:]
    /// Pairs of `kind/id`.
    private(set) var links: Set<[String]> = []
    /// The names of each kind's own properties; those with unique values.
    private var properties: [String: Set<String>] = [:]
    private var unique: [String: Set<String>] = [:]
    private var lastID = 100
    /// The most inputs that one request had.
    private(set) var largest = 0
    /// In how many requests each record was written.
    private(set) var writes: [String: Int] = [:]

    var zone = "US/Eastern"
    /// Whether an input that cannot be taken is told alone (207), or has the whole request refused (400).
    var isMultiStatus = true
    /// Why a record of that kind cannot be taken.
    var objection: @Sendable (String, [String: String]) -> String? = { _, _ in nil }

    mutating func answer(_ method: String, _ path: String, _ body: JSON) -> (Int, JSON) {
        let parts = path.split(separator: "/").map(String.init)
        switch (method, parts.count) {
        case ("GET", 3) where path == "/account-info/v3/details": return (200, ["portalId": 1, "timeZone": .string(zone)])
        case ("POST", 5) where path.hasPrefix("/crm/v3/properties/") && parts[4] == "groups": return (201, body)
        case ("POST", 4) where path.hasPrefix("/crm/v3/properties/"): return define(body, of: parts[3])
        case ("POST", 6) where path.hasPrefix("/crm/v3/objects/") && path.hasSuffix("/batch/upsert"):
            return upsert(body["inputs"]?.array ?? [], kind: parts[3])
        case ("POST", 8) where path.hasPrefix("/crm/v4/associations/") && path.hasSuffix("/batch/associate/default"):
            return associate(body["inputs"]?.array ?? [], parts[3], parts[4])
        default: return (404, ["status": "error", "message": "Not found"])
        }
    }

    private mutating func define(_ body: JSON, of kind: String) -> (Int, JSON) {
        guard let name = body["name"]?.string, body["groupName"] == "martlet", body["type"]?.string != nil,
            body["fieldType"]?.string != nil
        else { return Self.error(400, "VALIDATION_ERROR", "A property needs a name, a group and its types") }
        guard properties[kind, default: []].insert(name).inserted else {
            return Self.error(409, "OBJECT_ALREADY_EXISTS", "A property named '\(name)' already exists.")
        }
        if body["hasUniqueValue"] == true { unique[kind, default: []].insert(name) }
        return (201, body)
    }

    // MARK: Records

    private mutating func upsert(_ inputs: [JSON], kind: String) -> (Int, JSON) {
        largest = max(largest, inputs.count)
        guard inputs.count <= 100 else {
            return Self.error(400, "VALIDATION_ERROR", "The maximum number of inputs supported in a batch request is 100")
        }
        guard Set(inputs.compactMap { $0["id"]?.string }).count == inputs.count else {
            return Self.error(400, "VALIDATION_ERROR", "Duplicate IDs found in batch input")
        }
        let problems = inputs.map { problem(with: $0, kind: kind) }
        if !isMultiStatus, let problem = problems.compactMap(\.self).first {
            return Self.error(400, "VALIDATION_ERROR", problem)
        }
        var (results, errors): ([JSON], [JSON]) = ([], [])
        for (input, problem) in zip(inputs, problems) {
            if let problem {
                errors.append([
                    "status": "error", "category": "VALIDATION_ERROR", "message": .string(problem),
                    "context": ["objectWriteTraceId": [input["objectWriteTraceId"] ?? .null]],
                ])
            } else {
                results.append(take(input, kind))
            }
        }
        return Self.batch(results, errors)
    }

    private func problem(with input: JSON, kind: String) -> String? {
        guard let key = input["idProperty"]?.string, unique[kind]?.contains(key) ?? false else {
            return "Unable to perform update/upsert by non-unique \(kind) property"
        }
        let values = Self.values(input)
        if values.count != input["properties"]?.object?.count { return "Property values must be texts" }
        for name in values.keys where name.hasPrefix("martlet_") && !(properties[kind]?.contains(name) ?? false) {
            return "Property \"\(name)\" does not exist"
        }
        return objection(kind, values)
    }

    private mutating func take(_ input: JSON, _ kind: String) -> JSON {
        let (id, key) = (input["id"]?.string ?? "", input["idProperty"]?.string ?? "")
        let known = records[kind]?.first { $0.value[key] == id }?.key
        if known == nil { lastID += 1 }
        let remoteID = known ?? String(lastID)
        records[kind, default: [:]][remoteID, default: [:]].merge(Self.values(input)) { _, new in new }
        records[kind, default: [:]][remoteID, default: [:]][key] = id
        writes[id, default: 0] += 1
        return [
            "id": .string(remoteID), "new": .bool(known == nil), "archived": false,
            "objectWriteTraceId": input["objectWriteTraceId"] ?? .null, "properties": input["properties"] ?? .null,
        ]
    }

    private static func values(_ input: JSON) -> [String: String] {
        (input["properties"]?.object ?? [:]).reduce(into: [:]) { values, member in
            if let text = member.value.string { values[member.name] = text }
        }
    }

    // MARK: Associations

    private mutating func associate(_ inputs: [JSON], _ from: String, _ to: String) -> (Int, JSON) {
        largest = max(largest, inputs.count)
        guard inputs.count <= 100 else { return Self.error(400, "VALIDATION_ERROR", "Too many inputs") }
        var (results, errors): ([JSON], [JSON]) = ([], [])
        for input in inputs {
            guard let first = input["from"]?["id"]?.string, let second = input["to"]?["id"]?.string,
                records[from]?[first] != nil, records[to]?[second] != nil
            else {
                errors.append(["status": "error", "category": "OBJECT_NOT_FOUND", "message": "No such object"])
                continue
            }
            links.insert(["\(from)/\(first)", "\(to)/\(second)"].sorted())
            results.append([
                "from": ["id": .string(first)], "to": ["id": .string(second)],
                "associationSpec": ["associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 279],
            ])
        }
        return Self.batch(results, errors)
    }

    private static func batch(_ results: [JSON], _ errors: [JSON]) -> (Int, JSON) {
        var members: JSON.Members = ["status": "COMPLETE", "results": .array(results)]
        if !errors.isEmpty { (members["numErrors"], members["errors"]) = (.number(Number(errors.count)), .array(errors)) }
        return (errors.isEmpty ? 200 : 207, .object(members))
    }

    private static func error(_ status: Int, _ category: String, _ message: String) -> (Int, JSON) {
        (status, ["status": "error", "category": .string(category), "message": .string(message), "correlationId": "aeb5f871"])
    }
}

extension FakeAccount {
    /// Everything that it holds, without the ids that it chose itself.
    var content: [String] {
        var keys: [String: String] = [:]
        var lines: [String] = []
        for (kind, records) in records {
            for (remoteID, values) in records {
                keys["\(kind)/\(remoteID)"] = "\(kind)/\(values["martlet_id"] ?? "?")"
                let texts = values.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
                lines.append("\(kind) " + texts.joined(separator: " "))
            }
        }
        lines += links.map { link in "link " + link.map { keys[$0] ?? "?" }.sorted().joined(separator: " ") }
        return lines.sorted()
    }

    func values(of kind: String) -> [[String: String]] { Array((records[kind] ?? [:]).values) }

    func count(_ kind: String) -> Int { records[kind]?.count ?? 0 }

    /// What a record is linked with, by kind.
    func links(of kind: String, _ remoteID: String) -> [String] {
        let end = "\(kind)/\(remoteID)"
        return links.filter { $0.contains(end) }.flatMap { $0 }.filter { $0 != end }
    }
}
