import Engine
import Values

/// The body of a batch: `{"operations": [{"create": {...}}, {"update": {"Id": ..., ...}}, ...], "allOrNone": true}`.
struct Batch {
    let requests: [WriteRequest]
    let allOrNone: Bool

    /// - Parameter object: the object of all operations; nil where each names its own.
    init(_ json: JSON, of object: String?, most: Int) throws(Problem) {
        let members = try Form("A batch", knows: ["operations", "allOrNone"]).check(json, at: "")
        guard let operations = members["operations"]?.array else {
            throw .malformed("operations", "A batch needs a list of operations: {\"operations\": [{\"create\": {...}}]}")
        }
        guard operations.count <= most else {
            throw Problem(
                .tooLarge, "too_many_operations", "The batch has \(operations.count) operations; at most \(most) are allowed",
                hint: "Send it in several requests, or raise the limit in the server's settings")
        }
        switch members["allOrNone"] {
        case nil: allOrNone = true
        case .bool(let bool)?: allOrNone = bool
        case let other?: throw .malformed("allOrNone", "allOrNone is true or false, not \(other.kind)")
        }
        var requests: [WriteRequest] = []
        requests.reserveCapacity(operations.count)
        for (index, operation) in operations.enumerated() {
            requests.append(try Step(operation, of: object, at: "operations[\(index)]").request())
        }
        self.requests = requests
    }
}

/// One operation of a batch.
private struct Step {
    let place: String
    let members: JSON.Members
    let object: String
    let verb: String
    let values: JSON.Members

    private static let verbs = ["create", "update", "upsert", "delete"]
    private static let common = verbs + ["as", "version", "externalId"]
    private static let ofObject = Form("An operation", knows: common)
    private static let ofAny = Form("An operation", knows: ["object"] + common)

    init(_ json: JSON, of object: String?, at place: String) throws(Problem) {
        let members = try (object == nil ? Step.ofAny : Step.ofObject).check(json, at: place)
        guard let object = object ?? members["object"]?.string else {
            throw .malformed("\(place).object", "An operation names its object: {\"object\": \"Account\", \"create\": {...}}")
        }
        let found = Step.verbs.filter { members.names.contains($0) }
        guard let verb = found.first, found.count == 1 else {
            throw .malformed(place, "An operation is one of create, update, upsert and delete")
        }
        guard let values = members[verb]?.object else {
            throw .malformed("\(place).\(verb)", "\(verb) takes an object, not \(members[verb]?.kind ?? "nothing")")
        }
        (self.place, self.members, self.object, self.verb, self.values) = (place, members, object, verb, values)
    }

    func request() throws(Problem) -> WriteRequest {
        let (reference, version, externalID) = (try text("as"), try version(), try text("externalId"))
        try refuse("as", reference != nil, unless: ["create", "upsert"])
        try refuse("version", version != nil, unless: ["update", "delete"])
        try refuse("externalId", externalID != nil, unless: ["upsert"])
        switch verb {
        case "create": return .create(object: object, values: values, reference: reference)
        case "update": return .update(object: object, id: try id(), values: rest, version: version)
        case "delete":
            if let other = rest.names.first { throw .malformed("\(place).delete.\(other)", "delete takes the Id only") }
            return .delete(object: object, id: try id(), version: version)
        default:
            guard let externalID else {
                throw .malformed("\(place).externalId", "upsert needs externalId, the field to find the record by")
            }
            return .upsert(object: object, values: values, externalID: externalID, reference: reference)
        }
    }

    private func id() throws(Problem) -> String {
        if let id = values["Id"]?.string { return id }
        throw .malformed("\(place).\(verb).Id", "\(verb) needs the Id of a record: a UUID, or @ with a name given by \"as\"")
    }

    /// The values without the id, which says which record is meant.
    private var rest: JSON.Members {
        var rest = values
        rest["Id"] = nil
        return rest
    }

    private func text(_ name: String) throws(Problem) -> String? {
        guard let json = members[name] else { return nil }
        guard let text = json.string, !text.isEmpty else {
            throw .malformed("\(place).\(name)", "\(name) is a text, not \(json.kind)")
        }
        return text
    }

    private func version() throws(Problem) -> Int? {
        guard let json = members["version"] else { return nil }
        guard let version = json.number?.integer else {
            throw .malformed("\(place).version", "version is a whole number, not \(json.kind)")
        }
        return version
    }

    private func refuse(_ name: String, _ isThere: Bool, unless verbs: [String]) throws(Problem) {
        if isThere, !verbs.contains(verb) {
            throw .malformed("\(place).\(name)", "\(name) belongs to \(verbs.joined(separator: " and ")), not to \(verb)")
        }
    }
}
