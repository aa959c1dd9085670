import Assistant
import Engine
import HTTPTypes
import Hummingbird
import NIOCore
import Values

extension Route {
    static let smartBriefing = Route(
        .post, "/api/ai/smart-briefing", "smartBriefing",
        "Tells what matters about an account, contact, opportunity or lead, and what to do", takes: .named("BriefingQuestion"),
        gives: .ok(.named("BriefingAnswer")), problems: [404, 502, 503, 504]
    ) { call in
        let question = try BriefingQuestion(try await call.members().members)
        let work = try await call.shared.briefer.prepare(
            question.subject, activityLimit: question.activityLimit, as: call.session)
        if call.request.headers[.accept]?.contains("text/event-stream") ?? false { return .events(of: work) }
        return .json(["briefing": try await work.briefing().json])
    }
}

/// `{"accountId", "activityLimit"}`, or `{"object", "id", "activityLimit"}`.
private struct BriefingQuestion {
    let subject: BriefingSubject
    let activityLimit: Int?

    init(_ members: JSON.Members) throws(Problem) {
        let members = try Form("A question for a briefing", knows: ["accountId", "object", "id", "activityLimit"])
            .check(.object(members), at: "")
        if let account = members["accountId"], members["object"] == nil, members["id"] == nil {
            subject = BriefingSubject(object: "Account", id: try Self.text(account, "accountId"))
        } else if members["accountId"] != nil {
            throw .malformed("accountId", "There is either accountId, or object and id")
        } else {
            guard let object = members["object"] else { throw .missing(members["id"] == nil ? "accountId" : "object") }
            guard let id = members["id"] else { throw .missing("id") }
            subject = BriefingSubject(object: try Self.text(object, "object"), id: try Self.text(id, "id"))
        }
        switch members["activityLimit"] {
        case nil, .null?: activityLimit = nil
        case let limit?: activityLimit = limit.number?.integer ?? 0
        }
    }

    private static func text(_ value: JSON, _ name: String) throws(Problem) -> String {
        guard let text = value.string, !text.isEmpty else { throw .missing(name) }
        return text
    }
}

extension Problem {
    fileprivate static func missing(_ name: String) -> Problem {
        let message = "\(name) is missing: it must be a text"
        return Problem(
            .malformed, "missing", message, errors: [FieldError(field: name, code: "missing", message: message)],
            hint: "Send {\"accountId\": \"...\"} or {\"object\": \"Contact\", \"id\": \"...\"}")
    }
}

extension Response {
    /// The briefing while it is written, as server-sent events: `gathered`, `writing`, `sentence`, `restarted`, then `briefing` or `problem`.
    fileprivate static func events(of work: BriefingWork) -> Response {
        let headers: HTTPFields = [.contentType: "text/event-stream", .cacheControl: "no-store"]
        return Response(
            status: .ok, headers: headers,
            body: ResponseBody { writer in
                let (events, continuation) = AsyncStream.makeStream(of: ByteBuffer.self)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask {
                        defer { continuation.finish() }
                        do {
                            let briefing = try await work.briefing { continuation.yield($0.text) }
                            continuation.yield(.event("briefing", ["briefing": briefing.json]))
                        } catch let problem as Problem { continuation.yield(.event("problem", .object(problem.members()))) }
                    }
                    for await event in events { try await writer.write(event) }
                    try await group.waitForAll()
                }
                try await writer.finish(nil)
            })
    }
}

extension BriefingWork.Event {
    fileprivate var text: ByteBuffer {
        switch self {
        case .gathered(let activities, let emails):
            .event("gathered", ["activities": .number(Number(activities)), "emails": .number(Number(emails))])
        case .writing: .event("writing", [:])
        case .sentence(let sentence): .event("sentence", ["text": .string(sentence)])
        case .restarted: .event("restarted", [:])
        }
    }
}

extension ByteBuffer {
    /// JSON has no line breaks of its own, so that an event is always two lines.
    fileprivate static func event(_ name: String, _ data: JSON) -> ByteBuffer {
        ByteBuffer(string: "event: \(name)\ndata: \(data.description)\n\n")
    }
}
