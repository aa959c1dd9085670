import Foundation

/// The lines of standard input, in the pieces in which they arrive: whoever answers after each piece keeps nobody waiting.
struct LineReader {
    private static let pieceSize = 64 << 10

    private var rest: [UInt8] = []
    private var isAtEnd = false

    /// The lines that are complete now, after waiting for at least one; nil at the end.
    mutating func next() throws -> [String]? {
        while !isAtEnd {
            try readPiece()
            let lines = isAtEnd ? rest[...] : rest[..<(rest.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0)]
            if lines.isEmpty { continue }
            let texts = lines.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
            rest.removeFirst(lines.count)
            return texts
        }
        return nil
    }

    private mutating func readPiece() throws {
        let piece = [UInt8](unsafeUninitializedCapacity: Self.pieceSize) { buffer, count in
            count = max(0, read(STDIN_FILENO, buffer.baseAddress, Self.pieceSize))
        }
        isAtEnd = piece.isEmpty
        rest += piece
    }
}
