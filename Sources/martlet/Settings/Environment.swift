import Foundation
import ObjectQL
import Values

/// The environment variables, as far as they are ours.
struct Environment: Sendable {
    let variables: [String: String]

    init(_ variables: [String: String] = ProcessInfo.processInfo.environment) {
        self.variables = variables.filter { $0.key.hasPrefix("MARTLET_") }
    }

    /// The setting's value: the option's, else the variable's, else the standard one.
    func value<Value>(_ setting: Setting<Value>, _ option: String?) throws(Failure) -> Value? {
        let notes = setting.notes
        if let option { return try read(setting, option, as: "--" + (notes.option ?? "")) }
        // A variable that is set to nothing is as good as not set.
        if let text = variables[notes.variable], !text.isEmpty { return try read(setting, text, as: notes.variable) }
        return notes.standard.flatMap(setting.read)
    }

    func value<Value>(_ setting: Setting<Value>, _ option: String?, or other: Value) throws(Failure) -> Value {
        try value(setting, option) ?? other
    }

    /// The bounds of queries that are set.
    func limits() throws(Failure) -> Limits {
        var limits = Limits()
        for limit in Limit.allCases {
            guard let text = variables[limit.setting], !text.isEmpty else { continue }
            guard let number = SettingForm.bound.read(text) else { throw wrong(text, limit.setting, SettingForm.bound.expected) }
            limits[limit] = number
        }
        return limits
    }

    /// One line for each variable that no setting reads.
    var warnings: [String] {
        let known = Settings.all.map(\.variable)
        return variables.keys.filter { !known.contains($0) }.sorted()
            .map { "\($0) is not a setting and has no effect" + hint(for: $0, among: known) }
    }

    private func read<Value>(_ setting: Setting<Value>, _ text: String, as name: String) throws(Failure) -> Value {
        if let value = setting.read(text) { return value }
        throw wrong(setting.shown(text), name, setting.notes.expected)
    }

    private func wrong(_ text: String, _ name: String, _ expected: String) -> Failure {
        Failure(.usage, "\(name) is \"\(text)\": expected \(expected)", hint: "docs/settings.md tells about every setting")
    }
}
