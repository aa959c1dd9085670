import Testing

@testable import Storage

@Suite struct `A statement of a page` {
    private let statements = SlowStatements(memory: .seconds(300))
    private let start = ContinuousClock.now

    /// Times that the server took for it, in milliseconds after the start.
    private func isSlow(after times: [(from: Int, to: Int)]) -> Bool {
        for time in times {
            statements.note(
                ["page"], isLong: time.to - time.from >= 50, since: start + .milliseconds(time.from),
                at: start + .milliseconds(time.to))
        }
        return statements.contains("page")
    }

    @Test func `is slow that takes long twice`() {
        #expect(isSlow(after: [(0, 60), (60, 110)]))
        #expect(!statements.contains("another page"))
    }

    @Test func `is not slow for one long time`() { #expect(!isSlow(after: [(0, 600)])) }

    @Test func `is not slow where the machine stood still for all who were under way`() {
        #expect(!isSlow(after: [(0, 60), (5, 61), (59, 120)]))
    }

    @Test(arguments: [(7, true), (8, false)]) func `is trusted again after so many quick times`(quick: Int, isSlow: Bool) {
        let times = (0..<quick).map { (100 + $0, 101 + $0) }
        #expect(self.isSlow(after: [(0, 60)] + times + [(200, 260)]) == isSlow)
    }

    @Test func `stays slow, whatever was under way then`() {
        #expect(isSlow(after: [(0, 60), (60, 110)] + Array(repeating: (110, 111), count: 20)))
    }
}
