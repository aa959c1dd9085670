import Values

extension HubSpot {
    /// The body of an answer that says what became of a request, be it of parts of it.
    struct Answer {
        let body: JSON
        fileprivate let reply: Reply

        /// What became of each entry, by the trace id that it was sent with or by the key among its properties.
        func written(_ entries: [TargetEntry]) -> [TargetEntry.ID: Verdict] {
            var verdicts: [TargetEntry.ID: Verdict] = [:]
            for result in body["results"]?.array ?? [] {
                guard let id = (result["objectWriteTraceId"] ?? result["properties"]?[HubSpot.key])?.string,
                    let remoteID = result["id"]?.string
                else { continue }
                verdicts[id] = .taken(as: remoteID)
            }
            for error in errors {
                let traces = (error["context"]?["objectWriteTraceId"]?.array ?? []).compactMap(\.string)
                for trace in traces where verdicts[trace] == nil && !isPassing(error) { verdicts[trace] = .refused(words(error)) }
            }
            return alone(entries, verdicts)
        }

        /// What became of each link, by its two ends.
        func linked(_ links: [TargetLink]) -> [TargetLink.ID: Verdict] {
            let ends = (body["results"]?.array ?? []).map { [$0["from"]?["id"]?.string, $0["to"]?["id"]?.string] }
            let made = Set(ends)
            var verdicts: [TargetLink.ID: Verdict] = [:]
            for link in links {
                let (from, to) = (link.from.remoteID, link.to.remoteID)
                // The answer may tell both directions of a link.
                if made.contains([from, to]) || made.contains([to, from]) { verdicts[link.id] = .taken(as: link.id) }
            }
            return alone(links, verdicts)
        }

        /// An error of a single input is about that one, whatever it names.
        private func alone<Item: Identifiable>(_ items: [Item], _ verdicts: [String: Verdict]) -> [String: Verdict]
        where Item.ID == String {
            guard items.count == 1, let item = items.first, verdicts[item.id] == nil, let error = errors.first else {
                return verdicts
            }
            return [item.id: .refused(words(error))]
        }

        private var errors: [JSON] { body["errors"]?.array ?? [] }

        private func words(_ error: JSON) -> String { "HubSpot: " + reply.shown(error["message"]) }

        /// The same input may do better when it is sent again.
        private func isPassing(_ error: JSON) -> Bool {
            ["CONFLICT", "RATE_LIMITS", "INTERNAL_ERROR"].contains(error["category"]?.string ?? "")
        }
    }
}

extension HubSpot.Reply {
    /// The answer; or what another status means, by HubSpot's page on errors and what its policies are called.
    func answer(untilMidnight midnight: Duration) throws(TargetFailure) -> HubSpot.Answer {
        switch status {
        case 200...207:
            guard let body, body.object != nil else {
                throw TargetFailure(.passing(nil), "HubSpot answers what is not JSON")
            }
            return HubSpot.Answer(body: body, reply: self)
        case 401:
            throw TargetFailure(.closed, "HubSpot does not accept the token (401): see to MARTLET_HUBSPOT_TOKEN" + quoted)
        case 403: throw TargetFailure(.closed, "HubSpot's token lacks rights (403): give its app the missing scopes" + quoted)
        case 404 where body?["category"]?.string != "OBJECT_NOT_FOUND":
            throw TargetFailure(.closed, "There is no HubSpot at that address (404): see to MARTLET_HUBSPOT_URL")
        case 409: throw TargetFailure(.conflict, "HubSpot has a conflict (409)" + quoted)
        case 423: throw TargetFailure(.passing(max(retryAfter ?? .zero, .seconds(2))), "HubSpot is locked for a moment (423)")
        case 429: throw limit(midnight)
        case 477: throw TargetFailure(.passing(retryAfter ?? .seconds(3600)), "HubSpot moves the account's data (477)")
        case 408, 500...599: throw TargetFailure(.passing(retryAfter), "HubSpot is not available (\(status))")
        case 400...499: throw TargetFailure(.refused, "HubSpot refuses it (\(status))" + quoted)
        default: throw TargetFailure(.closed, "HubSpot answers with the status \(status)")
        }
    }

    private func limit(_ midnight: Duration) -> TargetFailure {
        switch body?["policyName"]?.string {
        case "DAILY": TargetFailure(.passing(retryAfter ?? midnight), "HubSpot's requests of the day are used up (429)")
        case "SECONDLY": TargetFailure(.passing(retryAfter ?? .seconds(1)), "HubSpot is asked too often (429)")
        default: TargetFailure(.passing(retryAfter ?? .seconds(10)), "HubSpot is asked too often (429)")
        }
    }

    private var quoted: String { message.isEmpty ? "" : ": \(message)" }
}
