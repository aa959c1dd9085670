import SQL
import Storage
package import Values

/// A chunk that a worker holds, as the database knew it then.
struct Hold: Sendable {
    let id: String
    let number: Int
    let first: Int
    let cursor: Int
    let epoch: Int
    /// Primary records that have come, those of them that were refused, and steps that were refused.
    let arrived, lost, dead: Int

    /// Reads a row of `SimulationStatements.take` or `.chunk`.
    init?(_ rows: any Rows) {
        func whole(_ column: Int) -> Int { Int(rows.cell(column).integer ?? 0) }
        guard let id = rows.cell(0).string else { return nil }
        self.id = id
        (number, first, cursor, epoch) = (whole(1), whole(2), whole(3), whole(4))
        (arrived, lost, dead) = (whole(5), whole(6), whole(7))
    }
}

/// A story that stands still since one of its steps was refused.
package struct Halt: Sendable, Hashable {
    package let id: String
    package let chunk: Int
    package let story: Int
    package let step: Int
    /// `{"code", "detail", "object"}`
    package let error: JSON
    package let tries: Int
    package let at: Instant

    init?(_ rows: any Rows) {
        guard let id = rows.cell(0).string, let at = rows.cell(6).integer else { return nil }
        func whole(_ column: Int) -> Int { Int(rows.cell(column).integer ?? 0) }
        self.id = id
        (chunk, story, step, tries) = (whole(1), whole(2), whole(3), whole(5))
        error = rows.cell(4).string.flatMap { try? JSON(parsing: $0) } ?? .null
        self.at = Instant(microseconds: at)
    }
}

extension Cell {
    /// Bytes as both drivers give them: themselves, or in hexadecimal.
    var binary: [UInt8] {
        switch self {
        case .bytes(let bytes): return Array(bytes)
        case .text(let text):
            func digit(_ byte: UInt8) -> UInt8 { byte <= UInt8(ascii: "9") ? byte &- UInt8(ascii: "0") : (byte | 0x20) &- 87 }
            return stride(from: 2, to: text.count - 1, by: 2).map { digit(text[$0]) << 4 | digit(text[$0 + 1]) }
        default: return []
        }
    }
}

extension Hold {
    func moved(to cursor: Int, arrived: Int, lost: Int, dead: Int) -> Hold {
        Hold(id: id, number: number, first: first, cursor: cursor, epoch: epoch, arrived: arrived, lost: lost, dead: dead)
    }

    private init(id: String, number: Int, first: Int, cursor: Int, epoch: Int, arrived: Int, lost: Int, dead: Int) {
        (self.id, self.number, self.first, self.cursor) = (id, number, first, cursor)
        (self.epoch, self.arrived, self.lost, self.dead) = (epoch, arrived, lost, dead)
    }
}
