import Values

extension TriggerEvent {
    /// The events of `event` or `events`: a list, or one text with commas between them.
    static func read(_ reader: MappingReader) -> [TriggerEvent] {
        guard let node = reader.node(anyOf: "events", "event") else {
            reader.log.error("\(reader.what) needs events", at: reader.location)
            return []
        }
        var events: [TriggerEvent] = []
        for (text, location) in reader.texts(node, "events") {
            let wanted = text.lowercased().filter { $0 != "_" }
            guard let event = allCases.first(where: { $0.rawValue.lowercased() == wanted }) else {
                let names = allCases.map(\.rawValue)
                let near =
                    suggestion(for: text, among: names).map { "did you mean \($0)?" } ?? "one of \(names.joined(separator: ", "))"
                reader.log.error("\(reader.what): there is no event \(text) (\(near))", at: location)
                continue
            }
            if !events.contains(event) { events.append(event) }
        }
        return events
    }
}
