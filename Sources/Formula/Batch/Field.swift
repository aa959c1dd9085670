import SQL
import Values

/// A field that a line of a batch declares.
struct BatchField {
    let name: String
    let type: FormulaType
    let formula: String?
    /// Digits after the point that a number's column would have; the values of a batch may have more.
    private let scale: Int?

    var field: FormulaField {
        FormulaField(
            path: name.split(separator: ".").map(String.init), type: type,
            column: type.base.column(scale: min(scale ?? 2, ResultForm.precision)))
    }

    static func all(in json: JSON?) throws(FormulaError) -> [BatchField] {
        guard let json, !json.isNull else { return [] }
        guard let members = json.object else { throw .failure(.syntax, "\"fields\" must be an object, not \(json.kind)") }
        var fields: [BatchField] = []
        for (name, definition) in members { fields.append(try BatchField(name, definition)) }
        return fields
    }

    private init(_ name: String, _ json: JSON) throws(FormulaError) {
        let members = try json.members("fields.\(name)", ["type", "scale", "formula"])
        guard let spelled = members["type"]?.string else { throw .failure(.syntax, "fields.\(name) needs a \"type\"") }
        guard let type = FormulaType(alias: spelled) else {
            throw .failure(
                .unknownName, "fields.\(name): there is no type \"\(spelled)\"" + hint(for: spelled, among: FormulaType.aliases))
        }
        scale = try members["scale"].wholeNumber("fields.\(name).scale")
        (self.name, self.type, formula) = (name, type, members["formula"]?.string)
    }

    /// The values of a record by the names of the fields: `{"Account": {"Name": ...}}` is `Account.Name`.
    static func flattened(_ json: JSON?, _ what: String, _ fields: [BatchField]) throws(FormulaError) -> [String: JSON] {
        var values: [String: JSON] = [:]
        guard let json, !json.isNull else { return values }
        guard let members = json.object else { throw .failure(.syntax, "\"\(what)\" must be an object, not \(json.kind)") }
        var pending = members.map { ($0.name, $0.value) }
        while let (name, value) = pending.popLast() {
            if let field = fields.first(where: { $0.name.lowercased() == name.lowercased() }) {
                values[field.name] = value
            } else if let inner = value.object,
                fields.contains(where: { $0.name.lowercased().hasPrefix(name.lowercased() + ".") })
            {
                pending += inner.map { (name + "." + $0.name, $0.value) }
            } else {
                throw .failure(
                    .unknownName,
                    "\(what) has a value for \"\(name)\", which is no field" + hint(for: name, among: fields.map(\.name)))
            }
        }
        return values
    }

    func value(_ json: JSON) throws(FormulaError) -> Value {
        if json.isNull || json == "" { return .null }
        guard let value = convert(json) else {
            throw .failure(.badValue, "record.\(name): \(json) is not \(type.phrase)")
        }
        return value
    }

    private func convert(_ json: JSON) -> Value? {
        switch type.base {
        case .number: (json.number ?? json.string.flatMap { Number(rounding: $0) }).map(Value.number)
        case .text: .text(json.string ?? json.description)
        case .boolean: (json.bool ?? ["true": true, "false": false][json.string?.lowercased() ?? ""]).map(Value.bool)
        case .date: json.string.flatMap { spelledDay($0) ?? spelledInstant($0)?.day }.map(Value.date)
        case .datetime: json.string.flatMap(spelledInstant).map(Value.datetime)
        case .time: json.string.flatMap { TimeOfDay($0) }.map(Value.time)
        case .list: (json.array?.compactMap(\.string) ?? json.string?.split(separator: ";").map(String.init)).map(Value.list)
        case .location: (Location(json) ?? json.string.flatMap(Location.init(spelled:))).map(Value.location)
        case .null: nil
        }
    }
}

extension Location {
    /// `47.37, 8.54`: latitude and longitude.
    fileprivate init?(spelled text: String) {
        let parts = text.split(separator: ",").map { Number($0.filter { $0 != " " }) }
        guard parts.count == 2, let latitude = parts[0], let longitude = parts[1] else { return nil }
        self.init(latitude: latitude.double, longitude: longitude.double)
    }
}

extension FormulaType {
    /// A type by any name that field types go by.
    init?(alias: String) {
        guard let type = FormulaType.byAlias[alias.lowercased()] else { return nil }
        self = type
    }

    static let aliases = byAlias.keys.sorted()

    private static let byAlias: [String: FormulaType] = {
        var types: [String: FormulaType] = [
            "double": .number, "integer": .number, "decimal": .number, "summary": .number, "string": .text, "textarea": .text,
            "richtext": .text, "email": .text, "phone": .text, "url": .text, "autonumber": .text, "checkbox": .boolean,
            "dateonly": .date, "timeonly": .time, "select": .picklist, "multiselect": .multiPicklist, "multienum": .multiPicklist,
            "tags": .multiPicklist, "lookup": .id, "masterdetail": .id, "reference": .id, "geolocation": .location,
        ]
        for type in FormulaType.allCases where type != .null { types[type.rawValue.lowercased()] = type }
        return types
    }()
}
