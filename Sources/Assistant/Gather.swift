import Engine
import Metadata
import ObjectQL
import SQL
import Values

/// Reads everything a briefing is made of, through the engine, with the rights of the session.
struct Gatherer {
    let engine: Engine
    let session: Session
    /// How many activities, and how many mails, are read; the newest.
    let activityLimit: Int

    /// Records of the other roles: more than anybody has in sight at once.
    private static let limit = 100

    func gather(_ subject: BriefingSubject) async throws -> Dossier {
        let registry = engine.registry
        let record = try await self.record(subject)
        let sources = Role.allCases.compactMap { Source($0, of: record.object, in: registry, session.access) }
        if sources.isEmpty { throw Problem.notBriefable(record.object, in: registry, session.access) }
        var (items, partial) = ([Role: [Item]](), Set<Role>())
        for source in sources {
            let isContact = source.role == .activity || source.role == .email
            let answer = try await engine.read(
                source.query(limit: isContact ? activityLimit : Self.limit), as: session, arguments: ["subject": .id(record.id)]
            ).json
            items[source.role] = (answer["records"]?.array ?? []).compactMap { Item($0, from: source) }
            if answer["hasMore"]?.bool ?? false { partial.insert(source.role) }
        }
        let roles = Set(sources.map(\.role))
        let omitted = Role.allCases.filter { !roles.contains($0) }
        let hidden = omitted.filter { Source($0, of: record.object, in: registry, FullAccess()) != nil }
        return Dossier(
            subject: record, items: items, omitted: omitted, hidden: Set(hidden), partial: partial,
            industries: registry.industries, now: session.now, zone: session.zone)
    }

    /// The record itself, or the problem that there is none.
    private func record(_ subject: BriefingSubject) async throws -> SubjectRecord {
        let answer = try await engine.record(subject.object, id: subject.id, as: session).json
        guard let object = engine.registry.object(subject.object), var fields = answer.object, let id = fields["Id"]?.string
        else { throw Problem.notFound(subject.object, subject.id) }
        for field in object.fields where [.encrypted, .file, .image, .json].contains(field.resultType) {
            fields[field.name] = .null
        }
        let parent = try await account(of: object, id)
        return SubjectRecord(
            object: object, id: id, fields: fields, account: parent.account,
            industry: fields["Industry"]?.string ?? parent.industry)
    }

    /// The account that the record belongs to, where it belongs to one.
    private func account(of object: ObjectDefinition, _ id: String) async throws -> (
        account: (id: String, name: String)?, industry: String?
    ) {
        guard let lookup = object.field("AccountId"), let parent = lookup.parentName, lookup.referenceTo.count == 1,
            let account = engine.registry.object(lookup.referenceTo[0]), session.access.mayRead(lookup, of: object),
            session.access.mayRead(account)
        else { return (nil, nil) }
        let wanted = [account.nameField] + [account.field("Industry")].compactMap { $0 }
        let fields = ["Id"] + wanted.filter { session.access.mayRead($0, of: account) }.map(\.name)
        let paths = FieldList(fields.map { "\(parent).\($0)" })
        let answer = try await engine.record(object.name, id: id, fields: paths, as: session).json
        guard let found = answer[parent], let key = found["Id"]?.string else { return (nil, nil) }
        let name = found[account.nameField.name]?.string
        return (name.map { (key, Wording.name($0)) }, found["Industry"]?.string)
    }
}

/// The record that somebody wants to be briefed about.
package struct BriefingSubject: Sendable, Hashable {
    package let object: String
    package let id: String

    package init(object: String, id: String) { (self.object, self.id) = (object, id) }
}

extension Problem {
    /// Nothing that a briefing could be made of hangs on records of that object.
    fileprivate static func notBriefable(_ object: ObjectDefinition, in registry: Registry, _ access: some RecordAccess)
        -> Problem
    {
        let others = registry.objects.filter { candidate in
            access.mayRead(candidate)
                && Role.allCases.contains {
                    [.activity, .email].contains($0) && Source($0, of: candidate, in: registry, access) != nil
                }
        }
        return Problem(
            .malformed, "not_briefable", "No activities, mails, tasks or notes belong to records of \(object.name)",
            hint: others.isEmpty ? nil : "There are briefings of: \(others.map(\.name).joined(separator: ", "))")
    }
}
