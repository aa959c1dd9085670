import CCurl
import Glibc

/// One request as libcurl has it, on the thread that runs it.
final class EasyHandle {
    let easy: UnsafeMutableRawPointer
    let transfer: Transfer
    private var headers: UnsafeMutablePointer<curl_slist>?
    private let start = ContinuousClock.now
    private var lastSign = ContinuousClock.now
    private var head = HeadReader()
    private var bodyCount = 0
    /// Why we ended the transfer ourselves; libcurl only knows that we did.
    private var refusal: TransferError?
    private var metForbiddenAddress = false

    /// Nil where libcurl does not take the request.
    init?(_ transfer: Transfer, _ reach: Client.Options.Reach) {
        guard let easy = curl_easy_init() else { return nil }
        (self.easy, self.transfer) = (easy, transfer)
        guard setUp(transfer.outgoing), reach == .everybody || guardAddresses() else { return nil }
    }

    deinit {
        curl_easy_cleanup(easy)
        curl_slist_free_all(headers)
    }

    /// The sender may go on.
    func resume() { curl_easy_pause(easy, CURLPAUSE_CONT) }
}

// MARK: Deadlines

extension EasyHandle {
    /// When to look at the deadlines next.
    var nextDeadline: ContinuousClock.Instant { min(start + deadlines.total, endOfSilence ?? .now + deadlines.silence) }

    /// Nil while nobody waits for a sign of the server.
    private var endOfSilence: ContinuousClock.Instant? {
        transfer.waitingSince.map { max($0, lastSign) + deadlines.silence }
    }

    private var deadlines: Outgoing.Deadlines { transfer.outgoing.deadlines }

    func overdue(_ now: ContinuousClock.Instant) -> TransferError? {
        if now >= start + deadlines.total {
            return transfer.error(.tookTooLong, "the answer was not complete after \(deadlines.total)")
        }
        guard let endOfSilence, now >= endOfSilence else { return nil }
        return transfer.error(.silentTooLong, "nothing came for \(deadlines.silence)")
    }
}

// MARK: Setting up

extension EasyHandle {
    private func setUp(_ outgoing: Outgoing) -> Bool {
        let me = Unmanaged.passUnretained(self).toOpaque()
        let connecting = Int(outgoing.deadlines.connecting / .milliseconds(1))
        return number(CURLOPT_NOSIGNAL, 1) && number(CURLOPT_QUICK_EXIT, 1) && text(CURLOPT_PROTOCOLS_STR, "http,https")
            && text(CURLOPT_REDIR_PROTOCOLS_STR, "http,https") && text(CURLOPT_PROXY, "")
            && number(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1)) && text(CURLOPT_URL, outgoing.url)
            && number(CURLOPT_CONNECTTIMEOUT_MS, max(1, connecting))
            && number(CURLOPT_FOLLOWLOCATION, outgoing.redirects > 0 ? 1 : 0)
            && number(CURLOPT_MAXREDIRS, outgoing.redirects)
            && martlet_curl_set_size(easy, CURLOPT_MAXFILESIZE_LARGE, curl_off_t(outgoing.bounds.body)) == CURLE_OK
            && setUpBody(outgoing) && setUpHeaders(outgoing)
            && martlet_curl_on_head(easy, { EasyHandle.of($3)?.headLine($0, $1 * $2) ?? 0 }, me) == CURLE_OK
            && martlet_curl_on_body(easy, { EasyHandle.of($3)?.piece($0, $1 * $2) ?? 0 }, me) == CURLE_OK
    }

    private func setUpBody(_ outgoing: Outgoing) -> Bool {
        if let body = outgoing.body {
            let code = body.withUnsafeBytes { martlet_curl_set_body(easy, $0.baseAddress, curl_off_t($0.count)) }
            return code == CURLE_OK && text(CURLOPT_CUSTOMREQUEST, outgoing.method)
        }
        if outgoing.method == "HEAD" { return number(CURLOPT_NOBODY, 1) }
        return text(CURLOPT_CUSTOMREQUEST, outgoing.method)
    }

    private func setUpHeaders(_ outgoing: Outgoing) -> Bool {
        let names = Set(outgoing.headers.map { $0.name.lowercased() })
        // libcurl would add a form's type, and wait for "100 Continue", which many servers never say.
        var lines = ["Expect:"]
        if !names.contains("content-type") { lines.append("Content-Type:") }
        if !names.contains("user-agent") { lines.append("User-Agent: martlet") }
        lines += outgoing.headers.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" }
        for line in lines {
            guard let list = curl_slist_append(headers, line) else { return false }
            headers = list
        }
        return martlet_curl_set_headers(easy, headers) == CURLE_OK
    }

    /// Asks at each connection where it leads: the name may have been honest when it was checked, and lead elsewhere now.
    private func guardAddresses() -> Bool {
        let me = Unmanaged.passUnretained(self).toOpaque()
        return martlet_curl_on_open(easy, { context, _, address in EasyHandle.of(context)?.open(address) ?? -1 }, me) == CURLE_OK
    }

    private func open(_ address: UnsafeMutablePointer<curl_sockaddr>?) -> curl_socket_t {
        guard var address = address?.pointee else { return -1 }
        guard martlet_is_public(&address.addr) == 1 else {
            metForbiddenAddress = true
            return -1
        }
        return socket(address.family, address.socktype, address.protocol)
    }

    private func number(_ option: CURLoption, _ value: Int) -> Bool { martlet_curl_set_number(easy, option, value) == CURLE_OK }
    private func text(_ option: CURLoption, _ value: String) -> Bool { martlet_curl_set_text(easy, option, value) == CURLE_OK }
}

// MARK: Receiving

extension EasyHandle {
    private static func of(_ context: UnsafeMutableRawPointer?) -> EasyHandle? {
        context.map { Unmanaged<EasyHandle>.fromOpaque($0).takeUnretainedValue() }
    }

    /// A line of the head. Whatever is returned but `count` ends the transfer.
    private func headLine(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
        lastSign = .now
        let line = UnsafeRawBufferPointer(start: bytes, count: count)
        guard head.count + count <= transfer.outgoing.bounds.head else {
            return refuse(.tooLarge, "the head of the answer is longer than \(transfer.outgoing.bounds.head) bytes")
        }
        if let head = head.read(line), !isFollowed(head) { transfer.receive(head) }
        return count
    }

    /// Whether another head follows this one: an interim answer, or a redirect that libcurl follows.
    private func isFollowed(_ head: Transfer.Head) -> Bool {
        if (100..<200).contains(head.status) { return true }
        return transfer.outgoing.redirects > 0 && (300..<400).contains(head.status)
            && head.headers.contains { $0.name.lowercased() == "location" }
    }

    private func piece(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
        lastSign = .now
        guard bodyCount + count <= transfer.outgoing.bounds.body else {
            return refuse(.tooLarge, "the answer is longer than \(transfer.outgoing.bounds.body) bytes")
        }
        let raw = UnsafeRawBufferPointer(start: bytes, count: count)
        guard raw.withMemoryRebound(to: UInt8.self, { transfer.receive($0) }) else { return Int(CURL_WRITEFUNC_PAUSE) }
        bodyCount += count
        return count
    }

    private func refuse(_ kind: TransferError.Kind, _ detail: String) -> Int {
        refusal = transfer.error(kind, detail)
        return 0
    }

    /// What the end that libcurl reports means; nil for a whole answer.
    func outcome(_ code: CURLcode) -> TransferError? {
        if let refusal { return refusal }
        switch code {
        case CURLE_OK: return nil
        case CURLE_URL_MALFORMAT: return transfer.error(.badRequest, "the address is not well formed")
        case CURLE_COULDNT_RESOLVE_HOST: return transfer.error(.unreachable, "there is no such host")
        case CURLE_COULDNT_CONNECT:
            return metForbiddenAddress
                ? transfer.error(.forbidden, "the address is not one of the public internet")
                : transfer.error(.unreachable, "nobody answers there")
        case CURLE_OPERATION_TIMEDOUT:
            return transfer.error(.connectingTooLong, "no connection after \(transfer.outgoing.deadlines.connecting)")
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER:
            return transfer.error(.insecure, "the connection is not secure: \(text(code))")
        case CURLE_TOO_MANY_REDIRECTS:
            return transfer.error(.redirected, "it redirects more than \(transfer.outgoing.redirects) times")
        case CURLE_FILESIZE_EXCEEDED:
            return transfer.error(.tooLarge, "the answer is longer than \(transfer.outgoing.bounds.body) bytes")
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING, CURLE_HTTP2:
            return transfer.error(.malformed, "what it answers is not HTTP")
        case CURLE_PARTIAL_FILE, CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR:
            return transfer.error(.cut, "the connection ended before the answer did")
        default: return transfer.error(.cut, "the transfer failed: \(text(code))")
        }
    }

    private func text(_ code: CURLcode) -> String { String(cString: curl_easy_strerror(code)).lowercased() }
}
