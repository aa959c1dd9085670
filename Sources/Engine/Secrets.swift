import Crypto
import Foundation
import Values

/// Encrypts the values of `encrypted` fields: AES-256-GCM under a key derived from the engine's secret (HKDF-SHA256, RFC 5869).
struct Cipher: Sendable {
    private let key: SymmetricKey
    private static let prefix = "enc1:"

    init(secret: [UInt8]) { key = derivedKey(secret, "martlet encrypted fields") }

    /// A text as it is stored; everything else as it is.
    func seal(_ value: Value) throws -> Value {
        guard case .text(let text) = value else { return value }
        let box = try AES.GCM.seal(Data(text.utf8), using: key)
        return .text(Cipher.prefix + (box.combined ?? Data()).base64EncodedString())
    }

    /// The text that was sealed. A text that this secret did not seal is a problem that says so.
    func open(_ value: Value) throws -> Value {
        guard case .text(let text) = value else { return value }
        do {
            guard text.hasPrefix(Cipher.prefix), let data = Data(base64Encoded: String(text.dropFirst(Cipher.prefix.count)))
            else { throw CryptoKitError.incorrectParameterSize }
            return .text(String(decoding: try AES.GCM.open(AES.GCM.SealedBox(combined: data), using: key), as: UTF8.self))
        } catch {
            throw Problem(
                .failure, "wrong_secret",
                "An encrypted field cannot be read: the server's secret is not the one it was written with",
                hint: "Start the server with the secret file that belongs to this database")
        }
    }
}

/// Signs cursors, so that a caller can hand them back but not make them (HMAC-SHA256, the first 16 bytes).
struct Seal: Sendable {
    private let key: SymmetricKey

    init(secret: [UInt8]) { key = derivedKey(secret, "martlet cursors") }

    func sign(_ payload: [UInt8]) -> [UInt8] { Array(HMAC<SHA256>.authenticationCode(for: payload, using: key).prefix(16)) }
}

private func derivedKey(_ secret: [UInt8], _ purpose: String) -> SymmetricKey {
    HKDF<SHA256>.deriveKey(inputKeyMaterial: SymmetricKey(data: secret), info: Data(purpose.utf8), outputByteCount: 32)
}
