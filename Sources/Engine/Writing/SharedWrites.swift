import Jobs
import Metadata
import Storage
import Values

/// One change of one record that goes into the database with those of others: in one transaction and with the statements of a batch,
/// but with its own moment and user, and its own transaction in the change log.
struct WriteWish: Sendable {
    let request: WriteRequest
    let session: Session
    /// When nobody waits for it any more.
    let deadline: Deadline

    static func mayShare(_ first: WriteWish, _ second: WriteWish) -> Bool {
        first.session.access.identity == second.session.access.identity && first.session.zone == second.session.zone
            && first.session.calendar == second.session.calendar
    }

    fileprivate var occasion: Occasion {
        Occasion(
            user: session.user, now: session.now, ids: IDSeed(.random(in: 0...UInt64.max)),
            transaction: RecordID.make(at: session.now))
    }

    /// Neighbours of one object and kind are carried out as a set.
    fileprivate var kind: String {
        if case .create = request { "\(request.object) create" } else { request.object }
    }
}

extension WriteRequest {
    /// Whether it may be carried out with those of others: nothing in it has a name, and what it is about needs not be searched.
    var isShareable: Bool {
        switch self {
        case .create(_, _, let reference): reference == nil
        case .update: true
        case .upsert, .delete, .undelete: false
        }
    }
}

extension Engine {
    typealias WriteFate = Sharing<WriteWish, WriteOutcome>.Fate

    /// Carries out one change, together with others that are asked for at the same time.
    func share(_ request: WriteRequest, as session: Session) async throws -> WriteOutcome {
        let deadline = Deadline.after(settings.writeDeadline)
        return try await sharedWrites.serve(WriteWish(request: request, session: session, deadline: deadline)) {
            try await attempt([request], session, WriteOptions(), deadline: deadline)
        } together: { [self] in
            await together($0)
        }
    }

    /// Those whose records are refused go alone, to be told so, and the others try again without them. So does everybody where
    /// anything else comes between, such as a record that another transaction has locked.
    private func together(_ wishes: [WriteWish]) async -> [WriteFate] {
        if wishes.count == 1 { return [await single(wishes[0])] }
        var fates = [WriteFate](repeating: .alone, count: wishes.count)
        var rest = wishes.indices.sorted { (wishes[$0].kind, $0) < (wishes[$1].kind, $1) }
        while rest.count > 1 {
            do {
                let done = try await transaction(rest.map { wishes[$0] })
                for (index, done) in zip(rest, done) { fates[index] = .done(WriteOutcome(results: [.success(done)])) }
                return fates
            } catch let problems as RecordProblems {
                let sound = rest.indices.filter { problems.problem(at: $0) == nil }.map { rest[$0] }
                if sound.count == rest.count { return fates }
                rest = sound
            } catch let error as StorageError where error.strikesAll {
                for index in rest { fates[index] = .failed(error) }
                return fates
            } catch { return fates }
        }
        return fates
    }

    private func single(_ wish: WriteWish) async -> WriteFate {
        do {
            return .done(try await attempt([wish.request], wish.session, WriteOptions(), deadline: patience(of: [wish])))
        } catch StorageError.deadline { return .alone } catch { return .failed(error) }
    }

    private func transaction(_ wishes: [WriteWish]) async throws -> [WriteOutcome.Done] {
        let (requests, occasions) = (wishes.map(\.request), wishes.map(\.occasion))
        return try await write(under: model, as: wishes[0].session, deadline: patience(of: wishes)) {
            try await $0.perform(requests, on: occasions)
        }
    }

    /// Until when a party is carried out: what takes one of them longer is not to keep the others.
    private func patience(of wishes: [WriteWish]) -> Deadline {
        wishes.map(\.deadline).reduce(.after(.seconds(1))) { min($0, $1) }
    }
}
