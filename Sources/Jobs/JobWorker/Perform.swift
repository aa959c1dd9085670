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
        // Awaited right here, and cancelled with this task: it ends no later than its caller.
        let work = Task { try await handler.work(run) }
        run.begin { work.cancel() }
        let result = await withTaskCancellationHandler {
            await work.result
        } onCancel: {
            work.cancel()
        }
        let failure: (any Error)? = if case .failure(let error) = result { error } else { nil }
        switch run.close() {
        case .lost, .timeout: leave(run)
        case let abort: end(run, fate(of: run, abort, failure))
        }
    }

    private func fate(of run: JobRun, _ abort: JobRun.Abort?, _ failure: (any Error)?) -> Ended.Fate {
        guard let failure else { return .done(isFinished: run.isFinished) }
        switch abort {
        case .cancelled: return .dropped
        case .stopped: return .released
        case nil, .timeout, .lost: if Task.isCancelled { return .released }
        }
        let retry = (failure as? JobFailure)?.retry ?? .backoff
        return .failed(String("\(failure)".prefix(2000)), retry)
    }

    /// Ends what has taken too long. It has failed at once, even where its handler goes on.
    func endLate() async throws {
        let now = clock.uptime
        for run in state.withLock({ Array($0.running.values) }) {
            guard let rules = handlers[run.job.kind]?.rules, now - run.startedAt > rules.timeout else { continue }
            if run.abort(.timeout) { end(run, .failed("It took longer than \(rules.timeout)", .backoff), isOver: false) }
        }
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
