import Engine
import HTTPTypes
import Hummingbird
import Metadata
import Values

/// A record's ETag is its version in quotes: `"3"`.
enum ETag {
    static func of(_ version: Int) -> String { "\"\(version)\"" }

    /// The tags of an `If-Match` or `If-None-Match` header, without their quotes; nil for `*`.
    static func list(_ header: String) -> [Tag]? {
        if header.trimmed == "*" { return nil }
        return header.split(separator: ",").map { part in
            let text = part.trimmed
            let isWeak = text.hasPrefix("W/")
            return Tag(value: (isWeak ? text.dropFirst(2) : text[...]).filter { $0 != "\"" }, isWeak: isWeak)
        }
    }

    struct Tag: Equatable {
        let value: String
        let isWeak: Bool
    }
}

extension Call {
    /// The version that `If-Match` demands; nil where there is no such header or any version will do.
    ///
    /// - Throws: `Problem`, 412, where the header cannot match the record.
    func expectedVersion() async throws -> Int? {
        guard let header = request.headers[.ifMatch], let tags = ETag.list(header) else { return nil }
        let versions = tags.filter { !$0.isWeak }.compactMap { Int($0.value) }
        if versions.count == 1, tags.count == 1 { return versions[0] }
        let current = try await engine.record(object.name, id: id, fields: ["Version"], as: session).version
        if let current, versions.contains(current) { return current }
        throw Problem(
            .versionMismatch, "version_mismatch", "The record is at version \(current ?? 0); If-Match asks for \(header)",
            hint: "Read the record again and repeat the change")
    }

    /// Whether the caller has this version already.
    func alreadyHas(_ tag: String) -> Bool {
        guard let header = request.headers[.ifNoneMatch] else { return false }
        return ETag.list(header)?.contains { $0.value == tag } ?? true
    }
}
