/// FNV-1a with 128 bits (Fowler, Noll, Vo; draft-eastlake-fnv): tells contents apart, keeps no secret.
struct ContentHash {
    private var state: UInt128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d
    private static let prime: UInt128 = 0x0000_0000_0100_0000_0000_0000_0000_013b

    mutating func add(_ text: String) {
        var text = "\(text.utf8.count):" + text
        text.withUTF8 { bytes in
            for byte in bytes { state = (state ^ UInt128(truncatingIfNeeded: byte)) &* ContentHash.prime }
        }
    }

    /// 32 hexadecimal digits.
    var text: String {
        let digits = String(state, radix: 16)
        return String(repeating: "0", count: 32 - digits.count) + digits
    }
}

extension MetadataSource {
    /// A hash of all files' names and contents, wherever the folder lies: two servers with the same version run the same business.
    package var version: String {
        let entries = files.map { (name: $0.path.split(separator: "/").last.map(String.init) ?? "", text: $0.text) }
        var hash = ContentHash()
        for entry in entries.sorted(by: { ($0.name, $0.text) < ($1.name, $1.text) }) {
            hash.add(entry.name)
            hash.add(entry.text)
        }
        return hash.text
    }
}
