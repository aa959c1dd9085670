/// `docs/settings.md`, made from the settings themselves.
enum SettingsReference {
    static var markdown: String {
        ([preface] + SettingGroup.allCases.map(section) + [secret]).joined(separator: "\n\n") + "\n"
    }

    private static let preface = """
        # Settings

        A setting is taken from the option on the command line, else from the environment variable, else it has its standard value.
        A variable whose name begins with `MARTLET_` and that is none of these is reported with a warning; a value that cannot be
        read stops the program and names the variable.

        Sizes are written `500KB` or `10MB`, times `500ms`, `30s` or `2m`.
        """

    private static func section(_ group: SettingGroup) -> String {
        let rows = Settings.all.filter { $0.group == group }.map { notes in
            let option = notes.option.map { "`--\($0) \(escaped(notes.placeholder))`" } ?? ""
            let standard = notes.standard.map { "`\($0)`" } ?? ""
            return "| \(option) | `\(notes.variable)` | \(standard) | \(notes.help) |"
        }
        return (["## \(group.rawValue)", "", "| Option | Variable | Standard | |", "|---|---|---|---|"] + rows)
            .joined(separator: "\n")
    }

    private static func escaped(_ text: String) -> String { text.replacing("|", with: "\\|") }

    private static let secret = """
        ## The secret file

        At the first start `martlet serve` writes 32 random bytes beside the database: `data/martlet.secret` for
        `data/martlet.sqlite`, readable by its owner only (mode 0600). They sign the cursors of pages and encrypt the values of
        `encrypted` fields. Back the file up together with the database, but not in the same place: whoever has both can read the
        encrypted fields, and whoever loses it loses them.

        ## Environment variables of other origin

        `NO_COLOR`: when it is set, nothing is printed in colour.
        """
}
