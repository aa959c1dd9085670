import Metadata
import Values

/// One record that was gathered, as the session sees it.
struct Item: Sendable {
    let source: Source
    let id: String
    let fields: JSON.Members
    /// What somebody wrote, as plain text.
    let text: String
    let when: Instant?
    let person: String?

    init?(_ json: JSON, from source: Source) {
        guard case .object(let members) = json, let id = members["Id"]?.string else { return nil }
        (self.source, self.id, fields) = (source, id, members)
        text = source.fields[.text].flatMap { members[$0.name]?.string }.map { PlainText.of($0) } ?? ""
        let time = source.fields[.when] ?? source.fields[.created]
        when = time.flatMap { members[$0.name]?.string }.flatMap(Item.instant)
        person = source.personPath.flatMap { path in
            let names = path.split(separator: ".").map(String.init)
            return names.count == 2 ? members[names[0]]?[names[1]]?.string : nil
        }
    }

    var role: Role { source.role }
    var object: String { source.object.name }

    subscript(slot: Slot) -> JSON { source.fields[slot].flatMap { fields[$0.name] } ?? .null }

    var title: String { self[.title].string.map { Wording.clean($0) } ?? "" }

    func day(_ slot: Slot) -> Day? { self[slot].string.flatMap { Day($0) ?? Item.instant($0)?.day } }

    /// The option that a choice has now, with what the metadata knows of it.
    func option(_ slot: Slot) -> PicklistOption? {
        guard let field = source.fields[slot], let value = fields[field.name]?.string else { return nil }
        return field.options.first { $0.value == value }
    }

    private static func instant(_ text: String) -> Instant? { Instant(text) ?? Day(text).map { Instant($0) } }
}
