import Engine
import ObjectQL
import Values

/// Plays scenes through the engine: each as the one who enters it, at the time of the story.
struct Player {
    private let engine: Engine
    /// The ids of the records, by their references.
    private var ids: [String: String] = [:]

    init(_ engine: Engine) { self.engine = engine }

    mutating func play(_ scene: Story.Scene) async throws {
        let employee = ids[scene.by.reference].map {
            SessionUser(id: $0, fields: ["Id": .text($0), "Name": .text(scene.by.name)])
        }
        let session = Session(user: employee ?? .administrator, access: FullAccess(), now: scene.at)
        let outcome = try await engine.write([try resolved(scene.request)], as: session)
        if case .create(_, _, let reference?) = scene.request, case .success(let made)? = outcome.results.first {
            ids[reference] = made.id
        }
    }

    /// The request with every `@reference` replaced by its id.
    private func resolved(_ request: WriteRequest) throws -> WriteRequest {
        switch request {
        case .create(let object, let values, _): .create(object: object, values: try resolved(values))
        case .update(let object, let id, let values, let version):
            .update(object: object, id: try self.id(id), values: try resolved(values), version: version)
        default: request
        }
    }

    private func resolved(_ values: JSON.Members) throws -> JSON.Members {
        var resolved = values
        for (name, value) in values {
            if case .string(let text) = value, text.hasPrefix("@") { resolved[name] = .string(try id(text)) }
        }
        return resolved
    }

    private func id(_ reference: String) throws -> String {
        guard reference.hasPrefix("@") else { return reference }
        guard let id = ids[String(reference.dropFirst())] else {
            throw Failure(.defect, "The demo data name \(reference) before it is made")
        }
        return id
    }
}
