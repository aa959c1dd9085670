import Engine
import HTTPTypes
import Hummingbird
import Jobs
import NIOCore
import NIOHTTP1
import ObjectQL
import Storage
import Values

/// A problem as HTTP tells it: with a status, and what the headers must say.
struct Refusal: Error {
    let status: HTTPResponse.Status
    var problem: Problem
    var headers: HTTPFields = [:]
    /// What became of each operation of a refused batch.
    var results: [JSON]?
    /// What the log is told and the caller is not.
    var defect: String?

    init(_ status: HTTPResponse.Status, _ problem: Problem, headers: HTTPFields = [:]) {
        (self.status, self.problem, self.headers) = (status, problem, headers)
    }
}

extension Refusal {
    init(_ error: any Error) {
        switch error {
        case let refusal as Refusal: self = refusal
        case let problem as Problem: self.init(problem)
        case let problem as QueryProblem: self.init(Problem(problem))
        case let problem as JobProblem: self.init(Problem(problem))
        case let error as StorageError: self.init(Problem(error))
        case let error as JSONError: self.init(Problem(.malformed, "malformed_json", "The request's body is not JSON: \(error)"))
        case is BodyTimeout:
            let problem = Problem(.timeout, "body_timeout", "The request's body took too long to arrive")
            self.init(.requestTimeout, problem, headers: [.connection: "close"])
        case is HTTPParserError:
            let problem = Problem(.malformed, "malformed_http", "The request's body is not valid HTTP/1.1")
            self.init(.badRequest, problem, headers: [.connection: "close"])
        default: self.init(Problem(.failure, "internal", "\(error)"))
        }
    }

    private init(_ problem: Problem) {
        self.init(problem.kind.status, problem)
        if let wait = problem.retryAfter ?? (problem.kind == .unavailable ? .seconds(1) : nil) {
            headers[.retryAfter] = String(max(1, Int((wait / .seconds(1)).rounded(.up))))
        }
        switch problem.kind {
        case .failure:
            defect = "\(problem.code): \(problem.detail)"
            self.problem.detail = "Something went wrong on the server's side; its log says more under the id of this request"
        default: break
        }
    }
}

extension Refusal {
    /// As `application/problem+json` (RFC 9457).
    func response(requestID: String) -> Response {
        var fields = headers
        fields[.contentType] = "application/problem+json"
        var members = problem.members(status)
        if let results { members["results"] = .array(results) }
        members["requestId"] = .string(requestID)
        return Response(status: status, headers: fields, body: ResponseBody(byteBuffer: ByteBuffer(JSON.object(members))))
    }
}

extension Problem {
    /// The members of the problem's document, but for the request's id.
    func members(_ status: HTTPResponse.Status? = nil) -> JSON.Members {
        var members: JSON.Members = [
            "type": .string("urn:martlet:problem:\(code)"), "title": .string(title),
            "status": .number(Number((status ?? kind.status).code)), "detail": .string(detail), "code": .string(code),
        ]
        if !errors.isEmpty { members["errors"] = .array(errors.map(\.json)) }
        if let hint { members["hint"] = .string(hint) }
        return members
    }

    /// The code in words: `Rule violation` for `rule_violation`.
    private var title: String {
        let words = code.replacing("_", with: " ")
        return words.prefix(1).uppercased() + words.dropFirst()
    }
}

extension Problem.FieldError {
    fileprivate var json: JSON {
        ["field": field.map(JSON.string) ?? .null, "code": .string(code), "message": .string(message)]
    }
}

extension Problem.Kind {
    var status: HTTPResponse.Status {
        switch self {
        case .malformed: .badRequest
        case .unauthorized: .unauthorized
        case .forbidden: .forbidden
        case .notFound: .notFound
        case .conflict: .conflict
        case .versionMismatch: .preconditionFailed
        case .tooLarge: .contentTooLarge
        case .unprocessable: .unprocessableContent
        case .unavailable: .serviceUnavailable
        case .full: .insufficientStorage
        case .timeout: .gatewayTimeout
        case .upstream: .badGateway
        case .failure: .internalServerError
        }
    }
}

extension HTTPResponse.Status {
    fileprivate static let insufficientStorage = HTTPResponse.Status(code: 507, reasonPhrase: "Insufficient Storage")
}

extension ByteBuffer {
    init(_ json: JSON) {
        var writer = JSONWriter(capacity: 1024)
        writer.value(json)
        self.init(bytes: writer.bytes)
    }
}
