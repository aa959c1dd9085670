import Synchronization

extension JobWorker {
    /// Performs what was taken, one job after the other, until nothing is left.
    package func performTaken() async {
        while let (job, run) = begin() { await perform(job, run) }
    }

    /// The next job that was taken; where there is none, the caller ceases to be a runner.
    private func begin() -> (Job, JobRun)? {
        let now = clock.uptime
        return state.withLock { state in
            guard !state.taken.isEmpty, !state.isStopping else {
                state.runners = max(0, state.runners - 1)
                return nil
            }
            let job = state.taken.removeFirst()
            let run = JobRun(job, startedAt: now)
            state.running[job.id] = run
            return (job, run)
        }
    }

    private func perform(_ job: Job, _ run: JobRun) async {
        guard let handler = handlers[job.kind] else { return end(run, .released) }
        let (failure, isGivenUp) = await withTaskGroup(of: Step.self) { group in
            group.addTask {
                do { try await handler.work(run) } catch { return .over(error) }
                return .over(nil)
            }
            group.addTask {
                await run.aborted()
                return .aborted
            }
            let first = await group.next()
            group.cancelAll()
            // What took too long is given up at once, even where the handler goes on.
            let isGivenUp = if case .aborted? = first { run.abort == .timeout } else { false }
            if isGivenUp { end(run, timeout(of: handler), isOver: false) }
            for await case .over(let failure) in group { return (failure, isGivenUp) }
            if case .over(let failure)? = first { return (failure, isGivenUp) }
            return (CancellationError(), isGivenUp)
        }
        if isGivenUp || run.abort == .lost { return leave(run) }
        end(run, fate(of: run, failure))
    }

    private func fate(of run: JobRun, _ failure: (any Error)?) -> Ended.Fate {
        guard let failure else { return .done(isFinished: run.isFinished) }
        switch run.abort {
        case .cancelled: return .dropped
        case .stopped: return .released
        case nil, .timeout, .lost: if Task.isCancelled { return .released }
        }
        let retry = (failure as? JobFailure)?.retry ?? .backoff
        return .failed(String("\(failure)".prefix(2000)), retry)
    }

    private enum Step: Sendable {
        case over((any Error)?)
        case aborted
    }

    private func timeout(of handler: JobHandler) -> Ended.Fate {
        .failed("It took longer than \(handler.rules.timeout)", .backoff)
    }

    /// Notes what became of the job, to be written down in the next turn.
    ///
    /// - Parameter isOver: whether the handler has returned, so that its place is free.
    private func end(_ run: JobRun, _ fate: Ended.Fate, isOver: Bool = true) {
        let took = clock.uptime - run.startedAt
        state.withLock { state in
            state.ended.append(Ended(job: run.job, fate: fate, took: took))
            if case .released = fate { return }
            state.pace = state.pace.map { $0 * 0.9 + took * 0.1 } ?? took
        }
        if isOver { leave(run) } else { bell.ring() }
    }

    private func leave(_ run: JobRun) {
        state.withLock { if $0.running[run.job.id] === run { $0.running[run.job.id] = nil } }
        bell.ring()
    }
}
