package import Values

/// An outside tool that gets a simulation's records, too.
///
/// The worker notes in the records' own transaction what the tool is to get (the outbox, `Targets/Outbox.swift`); a sender hands it
/// over and notes what the tool has confirmed (`Targets/Sender.swift`). A target knows how to talk to its tool, and nothing else.
package protocol Target: Sendable {
    /// What it takes, and in what form.
    var form: TargetForm { get }

    /// Sees to it that everything is there that the first record needs.
    ///
    /// - Throws: `TargetFailure`, `CancellationError`.
    func prepare() async throws

    /// Writes entries of one kind: each is made, or brought up to date where its key is there already, so that writing it again
    /// makes no second one. Gives what became of each; one that nothing is said of is written again.
    ///
    /// - Throws: `TargetFailure`, where nothing can be said of any; `CancellationError`.
    func write(_ entries: [TargetEntry]) async throws -> [TargetEntry.ID: Verdict]

    /// Links entries of one kind with entries of another, likewise.
    func link(_ links: [TargetLink]) async throws -> [TargetLink.ID: Verdict]
}

/// What a tool takes of the business, and in what form. Pure: it is known wherever simulations are carried out, also where the tool
/// itself is not set up.
package struct TargetForm: Sendable {
    /// As in `"target": "HubSpot"`.
    package let name: String
    /// The objects whose records it takes with the fields it reads, those first that others are linked with; the first is the one
    /// that counts as the primary record.
    package let objects: [(name: String, fields: [String])]
    package let entry: @Sendable (TargetRecord) -> TargetEntry

    package static let all = [hubSpot]

    static func named(_ name: String?) -> TargetForm? {
        all.first { $0.name.lowercased() == name?.lowercased() }
    }
}

/// A record as the engine has it.
package struct TargetRecord: Sendable {
    package let id: String
    package let object: String
    /// Of which simulation it is.
    package let simulation: String
    package let values: JSON.Members

    package init(id: String, object: String, simulation: String, values: JSON.Members) {
        (self.id, self.object, self.simulation, self.values) = (id, object, simulation, values)
    }

    /// A field's value as text; empty where it has none.
    func text(_ field: String) -> String {
        guard let value = values[field], !value.isNull else { return "" }
        return value.string ?? value.description
    }
}

/// A record in the tool's form.
package struct TargetEntry: Sendable, Hashable, Identifiable {
    /// The record's id, by which the tool knows it again.
    package let id: String
    /// What the tool calls such a thing.
    package let kind: String
    package let properties: JSON.Members
    /// The ids of the records it is linked with.
    package let links: [String]
}

/// Two entries that are to be linked, by the tool's own ids.
package struct TargetLink: Sendable, Hashable, Identifiable {
    package struct End: Sendable, Hashable {
        package let kind: String
        package let remoteID: String
    }

    package let from: End
    package let to: End

    package var id: String { "\(from.kind)/\(from.remoteID) \(to.kind)/\(to.remoteID)" }
}

/// What became of something that was sent.
package enum Verdict: Sendable, Hashable {
    /// The tool has it, under an id of its own.
    case taken(as: String)
    /// It will not have it, for this reason.
    case refused(String)
}

/// Why a request to a tool came to nothing. No secret stands in it.
package struct TargetFailure: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Kind: Sendable, Hashable {
        /// Something in the request is at fault: its halves may do better.
        case refused
        /// Somebody else changes the same thing right now: the same request may do better in a moment.
        case conflict
        /// The request is right, its time is not; what came of it may be unknown. To be sent again, after that long where the tool
        /// said so.
        case passing(Duration?)
        /// The set-up is at fault: address, token, rights. Somebody has to see to it.
        case closed
    }

    package let kind: Kind
    /// A sentence that begins with the tool's name.
    package let description: String

    package init(_ kind: Kind, _ description: String) { (self.kind, self.description) = (kind, description) }
}
