import Metadata
import SQL
import Storage
import Synchronization
import Values

/// Numbers of autonumber fields that were taken for a transaction which runs beside others.
///
/// A counter that belonged to the transaction until its commit would have all who create records of an object wait for each other.
/// So it is moved on by a statement of its own, and what was taken for a write that was refused is used for the next one. Only a server
/// that dies, or is stopped, and a commit that fails leave a gap.
struct NumbersInHand {
    /// What was given back in a server, by counter.
    final class Pool: Sendable {
        private let numbers = Mutex<[String: [Int]]>([:])

        /// The least of them, as many as wanted at most.
        fileprivate func take(_ count: Int, of counter: String) -> [Int] {
            numbers.withLock { numbers in
                guard let all = numbers[counter]?.sorted() else { return [] }
                numbers[counter] = all.count > count ? Array(all[count...]) : nil
                return Array(all.prefix(count))
            }
        }

        fileprivate func put(_ returned: [Int], of counter: String) {
            numbers.withLock { $0[counter, default: []] += returned }
        }
    }

    private let pool: Pool
    private var taken: [(counter: String, numbers: [Int])] = []

    init(of pool: Pool) { self.pool = pool }

    /// How often numbers were taken.
    var count: Int { taken.count }

    /// Those that were given back, as many as wanted at most.
    mutating func takeReturned(_ count: Int, of counter: String) -> [Int] {
        let numbers = pool.take(count, of: counter)
        keep(numbers, of: counter)
        return numbers
    }

    mutating func keep(_ numbers: [Int], of counter: String) {
        if !numbers.isEmpty { taken.append((counter, numbers)) }
    }

    /// Leaves what was taken since then to others: nothing of it will be committed.
    mutating func giveBack(since count: Int = 0) {
        for (counter, numbers) in taken[count...] { pool.put(numbers, of: counter) }
        taken.removeSubrange(count...)
    }
}

extension WriteScope {
    func number(_ changes: inout [Change], of object: ObjectModel, at position: Int, _ format: AutoNumberFormat) async throws {
        let prefix = "\(object.definition.name).\(object.definition.fields[position].name)."
        for (day, places) in Dictionary(grouping: changes.indices, by: { today(changes[$0]) }).sorted(by: { $0.key < $1.key }) {
            let numbers = try await next(places.count, of: prefix + format.period(day))
            for (place, number) in zip(places, numbers) {
                changes[place].new.values[position] = .text(format.text(number, on: day))
            }
        }
    }

    private func next(_ count: Int, of counter: String) async throws -> [Int] {
        // SQLite has one writer, which waits for nobody.
        if connection.dialect == .sqlite {
            let last = try await rows(advance(counter, count), WriteScope.last)
            return Array(last - count + 1...last)
        }
        let returned = numbers.takeReturned(count, of: counter)
        let rest = count - returned.count
        if rest == 0 { return returned }
        trace?.statements += 1
        let deadline = Deadline.after(engine.settings.writeDeadline)
        let last = try await engine.database.aside(advance(counter, rest), deadline: deadline, WriteScope.last)
        let new = Array(last - rest + 1...last)
        numbers.keep(new, of: counter)
        return returned + new
    }

    private func advance(_ counter: String, _ count: Int) -> Statement {
        statements.advance(counter, by: count, in: EngineTables.counters.name)
    }

    @Sendable private static func last(_ rows: inout any Rows) throws -> Int {
        guard try rows.next(), let last = rows.cell(0).integer else {
            throw Problem(.failure, "no_number", "A counter gave no number")
        }
        return Int(last)
    }
}
