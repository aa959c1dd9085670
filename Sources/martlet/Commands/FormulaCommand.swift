import ArgumentParser

struct FormulaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "formula", abstract: "Try formulas, and see what they are made of.",
        discussion: "docs/formulas.md describes the language.", subcommands: [EvaluateFormula.self, ExplainFormula.self])
}
