import Engine
import Storage
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct `Callers who are served together` {
    typealias Line = Sharing<Int, String>

    /// Callers with numbers who meet at a line that serves two at a time, in parties of at most four.
    private final class Counter: Sendable {
        let line: Line
        private let fate: @Sendable (Int) -> Line.Fate
        private let parties = Mutex<[[Int]]>([])
        private let arrivals = AsyncStream.makeStream(of: Void.self)
        private let door = AsyncStream.makeStream(of: Void.self)

        init(
            mayShare: @escaping @Sendable (Int, Int) -> Bool = { _, _ in true },
            fate: @escaping @Sendable (Int) -> Line.Fate = { .done("\($0)") }
        ) {
            line = Line(most: 2, largestParty: 4, mayShare: mayShare)
            self.fate = fate
        }

        /// The parties that were served, in the order in which they began.
        var served: [[Int]] { parties.withLock { $0 } }

        func serve(_ number: Int) async -> String {
            do {
                return try await line.serve(number) {
                    "\(number) alone"
                } together: { [self] numbers in
                    parties.withLock { $0.append(numbers) }
                    return numbers.map(fate)
                }
            } catch { return "\(number): \(error)" }
        }

        /// Takes a place until the door is opened.
        func hold() async throws {
            _ = try await line.serve(0) {
                ""
            } together: { [self] _ in
                await wait()
                return [.done("")]
            }
        }

        /// Goes alone, which takes until the door is opened.
        func linger() async throws {
            _ = try await line.serve(0) {
                await wait()
                return ""
            } together: {
                $0.map { _ in .alone }
            }
        }

        private func wait() async {
            arrivals.continuation.yield()
            for await _ in door.stream { break }
        }

        func waitForArrival() async { for await _ in arrivals.stream { return } }
        func open() { door.continuation.yield() }
        /// Until so many wait.
        func fill(to count: Int) async { while line.waiting != count { await Task.yield() } }
    }

    /// What becomes of callers who come one after the other while both places are taken, of which one is then given up.
    private func meet(_ counter: Counter, _ numbers: [Int], then: (Int, Task<String, Never>) -> Void = { _, _ in }) async throws
        -> [String]
    {
        let held = (1...2).map { _ in Task { try await counter.hold() } }
        for _ in held { await counter.waitForArrival() }
        var callers: [Task<String, Never>] = []
        for number in numbers {
            callers.append(Task { await counter.serve(number) })
            await counter.fill(to: callers.count)
        }
        for (number, caller) in zip(numbers, callers) { then(number, caller) }
        counter.open()
        var answers: [String] = []
        for caller in callers { answers.append(await caller.value) }
        counter.open()
        for task in held { try await task.value }
        return answers
    }

    @Test func `nobody waits for company`() async {
        let counter = Counter()
        for number in 1...4 { #expect(await counter.serve(number) == "\(number)") }
        #expect(counter.served == [[1], [2], [3], [4]])
    }

    @Test func `those who come meanwhile go together, in their order, as many as there is room for`() async throws {
        let counter = Counter()
        let answers = try await meet(counter, [1, 2, 3, 4, 5, 6])
        #expect(counter.served == [[1, 2, 3, 4], [5, 6]])
        #expect(answers == (1...6).map { "\($0)" })
    }

    @Test func `only like goes with like, and nobody is passed over for it`() async throws {
        let counter = Counter { $0 % 2 == $1 % 2 }
        _ = try await meet(counter, [1, 2, 3, 4, 5, 6])
        #expect(counter.served == [[1, 3, 5], [2, 4, 6]])
    }

    @Test func `each has its own fate`() async throws {
        let counter = Counter(fate: { number in
            switch number {
            case 1: .alone
            case 2: .failed(StorageError.full("no room"))
            default: .done("\(number)")
            }
        })
        let answers = try await meet(counter, [1, 2, 3])
        #expect(answers == ["1 alone", "2: \(StorageError.full("no room"))", "3"])
        #expect(counter.served.first == [1, 2, 3])
    }

    @Test func `who goes alone keeps nobody waiting`() async throws {
        let counter = Counter()
        let lingering = (1...5).map { _ in Task { try await counter.linger() } }
        for _ in lingering { await counter.waitForArrival() }
        #expect(await counter.serve(1) == "1")
        for _ in lingering { counter.open() }
        for task in lingering { try await task.value }
    }

    @Test func `who leaves while it waits is not served, and the others are`() async throws {
        let counter = Counter()
        let answers = try await meet(counter, [1, 2, 3, 4]) { number, caller in if number.isMultiple(of: 2) { caller.cancel() } }
        #expect(counter.served == [[1, 3]])
        #expect(answers == ["1", "2: \(CancellationError())", "3", "4: \(CancellationError())"])
    }

    @Test func `the line goes on whatever became of those before`() async throws {
        let counter = Counter(fate: { _ in .failed(StorageError.deadline) })
        _ = try await meet(counter, [1, 2, 3, 4, 5, 6])
        #expect(await counter.serve(7) == "7: \(StorageError.deadline)")
    }
}
