import Simulation
import StubServer
import Synchronization
import Values

/// A writer that answers what a test wants, and remembers what it was asked.
final class Scribe: PackWriter {
    typealias Misdeed = @Sendable (_ page: PackPage, _ count: Int) async throws -> String

    let name: String
    private let state: Mutex<(pages: [PackPage], misdeed: Misdeed)>

    /// What a question with its answer costs.
    static let price = 500

    /// - Parameter misdeed: gets the question and how many came before; an honest one by default.
    init(_ name: String = "stub scribe-1", _ misdeed: @escaping Misdeed = { page, _ in page.answered.description }) {
        self.name = name
        state = Mutex(([], misdeed))
    }

    var asked: [PackPage] { state.withLock { $0.pages } }

    func change(_ misdeed: @escaping Misdeed) { state.withLock { $0.misdeed = misdeed } }

    func write(_ page: PackPage) async throws -> WrittenPage {
        let (misdeed, count) = state.withLock { state in
            state.pages.append(page)
            return (state.misdeed, state.pages.count - 1)
        }
        return WrittenPage(text: try await misdeed(page, count), tokens: Self.price)
    }
}

extension PackPage {
    /// The slots that it asks for, with their patterns.
    var slots: [(name: String, pattern: String)] {
        (schema["properties"]?.object ?? [:]).map { ($0.name, $0.value["pattern"]?.string ?? "") }
    }

    /// An honest answer, with some of it otherwise.
    func answered(_ other: (_ slot: String) -> JSON? = { _ in nil }) -> JSON {
        .object(
            slots.reduce(into: [:]) {
                $0[$1.name] = other($1.name) ?? .string(SlotWords.answer(to: $1.name, matching: $1.pattern))
            })
    }

    var answered: JSON { answered() }
}
