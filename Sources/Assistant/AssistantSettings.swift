/// How briefings are made.
package struct AssistantSettings: Sendable {
    /// Whether the offline composer takes over where a provider fails; else that is a problem.
    package var fallback = true
    /// About how many tokens of records a provider gets to see.
    package var contextTokens = 6_000
    /// The most tokens of a provider's answer.
    package var answerTokens = 1_500
    /// How often a request that failed for a passing reason is made in all.
    package var attempts = 3
    /// How often a provider may mend an answer that does not stand the checks.
    package var repairs = 2
    /// How many failures in a row until a provider is left alone, and for how long.
    package var failuresUntilRest = 5
    package var rest = Duration.seconds(30)
    /// How many activities, and how many mails, a briefing reads where the request does not say, and at most.
    package static let activities = 200
    package static let mostActivities = 1_000
    /// Waits between two attempts.
    package var pause: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }

    package init() {}
}
