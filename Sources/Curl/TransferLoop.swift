import CCurl
import Foundation

/// The thread that runs a client's transfers, from the first to the last.
final class TransferLoop {
    private let multi: UnsafeMutableRawPointer
    private let inbox: Inbox
    private let reach: Client.Options.Reach
    private var running: [UnsafeMutableRawPointer: EasyHandle] = [:]

    /// Everything of libcurl that must be made ready once.
    private static let isReady = curl_global_init(Int(CURL_GLOBAL_ALL)) == CURLE_OK

    static func start(_ options: Client.Options, _ inbox: Inbox) {
        let thread = Thread {
            guard isReady, let loop = TransferLoop(options, inbox) else { return inbox.close() }
            loop.run()
        }
        thread.name = "curl"
        thread.start()
    }

    private init?(_ options: Client.Options, _ inbox: Inbox) {
        guard let multi = curl_multi_init() else { return nil }
        (self.multi, self.inbox, reach) = (multi, inbox, options.reach)
        _ = martlet_curl_set_multi(multi, CURLMOPT_MAX_HOST_CONNECTIONS, options.connectionsPerHost)
        _ = martlet_curl_set_multi(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, options.connections)
        inbox.attach(multi)
    }

    private func run() {
        while let messages = inbox.take() {
            for message in messages { obey(message) }
            var count: Int32 = 0
            curl_multi_perform(multi, &count)
            reportEnds()
            expire()
            curl_multi_poll(multi, nil, 0, patience, nil)
        }
        for handle in running.values { end(handle, handle.transfer.error(.closed, "the client was closed")) }
        inbox.attach(nil)
        curl_multi_cleanup(multi)
    }

    private func obey(_ message: Inbox.Message) {
        switch message {
        case .begin(let transfer): begin(transfer)
        case .resume(let transfer): handle(of: transfer)?.resume()
        case .drop(let transfer): if let handle = handle(of: transfer) { end(handle, CancellationError()) }
        }
    }

    private func begin(_ transfer: Transfer) {
        if transfer.isOver { return }
        guard let handle = EasyHandle(transfer, reach), curl_multi_add_handle(multi, handle.easy) == CURLM_OK else {
            transfer.finish(transfer.error(.badRequest, "the request cannot be sent: its address is not well formed"))
            return
        }
        running[handle.easy] = handle
    }

    private func handle(of transfer: Transfer) -> EasyHandle? { running.values.first { $0.transfer === transfer } }

    /// Tells those that libcurl has finished.
    private func reportEnds() {
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle, let handle = running[easy]
            else { continue }
            end(handle, handle.outcome(message.pointee.data.result))
        }
    }

    private func expire() {
        let now = ContinuousClock.now
        for handle in running.values {
            if let error = handle.overdue(now) { end(handle, error) }
        }
    }

    /// How long the thread may rest, in milliseconds: until the next deadline.
    private var patience: Int32 {
        let now = ContinuousClock.now
        guard let next = running.values.map({ $0.nextDeadline }).min() else { return 60_000 }
        return Int32(clamping: Int(max(.zero, now.duration(to: next)) / .milliseconds(1)) + 1)
    }

    private func end(_ handle: EasyHandle, _ error: (any Error)?) {
        running[handle.easy] = nil
        curl_multi_remove_handle(multi, handle.easy)
        handle.transfer.finish(error)
    }
}
