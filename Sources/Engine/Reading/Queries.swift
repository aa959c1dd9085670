import Metadata
import ObjectQL
import Values

extension Query {
    /// One record of an object by its id, which is given as an argument, so that one plan serves all records.
    init(recordOf object: String, id argument: String, fields: [String]) {
        self.init(object: object)
        select = fields.map { .term(.field(FieldPath($0)), as: nil, Place.top["fields"]) }
        filter = .compare(.field(FieldPath("Id")), .equal, .argument(BindVariable(argument)), .top)
        limit = 1
    }

    /// Records by their ids, which are given as an argument.
    init(recordsOf object: String, ids argument: String, fields: [String]) {
        self.init(recordOf: object, id: argument, fields: fields)
        filter = .among(.field(FieldPath("Id")), [.argument(BindVariable(argument))], .top)
        limit = 64
    }
}

extension Query {
    /// A summary field's result for the parents that are given as an argument: the parent's id, the result.
    init(rollUp summary: SummaryDefinition, keys argument: String) {
        self.init(object: summary.object)
        let key = Term.field(FieldPath(summary.foreignKey))
        let figure = Term.aggregate(AggregateFunction(summary.function), summary.field.map { FieldPath($0) })
        select = [.term(key, as: nil, .top), .term(figure, as: "Result", .top)]
        groupBy = [key]
        let among = Filter.among(key, [.argument(BindVariable(argument))], .top)
        filter = summary.filter.map { .all([among, Filter($0)]) } ?? among
        limit = RollUp.batch
    }
}

extension AggregateFunction {
    fileprivate init(_ function: SummaryDefinition.Function) {
        switch function {
        case .count: self = .count
        case .sum: self = .sum
        case .min: self = .min
        case .max: self = .max
        case .avg: self = .avg
        }
    }
}
