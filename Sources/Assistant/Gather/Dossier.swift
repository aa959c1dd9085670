import Metadata
import Values

/// Everything a briefing is made of: the record it is about and what hangs on it, as the session sees it, at its time.
struct Dossier: Sendable {
    let subject: SubjectRecord
    /// The newest first, as `Role.order` says.
    let items: [Role: [Item]]
    /// Roles that could not be read.
    let omitted: [Role]
    /// Those of them that the business has, and the session may not see.
    let hidden: Set<Role>
    /// Roles of which there are more records than were read.
    let partial: Set<Role>
    let industries: IndustryGuide
    let now: Instant
    let zone: Zone

    /// Whether everything of a role was read, so that what is not there is not there at all.
    func isComplete(_ role: Role) -> Bool { !omitted.contains(role) && !partial.contains(role) }

    /// Whether conversations are kept, and none is hidden.
    var showsConversations: Bool {
        hidden.isDisjoint(with: [.activity, .email]) && !(omitted.contains(.activity) && omitted.contains(.email))
    }

    /// Whether a citation is of what was gathered: when anything else changes, a briefing that is kept would not notice.
    func holds(_ citation: Briefing.Citation) -> Bool {
        let isOfItem = Role.allCases.contains { role in
            self[role].contains { $0.id == citation.id && $0.fields[citation.field] == citation.value }
        }
        return isOfItem || citation.id == subject.id && subject.fields[citation.field] == citation.value
    }

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
