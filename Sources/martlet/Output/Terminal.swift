import Foundation

/// What stands at one end of the program: a person at a terminal, or another program.
struct Terminal: Sendable {
    enum Colour: Int { case red = 31, green = 32, yellow = 33, dim = 2, bold = 1 }

    let descriptor: Int32

    static let input = Terminal(descriptor: STDIN_FILENO)
    static let output = Terminal(descriptor: STDOUT_FILENO)
    static let errors = Terminal(descriptor: STDERR_FILENO)

    var isInteractive: Bool { isatty(descriptor) == 1 }

    /// The text in that colour, where colours are shown (https://no-color.org).
    func coloured(_ text: String, _ colour: Colour) -> String {
        isInteractive && !Terminal.isPlain ? "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m" : text
    }

    /// Asked for once: the log does it for every request.
    private static let isPlain: Bool = {
        let environment = ProcessInfo.processInfo.environment
        return !(environment["NO_COLOR"] ?? "").isEmpty || environment["TERM"] == "dumb"
    }()

    /// Columns of the window; nil where there is none.
    var width: Int? {
        var size = winsize()
        return ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : nil
    }

    func line(_ text: String) throws { try write(Array((text + "\n").utf8)) }

    /// Writes all bytes; a reader that has gone away ends the program as quietly as it does other programs.
    func write(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno == EPIPE {
                throw ReaderGone()
            } else if errno == EAGAIN {
                var room = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                poll(&room, 1, -1)
            } else if errno != EINTR {
                throw Failure(.unavailable, "The output cannot be written: \(String(cString: strerror(errno)))")
            }
        }
    }
}

/// Whoever read our output has closed it (`martlet query ... | head -1`).
struct ReaderGone: Error {
    /// As if by the signal: 128 + SIGPIPE.
    static let exitCode: Int32 = 141
}
