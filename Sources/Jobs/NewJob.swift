package import Values

/// A job that is to be enqueued.
package struct NewJob: Sendable {
    package let rules: JobRules
    package let payload: JSON
    package let priority: JobPriority
    /// Not begun before; nil for at once.
    package let at: Instant?
    /// While a job with this key waits or runs, no other with it is enqueued.
    package let key: String?

    package init<Payload>(
        _ kind: JobKind<Payload>, _ payload: Payload, at: Instant? = nil, key: String? = nil, priority: JobPriority? = nil
    ) {
        (rules, self.payload, self.at, self.key) = (kind.rules, payload.json, at, key)
        self.priority = priority ?? kind.rules.priority
    }

    package init(_ kind: JobKind<NoPayload>, at: Instant? = nil, key: String? = nil, priority: JobPriority? = nil) {
        self.init(kind, NoPayload(), at: at, key: key, priority: priority)
    }
}
