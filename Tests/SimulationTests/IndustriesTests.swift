import Engine
import Metadata
import ShippedFiles
import Simulation
import Testing

@Suite("The table of industries") struct IndustriesTests {
    static let shipped = (try? Shipped.text("metadata/\(Industries.fileName)")) ?? ""

    @Test func `is shipped with fourteen rows that are well-formed`() throws {
        let (industries, diagnostics) = Industries.load(Self.shipped)
        #expect(diagnostics.isEmpty, "\(diagnostics)")
        #expect(try #require(industries).all.count == 14)
        let saas = try #require(industries).industry("saas", .b2b)
        #expect(saas.winRate == 0.22 && saas.cycleDays == 75 && saas.contactsPerCompany == 4 && saas.confidence == .a)
    }

    private func mistakes(_ change: (String) -> String) -> [String] {
        let (industries, diagnostics) = Industries.load(change(Self.shipped), file: "metadata/industries.csv")
        #expect(industries == nil)
        return diagnostics.map(\.description)
    }

    @Test func `tells every mistake with its place and what was meant`() {
        #expect(
            mistakes { $0.replacing("win_rate", with: "win_rat") } == [
                "metadata/industries.csv:3:31: error: Unknown column \"win_rat\" (did you mean win_rate?)"
            ])
        #expect(
            mistakes { $0.replacing("SaaS,B2B,0.12,0.22", with: "SaaS,B2D,0.12,22") } == [
                "metadata/industries.csv:4:6: error: scenario is B2B, B2C, not \"B2D\" (did you mean B2B?)"
            ])
        #expect(
            mistakes { $0.replacing("SaaS,B2B,0.12,0.22,75", with: "SaaS,B2B,0.12,22,soon") } == [
                "metadata/industries.csv:4:15: error: win_rate is a number from 0.001 to 0.999, not \"22\"",
                "metadata/industries.csv:4:18: error: cycle_days_med is a number from 0.1 to 3650, not \"soon\"",
            ])
        #expect(
            mistakes { $0.replacing("0.05,0.20,1.3,b", with: "0.05,0.20,1.3") } == [
                "metadata/industries.csv:7:75: error: This row has 15 cells, the header has 16"
            ])
        #expect(
            mistakes { $0 + "saas,B2B,0.12,0.22,75,0.85,18000,1.10,2.1,4.0,24,0.26,0.12,0.35,1.6,a\n" } == [
                "metadata/industries.csv:18:1: error: saas is there for B2B in line 4 already"
            ])
        #expect(mistakes { _ in "" }.count == 1)
        #expect(mistakes { _ in "industry\nSaaS" }.first?.contains("Missing columns: scenario") == true)
        #expect(mistakes { $0.replacing("SaaS,B2B", with: "\"SaaS,B2B") }.contains { $0.contains("4:1") })
    }

    @Test func `reads quoted cells, other line ends and comments`() throws {
        let text = Self.shipped.replacing("SaaS,B2B", with: "\"Software, \"\"as a\"\" service\",B2B").replacing(
            "\n", with: "\r\n")
        let industries = try #require(Industries.load(text).industries)
        #expect(industries.all[0].name == "Software, \"as a\" service")
    }

    @Test func `suggests the industry that was meant`() throws {
        let industries = try #require(Industries.load(Self.shipped).industries)
        let misspelt = #expect(throws: Problem.self) { try industries.industry("Helthcare", .b2b) }
        #expect(misspelt?.hint == "Did you mean Healthcare?")
        let elsewhere = #expect(throws: Problem.self) { try industries.industry("SaaS", .b2c) }
        #expect(elsewhere?.detail == "SaaS is there for B2B alone")
    }
}
