import Crypto
import Metadata
import Synchronization
import Values

/// Briefings by what they were made of: whatever changes in it makes another key.
final class BriefingCache: Sendable {
    private struct State {
        var briefings: [String: Briefing] = [:]
        /// The oldest first.
        var order: [String] = []
    }

    private let state = Mutex(State())
    private let capacity: Int

    init(capacity: Int = 1_000) { self.capacity = capacity }

    subscript(key: String) -> Briefing? { state.withLock { $0.briefings[key] } }

    func keep(_ briefing: Briefing, for key: String) {
        state.withLock { state in
            if state.briefings.updateValue(briefing, forKey: key) == nil { state.order.append(key) }
            if state.order.count > capacity { state.briefings[state.order.removeFirst()] = nil }
        }
    }
}

extension Dossier {
    /// A hash of everything a briefing depends on: the records, the day, what is past and what is to come, and who writes.
    func fingerprint(version: String, _ writer: String...) -> String {
        var hash = SHA256()
        func add(_ text: String) {
            hash.update(data: Array("\(text.utf8.count):".utf8))
            hash.update(data: Array(text.utf8))
        }
        for text in writer + [
            version, subject.object.name, zone.identifier, today.description, subject.account?.name ?? "", industry.name,
        ] {
            add(text)
        }
        add(JSON.object(subject.fields).description)
        for role in Role.allCases {
            add("\(role.rawValue) \(self[role].count) \(partial.contains(role)) \(omitted.contains(role))")
            for item in self[role] {
                add(JSON.object(item.fields).description + (item.when.map { $0 <= now } ?? false ? "past" : ""))
            }
        }
        return hash.finalize().map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}
