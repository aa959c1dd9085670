package import HTTPTypes
import Hummingbird
import Values

/// One thing the server can be asked: how it is asked, what it takes and gives, and the function that answers.
///
/// The router, the answer to a wrong path or method, and the OpenAPI document are all made from the list of these.
package struct Route: Sendable {
    package let method: HTTPRequest.Method
    /// `/api/objects/{object}/{id}`
    package let path: String
    /// Its name in the OpenAPI document: `readRecord`.
    let name: String
    let summary: String
    /// What may follow the `?`.
    let parameters: [Parameter]
    let headers: [Parameter]
    let takes: Payload?
    /// The answer when all goes well.
    let gives: Outcome
    /// The statuses of problems it may answer with, beside those that every route may.
    let problems: [Int]
    let answer: @Sendable (Call) async throws -> Response

    init(
        _ method: HTTPRequest.Method, _ path: String, _ name: String, _ summary: String, parameters: [Parameter] = [],
        headers: [Parameter] = [], takes: Payload? = nil, gives: Outcome, problems: [Int] = [],
        answer: @escaping @Sendable (Call) async throws -> Response
    ) {
        (self.method, self.path, self.name, self.summary) = (method, path, name, summary)
        (self.parameters, self.headers, self.takes) = (parameters, headers, takes)
        (self.gives, self.problems, self.answer) = (gives, problems, answer)
    }

    /// A route beside the API's own that gives the same JSON each time.
    package static func constant(_ path: String, json: [UInt8]) -> Route {
        Route(.get, path, "constant", "Always the same", gives: .ok(.object)) { _ in .json(json) }
    }
}

extension Route {
    /// A parameter in the query string, or a header.
    struct Parameter: Sendable {
        let name: String
        let summary: String
        /// JSON Schema of its value.
        let schema: JSON
        let example: JSON?
        /// Whether `?name` alone means `?name=true`.
        let mayBeEmpty: Bool

        init(_ name: String, _ summary: String, _ schema: JSON, example: JSON? = nil, mayBeEmpty: Bool = false) {
            (self.name, self.summary, self.schema, self.example) = (name, summary, schema, example)
            self.mayBeEmpty = mayBeEmpty
        }
    }

    /// What a body holds.
    enum Payload: Sendable {
        /// A record of the path's object, as it is read or as it is written.
        case record, recordValues
        /// Some records of the path's object, with what surrounds them.
        case page
        /// One of the document's named schemas.
        case named(String)
        case object
    }

    struct Outcome: Sendable {
        let status: HTTPResponse.Status
        /// Nil for an empty body.
        let payload: Payload?

        static func ok(_ payload: Payload) -> Outcome { Outcome(status: .ok, payload: payload) }
        static func created(_ payload: Payload) -> Outcome { Outcome(status: .created, payload: payload) }
        static let noContent = Outcome(status: .noContent, payload: nil)
    }
}
