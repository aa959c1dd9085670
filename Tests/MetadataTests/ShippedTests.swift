import Metadata
import Testing

@Suite("The shipped metadata")
struct ShippedTests {
    @Test func `loads without an error`() {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let (registry, diagnostics) = Registry.load(directory: "/\(root)/metadata", triggers: "/\(root)/triggers")
        #expect(diagnostics.filter { $0.severity == .error }.map(\.description) == [])
        #expect(registry?.objects.count == 15)
    }
}
