import Metadata
import Testing

@Suite("The guide to industries")
struct IndustryTests {
    private let pipeline = SourceFile(
        "Deal.object.yml",
        """
        name: Deal
        fields:
          - { name: Industry, type: select, options: [{ value: Retail }, { value: Energy }] }
          - { name: Stage, type: select, options: [{ value: Offer }, { value: Won, isWon: true }] }
        """)

    private func load(_ text: String) -> (guide: IndustryGuide?, diagnostics: [String]) {
        let (registry, diagnostics) = Registry.load([pipeline, SourceFile("industries.yml", text)])
        return (registry?.industries, diagnostics.map(\.description))
    }

    @Test func `has what is standard, and what differs`() {
        let (guide, diagnostics) = load(
            """
            standard: { stageDays: { Offer: 20 }, silenceDays: 30, talkingPoints: [Plans] }
            industries:
              - { name: Retail, spoken: retail, silenceDays: 14, talkingPoints: [The season] }
            """)
        #expect(diagnostics == [])
        #expect(guide?.names == ["Retail"])
        #expect(guide?.profile("retail").silenceDays == 14 && guide?.profile("Retail").stageDays == ["Offer": 20])
        #expect(guide?.profile("Retail").talkingPoints == ["The season", "Plans"])
        #expect(guide?.profile("Energy").silenceDays == 30 && guide?.profile(nil).talkingPoints == ["Plans"])
    }

    @Test(arguments: [
        ("standard: {}\nindustry: []", "industries.yml:2:1: error: this file has no key \"industry\" (did you mean industries?)"),
        ("industries: []", "industries.yml:1:1: error: industries.yml needs standard: what holds for all other industries"),
        (
            "standard: { silenceDays: soon }",
            "industries.yml:1:26: error: standard: silenceDays must be a whole number from 1 to 3650, not \"soon\""
        ),
        (
            "standard: { stageDays: { Ofer: 3 } }",
            "industries.yml:1:26: warning: standard: there is no stage Ofer (did you mean Offer?)"
        ),
        (
            "standard: { stageDays: { Offer: 0 } }",
            "industries.yml:1:33: error: standard: Offer must be a whole number of days from 1 to 3650"
        ),
        (
            "standard: {}\nindustries: [{ name: Retial }]",
            "industries.yml:2:16: warning: No field Industry has the option Retial (did you mean Retail?)"
        ),
        (
            "standard: {}\nindustries: [{ name: Retail }, { name: retail }]",
            "industries.yml:2:32: error: industry retail stands twice; it stands first in line 2"
        ),
    ])
    func `tells every mistake with its place`(text: String, diagnostic: String) {
        #expect(load(text).diagnostics.contains(diagnostic), "\(load(text).diagnostics)")
    }

    @Test func `may be missing`() {
        let (registry, diagnostics) = Registry.load([pipeline])
        #expect(
            diagnostics.isEmpty && registry?.industries.names == [] && registry?.industries.profile("Retail").silenceDays == 30)
    }
}
