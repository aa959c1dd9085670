import Values

/// Reads `industries.yml`: what is standard, and where industries differ from it.
struct IndustryReader {
    let log: DiagnosticLog
    /// The stages of pipelines and the industries that the objects know; empty where they know none.
    let stages: Set<String>
    let industries: Set<String>

    init(_ objects: [ObjectDefinition], _ log: DiagnosticLog) {
        self.log = log
        let choices = objects.flatMap(\.fields).filter { !$0.options.isEmpty }
        stages = Set(choices.filter { $0.options.contains(where: \.isWon) }.flatMap { $0.options.map(\.value) })
        industries = Set(choices.filter { $0.name == "Industry" }.flatMap { $0.options.map(\.value) })
    }

    func industries(_ nodes: [YAMLNode]) -> IndustryGuide {
        if nodes.count > 1 { log.error("There is another industries.yml: keep one", at: nodes[1].location) }
        guard let node = nodes.first, let reader = MappingReader(node, "this file", log) else { return IndustryGuide() }
        var standard = IndustryProfile()
        if let mapping = reader.mapping("standard", "standard") {
            read(mapping, into: &standard)
            mapping.finish()
        } else if !reader.has("standard") {
            log.error("industries.yml needs standard: what holds for all other industries", at: node.location)
        }
        var names = NameSet("industry", log)
        let profiles = reader.list("industries").compactMap { node -> IndustryProfile? in
            guard let profile = profile(node, standard), names.insert(profile.name, at: node.location) else { return nil }
            return profile
        }
        reader.finish()
        return IndustryGuide(standard: standard, profiles)
    }

    private func profile(_ node: YAMLNode, _ standard: IndustryProfile) -> IndustryProfile? {
        guard let reader = MappingReader(node, "this industry", log), let name = reader.requiredText("name") else { return nil }
        reader.what = "industry \(name)"
        if !industries.isEmpty, !industries.contains(name) {
            log.warning("No field Industry has the option \(name)\(hint(for: name, among: industries))", at: reader.place("name"))
        }
        var profile = standard
        profile.name = name
        read(reader, into: &profile)
        reader.finish()
        return profile
    }

    private func read(_ reader: MappingReader, into profile: inout IndustryProfile) {
        profile.spoken = reader.text("spoken") ?? profile.spoken
        profile.silenceDays = reader.integer("silenceDays", in: 1...3650) ?? profile.silenceDays
        profile.renewalDays = reader.integer("renewalDays", in: 1...3650) ?? profile.renewalDays
        for point in reader.list("talkingPoints").reversed() {
            guard let text = point.text, !point.isNull else {
                log.error("\(reader.what): a talking point must be a text, not \(point.kind)", at: point.location)
                continue
            }
            profile.talkingPoints.insert(text, at: 0)
        }
        readStages(reader, into: &profile)
    }

    private func readStages(_ reader: MappingReader, into profile: inout IndustryProfile) {
        guard let node = reader.node("stageDays") else { return }
        guard let pairs = node.pairs else {
            log.error("\(reader.what): stageDays must be a mapping of stages and days, not \(node.kind)", at: node.location)
            return
        }
        for (key, value) in pairs {
            let stage = key.text ?? ""
            if !stages.isEmpty, !stages.contains(stage) {
                log.warning("\(reader.what): there is no stage \(stage)\(hint(for: stage, among: stages))", at: key.location)
            }
            guard let days = value.text.flatMap({ Int($0) }), (1...3650).contains(days) else {
                log.error("\(reader.what): \(stage) must be a whole number of days from 1 to 3650", at: value.location)
                continue
            }
            profile.stageDays[stage] = days
        }
    }
}
