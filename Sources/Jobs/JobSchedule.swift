import Values

/// A job that is enqueued again and again.
///
/// Of the times that pass while no worker runs, the latest is made up for, once. While the job of one time still waits or runs,
/// the next is left out.
package struct JobSchedule: Sendable {
    /// By which the database knows it.
    package let name: String
    package let cron: Cron
    /// What is enqueued when it is due.
    package let job: NewJob

    package init<Payload>(_ name: String, _ cron: Cron, _ kind: JobKind<Payload>, _ payload: Payload) {
        (self.name, self.cron) = (name, cron)
        job = NewJob(kind, payload, key: "schedule:" + name)
    }

    package init(_ name: String, _ cron: Cron, _ kind: JobKind<NoPayload>) { self.init(name, cron, kind, NoPayload()) }
}
