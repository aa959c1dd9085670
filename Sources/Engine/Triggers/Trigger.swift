package import Jobs
package import Metadata
import SQL
package import Values

/// A trigger written in Swift. It runs for the objects whose files name it, at the events and under the conditions they give.
///
/// A trigger sees all records of one write at once and works inside its transaction: whatever it throws undoes everything.
/// It must not wait for the outside world.
package protocol Trigger: Sendable {
    /// The file an object names it by, without folder and suffix: `OpportunityTrigger` for `triggers/OpportunityTrigger.swift`.
    var name: String { get }

    func run(_ work: TriggerWork) async throws
}

/// What a trigger was called for, and what it can do.
package final class TriggerWork {
    package let event: TriggerEvent
    package let object: ObjectDefinition
    /// The records it runs for. Before triggers may change `new`; the values are checked once more after them.
    package var changes: [Change]

    let trigger: BoundTrigger
    let scope: WriteScope

    init(_ event: TriggerEvent, _ trigger: BoundTrigger, _ object: ObjectDefinition, _ changes: [Change], _ scope: WriteScope) {
        (self.event, self.trigger, self.object, self.changes, self.scope) = (event, trigger, object, changes, scope)
    }

    package var session: Session { changes.first.map(scope.ownSession(of:)) ?? scope.session }

    /// Creates records of one object, in the trigger's transaction and at its time, and gives their ids.
    @discardableResult
    package func create(_ object: String, _ records: [JSON.Members]) async throws -> [String] {
        try await create(object, records.map { (changes.first, $0) })
    }

    /// The same, each for one of the changes.
    @discardableResult
    func create(_ object: String, _ records: [(Change?, values: JSON.Members)]) async throws -> [String] {
        try await scope.nested(trigger.name, records.map { ($0, .create(object: object, values: $1)) }).map(\.id)
    }

    package func update(_ object: String, id: String, _ values: JSON.Members) async throws {
        try await update(object, [(id: id, values: values)])
    }

    /// Updates records of one object as a set.
    package func update(_ object: String, _ records: [(id: String, values: JSON.Members)]) async throws {
        try await update(object, records.map { (changes.first, id: $0.id, values: $0.values) })
    }

    func update(_ object: String, _ records: [(Change?, id: String, values: JSON.Members)]) async throws {
        _ = try await scope.nested(trigger.name, records.map { ($0, .update(object: object, id: $1, values: $2)) })
    }

    package func delete(_ object: String, id: String) async throws {
        try await delete(object, id: id, for: changes.first)
    }

    func delete(_ object: String, id: String, for change: Change?) async throws {
        _ = try await scope.nested(trigger.name, [(change, .delete(object: object, id: id))])
    }

    /// Something to tell someone about a record.
    package struct Message: Sendable {
        package let recipient: String
        package let subject: String
        package let body: String?
        /// The id of the record it is about.
        package let subjectID: String

        package init(to recipient: String, subject: String, body: String? = nil, about id: String) {
            (self.recipient, self.subject, self.body, subjectID) = (recipient, subject, body, id)
        }
    }

    package func notify(_ recipient: String, subject: String, body: String? = nil, about id: String) async throws {
        try await notify([Message(to: recipient, subject: subject, body: body, about: id)])
    }

    /// Queues messages: `Notification` records, which exist exactly when the write does.
    package func notify(_ messages: [Message]) async throws { try await notify(messages.map { (changes.first, $0) }) }

    func notify(_ messages: [(Change?, Message)]) async throws {
        try await create(
            "Notification",
            messages.map { change, message in
                let values: JSON.Members = [
                    "Recipient": .string(message.recipient), "Subject": .string(message.subject),
                    "Body": message.body.map(JSON.string) ?? .null, "Status": "Pending", "RelatedObject": .string(object.name),
                    "RelatedId": .string(message.subjectID),
                ]
                return (change, values)
            })
    }

    /// Has something done after the write, and only if it is kept: what waits for the outside world belongs there. Where a job
    /// with the same key waits or runs already, nothing is added.
    package func enqueue(_ jobs: [NewJob]) async throws {
        if jobs.isEmpty { return }
        try await scope.engine.jobs.enqueue(jobs, on: scope.connection)
        scope.hasJobs = true
    }

    /// The stored record of that id, as this transaction sees it; nil where there is none.
    ///
    /// - Parameter isLocked: whether nobody else changes the record until the transaction ends. What is computed from the record and
    ///   written back to it needs that; where many write at the same time, they wait for each other.
    package func record(_ object: String, id: String, isLocked: Bool = false) async throws -> Record? {
        try await records(object, ids: [id], areLocked: isLocked).first
    }

    /// The stored records of those ids that are there, in no order.
    package func records(_ object: String, ids: [String], areLocked: Bool = false) async throws -> [Record] {
        let model = try scope.model.named(object)
        try await scope.settleRollUps(before: ids, of: model)
        return try await scope.records(of: model, ids: ids, lock: areLocked ? .change : nil)
    }

    /// Refuses the write with a message of the trigger's own.
    package func refuse(_ change: Change, _ message: String, field: String? = nil) -> any Error {
        RecordProblems([change.place: [.init(field: field, code: "trigger", message: message)]])
    }
}
