import Values

extension Industry {
    /// The row as a simulation keeps it: what the table says later does not change a simulation that has begun.
    var json: JSON {
        var members: JSON.Members = [
            "industry": .string(name), "scenario": .string(scenario.rawValue), "confidence": .string(confidence.rawValue),
        ]
        for figure in IndustryReader.figures { members[figure.name] = .number(Number(self[keyPath: figure.path]) ?? .zero) }
        return .object(members)
    }

    init?(json: JSON) {
        guard let name = json["industry"]?.string, let scenario = json["scenario"]?.string.flatMap(Scenario.init),
            let confidence = json["confidence"]?.string.flatMap(Confidence.init)
        else { return nil }
        self.init(blank: name, scenario, confidence)
        for figure in IndustryReader.figures { self[keyPath: figure.path] = json[figure.name]?.number?.double ?? 0 }
    }

    init(blank name: String, _ scenario: Scenario, _ confidence: Confidence) {
        self.init(
            name: name, scenario: scenario, leadToOpportunity: 0, winRate: 0, cycleDays: 0, cycleSigma: 0, dealAmount: 0,
            dealSigma: 0, paretoAlpha: 0, contactsPerCompany: 0, activitiesPerDeal: 0, annualChurn: 0, weekendShare: 0,
            offHoursShare: 0, quarterEndBoost: 0, confidence: confidence)
    }
}
