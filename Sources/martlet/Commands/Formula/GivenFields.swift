import ArgumentParser
import Formula
import Values

/// The fields that a command line declares for a formula, and how the formula is to be read.
struct GivenFields: ParsableArguments {
    @Option(
        name: .customLong("field"),
        help: ArgumentHelp("A field, its type and its value; can be given several times.", valueName: "NAME[:TYPE]=VALUE"))
    var fields: [String] = []
    @Option(
        help: ArgumentHelp(
            "The type of the result: number, currency, percent, text, checkbox, date, datetime, time.", valueName: "TYPE"))
    var returns: String?
    @Option(help: ArgumentHelp("How a blank number is read: zero (standard) or blank.", valueName: "zero|blank"))
    var blanks: String?

    /// The formula and all that is given for it, as a line of a batch.
    func question(_ formula: String) throws(Failure) -> JSON.Members {
        var (types, record) = (JSON.Members(), JSON.Members())
        for text in fields {
            let field = try GivenField(text)
            (types[field.name], record[field.name]) = (["type": .string(field.type)], field.value)
        }
        var question: JSON.Members = ["formula": .string(formula), "fields": .object(types), "record": .object(record)]
        question["returnType"] = returns.map(JSON.string)
        question["blanks"] = blanks.map(JSON.string)
        return question
    }
}

/// `NAME=VALUE`, `NAME:TYPE=VALUE` or `NAME:TYPE` of the command line.
private struct GivenField {
    let name: String
    let type: String
    let value: JSON

    init(_ text: String) throws(Failure) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let head = parts[0].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard !head[0].isEmpty, parts.count + head.count > 2 else {
            throw Failure(.usage, "--field is \"\(text)\": expected NAME=VALUE or NAME:TYPE=VALUE")
        }
        name = head[0]
        let spelled = parts.count == 2 ? parts[1] : ""
        (type, value) = head.count == 2 ? (head[1], .string(spelled)) : GivenField.read(spelled)
    }

    private static func read(_ text: String) -> (String, JSON) {
        if let number = Number(text) { return ("number", .number(number)) }
        if text == "true" || text == "false" { return ("checkbox", .bool(text == "true")) }
        if Day(text) != nil { return ("date", .string(text)) }
        if Instant(text) != nil { return ("datetime", .string(text)) }
        return ("text", text.isEmpty ? .null : .string(text))
    }
}
