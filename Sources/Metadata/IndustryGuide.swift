/// What is usual in each industry: `industries.yml` of the metadata folder. Briefings are made by it.
package struct IndustryGuide: Sendable {
    /// For an industry that the file does not name, and for what an industry says nothing about.
    package let standard: IndustryProfile
    private let byName: [String: IndustryProfile]

    package init(standard: IndustryProfile = IndustryProfile(), _ profiles: [IndustryProfile] = []) {
        self.standard = standard
        byName = Dictionary(profiles.map { ($0.name.lowercased(), $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The names of the industries, sorted.
    package var names: [String] { byName.values.map(\.name).sorted() }

    package func profile(_ name: String?) -> IndustryProfile { name.flatMap { byName[$0.lowercased()] } ?? standard }
}

package struct IndustryProfile: Sendable, Hashable {
    /// A value of the field `Industry`; empty for the standard.
    package var name = ""
    /// How the industry is called in a sentence: `financial services`.
    package var spoken: String?
    /// How many days a deal usually stays in a stage, by the stage's value.
    package var stageDays: [String: Int] = [:]
    /// After how many days without contact silence means something.
    package var silenceDays = 30
    /// How many days before its end a contract's renewal should be talked about.
    package var renewalDays = 90
    package var talkingPoints: [String] = []

    package init() {}
}
