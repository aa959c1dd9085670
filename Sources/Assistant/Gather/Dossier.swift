import Metadata
import Values

/// Everything a briefing is made of: the record it is about and what hangs on it, as the session sees it, at its time.
struct Dossier: Sendable {
    let subject: SubjectRecord
    /// The newest first, as `Role.order` says.
    let items: [Role: [Item]]
    /// Roles that could not be read.
    let omitted: [Role]
    /// Roles of which there are more records than were read.
    let partial: Set<Role>
    let industries: IndustryGuide
    let now: Instant
    let zone: Zone

    var today: Day { zone.day(now) }
    subscript(role: Role) -> [Item] { items[role] ?? [] }

    var industry: IndustryProfile { industries.profile(subject.industry) }
}

/// The record that a briefing is about.
struct SubjectRecord: Sendable {
    let object: ObjectDefinition
    let id: String
    let fields: JSON.Members
    /// The name of the account a contact or a deal belongs to, and its industry.
    let account: (id: String, name: String)?
    let industry: String?

    var name: String {
        let name = fields[object.nameField.name]?.string ?? ""
        return name.isEmpty ? "This \(object.label.lowercased())" : Wording.name(name)
    }

    /// The value of the first of these fields that the record has and the session may see.
    func value(_ names: String...) -> JSON { field(names).flatMap { fields[$0] } ?? .null }

    func field(_ names: [String]) -> String? {
        names.lazy.compactMap { self.object.field($0)?.name }.first { self.fields[$0] != nil && self.fields[$0] != .null }
    }
}
