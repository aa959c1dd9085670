/// Where a connection stands between its requests and its answers. Pure: the handler carries out what it decides.
struct ConnectionState {
    /// Requests begun and not yet answered.
    private(set) var open = 0
    /// Whether the body of the last request is still arriving.
    private(set) var isReading = false
    private(set) var isClosing = false
    private var closesAfterAnswer = false

    enum Read { case pass, drop }
    enum Write { case go, finish, finishAndLinger }
    enum Failure { case answer, pass }

    mutating func readHead() -> Read {
        if isClosing { return .drop }
        open += 1
        isReading = true
        return .pass
    }

    func readBody() -> Read { isClosing ? .drop : .pass }

    mutating func readEnd() -> Read {
        isReading = false
        return isClosing ? .drop : .pass
    }

    mutating func wroteHead(saysClose: Bool) { closesAfterAnswer = saysClose }

    /// What follows the last byte of an answer. While the caller still sends, closing at once would reset the connection
    /// before the caller has read the answer.
    mutating func wroteEnd() -> Write {
        open -= 1
        guard closesAfterAnswer else { return .go }
        isClosing = true
        return isReading ? .finishAndLinger : .finish
    }

    /// What to do about bytes that are not HTTP: nobody else can answer before a request has begun.
    mutating func failed() -> Failure {
        if isClosing || open > 0 { return .pass }
        isClosing = true
        return .answer
    }
}
