import Crypto
import Engine
import HTTPTypes
import Hummingbird
import Values

extension Call {
    /// How the write is to be carried out, as the headers and parameters say.
    func options(_ body: Body? = nil, allOrNone: Bool = true) throws -> WriteOptions {
        WriteOptions(allOrNone: allOrNone, explain: try flag("explain"), idempotency: try body.flatMap { try idempotencyKey($0) })
    }

    private func idempotencyKey(_ body: Body) throws(Problem) -> IdempotencyKey? {
        guard let key = request.headers[.idempotencyKey] else { return nil }
        guard (1...255).contains(key.utf8.count), key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw Problem(
                .malformed, "bad_idempotency_key", "The Idempotency-Key must be 1 to 255 visible ASCII characters",
                hint: "A UUID will do")
        }
        var hash = SHA256()
        hash.update(data: Array("\(request.method.rawValue) \(request.uri.string)\n".utf8))
        hash.update(data: body.bytes)
        return IdempotencyKey(key: key, request: hash.finalize().map { String($0, radix: 16) }.joined(separator: "."))
    }
}
