import Foundation

/// The 32 random bytes that sign cursors and encrypt fields, in a file that only its owner may read.
enum Secret {
    static let length = 32

    /// The secret in that file; it is made, with mode 0600, where there is none.
    static func open(_ path: String) throws -> [UInt8] {
        if let secret = try read(path) { return secret }
        let folder = URL(filePath: path).deletingLastPathComponent().path
        try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try make(path)
        guard let secret = try read(path) else { throw unavailable(path, "cannot be made") }
        return secret
    }

    /// Writes it under another name first: of servers that start at once, one makes it and the others read all of it.
    private static func make(_ path: String) throws {
        let draft = "\(path).\(UUID().uuidString)"
        let file = Foundation.open(draft, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        guard file >= 0 else { throw unavailable(path, "cannot be made") }
        defer {
            close(file)
            unlink(draft)
        }
        let bytes = (0..<length).map { _ in UInt8.random(in: 0...255) }
        guard write(file, bytes, bytes.count) == bytes.count, fsync(file) == 0 else {
            throw unavailable(path, "cannot be written")
        }
        guard link(draft, path) == 0 || errno == EEXIST else { throw unavailable(path, "cannot be made") }
    }

    /// Nil where there is no file.
    static func read(_ path: String) throws -> [UInt8]? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        guard let data = FileManager.default.contents(atPath: path) else { throw unavailable(path, "cannot be read") }
        guard data.count == length else {
            throw Failure(
                .unavailable, "The secret file \(path) has \(data.count) bytes instead of \(length)",
                hint: "Restore it from a backup; with a new one, encrypted fields cannot be read any more")
        }
        return Array(data)
    }

    /// The file's permission bits; nil where there is no file.
    static func mode(_ path: String) -> Int? {
        (try? FileManager.default.attributesOfItem(atPath: path))?[.posixPermissions] as? Int
    }

    private static func unavailable(_ path: String, _ what: String) -> Failure {
        Failure(.unavailable, "The secret file \(path) \(what): \(String(cString: strerror(errno)))")
    }
}
