import ArgumentParser
import Formula
import Metadata
import SQL
import Values

struct ExplainFormula: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Show what a formula is made of and how databases compute it.",
        discussion: """
            Prints the formula in canonical form, the type of each of its parts, the fields it reads, and its SQL for SQLite \
            and PostgreSQL. Fields are those of an object of the metadata, or given with --field.

            EXAMPLES
              martlet formula explain 'Amount * Probability' --object Opportunity
              martlet formula explain 'IF(Discount > 0.2, "high", "low")' --field Discount:percent
              martlet formula explain 'CloseDate - TODAY()' --object Opportunity --json
            """)

    @Argument(help: "The formula.") var formula: String
    @Option(help: ArgumentHelp("The object of the metadata whose fields the formula reads.", valueName: "OBJECT")) var object:
        String?
    @Option(Settings.metadata) var metadata: String?
    @OptionGroup var given: GivenFields
    @Flag(help: "Print JSON.") var json = false

    func validate() throws {
        if object != nil, !given.fields.isEmpty { throw ValidationError("Give --object or --field, not both") }
    }

    func run() throws {
        let explanation = try explained()
        try Terminal.output.line(json ? explanation.json.description : explanation.text)
    }

    private func explained() throws -> FormulaExplanation {
        let question = JSON.object(try given.question(formula))
        let scope = try object.map(recordScope)
        do throws(FormulaError) {
            guard let scope else { return try FormulaBatch.explanation(of: question) }
            return try FormulaBatch.explanation(of: question, scope: scope)
        } catch {
            throw Failure(error, in: formula)
        }
    }

    private func recordScope(_ name: String) throws -> RecordScope {
        let folder = try Environment().value(Settings.metadata, metadata, or: Folders.standardMetadata())
        let registry = try Folders(folder).registry()
        guard let object = registry.object(name) else {
            throw Failure(.refused, "There is no object \(name)" + hint(for: name, among: registry.objects.map(\.name)))
        }
        return RecordScope(object, in: registry)
    }
}

extension FormulaExplanation {
    fileprivate var text: String {
        let reads = dependencies.isEmpty ? "nothing" : dependencies.joined(separator: ", ")
        return """
            \(canonical)

            gives  \(type.rawValue)
            reads  \(reads)

            \(tree)

            SQLite
              \(sql[.sqlite] ?? "")

            PostgreSQL
              \(sql[.postgres] ?? "")
            """
    }
}
