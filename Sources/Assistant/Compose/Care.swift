import Values

extension Composer {
    /// What does not work for them.
    var cases: [Sentence] {
        let open = analysis.service.open
        guard let first = open.first else { return [] }
        let title = Wording.quote(first.item.title)
        let state =
            first.item.isEscalated ? "escalated" : first.weight == 3 ? "critical" : first.weight == 2 ? "of high priority" : nil
        let age = first.days == 0 ? "since today" : "for \(Wording.days(first.days))"
        let weight = analysis.service.grave == nil ? 58 : 94
        let evidence = Evidence(first.item, .title, .state, .priority, .created)
        if open.count == 1 {
            let what = state.map { "is \($0) and has been open \(age)" } ?? "has been open \(age)"
            return [Sentence("The case \(title) \(what).", weight, evidence)]
        }
        let least = dossier.partial.contains(.supportCase) ? "at least " : ""
        let many = Wording.sentence(least + Wording.count(open.count, "case"))
        return [
            Sentence(
                "\(many) are open; the gravest, \(title), \(state.map { "is \($0) and " } ?? "")has been open \(age).", weight,
                evidence)
        ]
    }

    /// What we have promised and not done.
    var tasks: [Sentence] {
        let overdue = analysis.tasks.overdue
        guard let first = overdue.first else { return [] }
        let title = Wording.quote(first.item.title)
        let day = Wording.date(first.day, today: dossier.today)
        let evidence = Evidence(first.item, .title, .end)
        if overdue.count == 1 { return [Sentence("Our task \(title) has been overdue since \(day).", 65, evidence)] }
        let least = dossier.partial.contains(.task) && analysis.tasks.coming.isEmpty ? "at least " : ""
        let many = Wording.sentence(least + Wording.count(overdue.count, "task"))
        return [Sentence("\(many) of ours are overdue; the oldest is \(title), due on \(day).", 66, evidence)]
    }
}
