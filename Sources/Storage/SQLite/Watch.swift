import CSQLite
import Glibc

/// What one connection looks at while a statement runs: whether its work is still wanted.
///
/// SQLite is given a pointer to it, and asks every thousand instructions of its virtual machine (some ten microseconds).
final class Watch {
    /// The work the connection is doing; nil where nothing may interrupt it (a commit, a rollback).
    var ticket: Ticket?

    private var patience = Duration.zero

    var isUnwanted: Bool { ticket.map { !$0.isWanted } ?? false }

    func attach(to handle: OpaquePointer) {
        let pointer = Unmanaged.passUnretained(self).toOpaque()
        sqlite3_progress_handler(
            handle, 1000,
            { pointer in
                guard let pointer else { return 0 }
                return Unmanaged<Watch>.fromOpaque(pointer).takeUnretainedValue().isUnwanted ? 1 : 0
            }, pointer)
    }

    /// Has statements that find the database locked wait until their deadline, but no longer than `limit`; without it they
    /// fail at once.
    func waitWhileBusy(on handle: OpaquePointer, atMost limit: Duration) {
        patience = limit
        let pointer = Unmanaged.passUnretained(self).toOpaque()
        sqlite3_busy_handler(
            handle,
            { pointer, attempt in
                guard let pointer else { return 0 }
                let watch = Unmanaged<Watch>.fromOpaque(pointer).takeUnretainedValue()
                guard watch.ticket?.isWanted == true, .milliseconds(5) * Int(attempt) < watch.patience else { return 0 }
                usleep(5_000)
                return 1
            }, pointer)
    }
}
