import Foundation
import Storage
import Testing

@Suite struct SQLiteOptions {
    @Test func `every option is on the page about storage`() throws {
        let page = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../docs/storage.md")
        let text = try String(contentsOf: page, encoding: .utf8)
        for option in Mirror(reflecting: SQLiteDatabase.Options()).children.compactMap(\.label) {
            #expect(text.contains("| `\(option)` |"), "\(option) is not in docs/storage.md")
        }
    }
}
