import Foundation
import Testing

@Suite struct `The rules of the house` {
    @Test func `no file has more than 400 lines`() {
        for file in SourceTree.files {
            let count = file.lines.count - 1
            #expect(count <= 400, "\(file.path) has \(count) lines: let it become a head file and a folder")
        }
    }

    @Test func `nothing switches the compiler's checks off or ends the process`() {
        let forbidden = /@unchecked\s+Sendable|nonisolated\(unsafe\)|\btry!|\bfatalError\(|\bas!\s/
        for file in SourceTree.files {
            let places = file.places(of: forbidden)
            #expect(places.isEmpty, "\(places.joined(separator: "\n"))")
        }
    }

    /// `Process.run()` of Foundation lists open files through a pointer beyond its end, and now and then that is a crash.
    @Test func `other programs are started by Subprocess`() {
        for file in SourceTree.files {
            let places = file.places(of: /\bProcess\(\)/)
            #expect(places.isEmpty, "\(places.joined(separator: "\n"))")
        }
    }

    /// SQL is text that a database runs: whoever writes it must know how to bind values.
    @Test func `SQL text stands only where SQL is made`() {
        let literal = /"(?:[^"]*\s)?(?:SELECT |INSERT INTO |UPDATE [^"]* SET |DELETE FROM )/
        let allowed: Set = ["SQL", "ObjectQL", "Formula", "Jobs", "Storage"]
        for file in SourceTree.files where !allowed.contains(file.target) {
            let places = file.places(of: literal)
            #expect(places.isEmpty, "\(places.joined(separator: "\n"))")
        }
    }

    @Test func `only a session asks for the time`() {
        for file in SourceTree.files {
            let places = file.places(of: /\bDate\(\)|\bDate\.now\b/)
            #expect(places.isEmpty, "\(places.joined(separator: "\n"))")
        }
    }

    @Test func `a name says what a thing is`() {
        let vague = /\b(?:class|struct|enum|protocol|actor)\s+\w*(?:Manager|Helper|Util|Utils|Common|Impl)\b/
        for file in SourceTree.files {
            let places = file.places(of: vague)
            #expect(places.isEmpty, "\(places.joined(separator: "\n"))")
        }
    }
}
