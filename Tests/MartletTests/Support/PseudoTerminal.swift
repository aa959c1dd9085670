import Foundation
import SystemPackage

/// A terminal for a program to stand at, and what it shows.
final class PseudoTerminal {
    private let device: FileHandle
    private let path: String
    private let shown: AsyncStream<Data>
    /// All that was shown since the last text that was waited for.
    private var text = ""

    // Linux's requests TIOCSPTLCK and TIOCGPTN, which are macros that Swift does not see.
    private static let setLock: UInt = 0x4004_5431
    private static let getNumber: UInt = 0x8004_5430

    init(columns: UInt16) throws {
        let descriptor = Foundation.open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Errno(rawValue: errno) }
        var (locked, number): (Int32, UInt32) = (0, 0)
        _ = ioctl(descriptor, PseudoTerminal.setLock, &locked)
        _ = ioctl(descriptor, PseudoTerminal.getNumber, &number)
        path = "/dev/pts/\(number)"
        device = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        defer { resize(columns: columns) }
        let (shown, continuation) = AsyncStream.makeStream(of: Data.self)
        self.shown = shown
        device.readabilityHandler = { handle in
            // When the program has gone this is an error, which `availableData` would not survive.
            var bytes = [UInt8](repeating: 0, count: 4096)
            let count = read(handle.fileDescriptor, &bytes, bytes.count)
            if count > 0 { return _ = continuation.yield(Data(bytes[..<count])) }
            handle.readabilityHandler = nil
            continuation.finish()
        }
    }

    deinit { device.readabilityHandler = nil }

    /// The program's side of it.
    func open() throws -> FileDescriptor {
        let descriptor = Foundation.open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Errno(rawValue: errno) }
        return FileDescriptor(rawValue: descriptor)
    }

    func type(_ text: String) throws { try device.write(contentsOf: Data(text.utf8)) }

    func resize(columns: UInt16) {
        var size = winsize(ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(device.fileDescriptor, UInt(TIOCSWINSZ), &size)
    }

    /// Waits until that is shown; returns what was shown up to its end.
    @discardableResult
    func wait(for wanted: String) async -> String {
        if let found = take(upTo: wanted) { return found }
        for await data in shown {
            text += String(decoding: data, as: UTF8.self)
            if let found = take(upTo: wanted) { return found }
        }
        return text + " (then it ended)"
    }

    private func take(upTo wanted: String) -> String? {
        guard let range = text.range(of: wanted) else { return nil }
        defer { text = String(text[range.upperBound...]) }
        return String(text[..<range.upperBound])
    }
}
