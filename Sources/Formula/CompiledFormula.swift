package import SQL
package import Values

/// How a formula reads a blank number: as zero, or as blank.
package enum BlankHandling: String, Sendable, Hashable { case zero, blank }

/// A field that a formula may name.
package struct FormulaField: Sendable, Hashable {
    /// Canonical names from the formula's own object on: `["Account", "Owner", "Name"]`, `["$User", "Region"]`.
    package let path: [String]
    package let type: FormulaType
    /// How the field's column is stored, for the SQL back end.
    package let column: ColumnType

    package init(path: [String], type: FormulaType, column: ColumnType) {
        (self.path, self.type, self.column) = (path, type, column)
    }
}

/// What names mean where a formula stands.
package protocol FormulaScope {
    /// The field that a path names, whatever the case of its letters; the error's message says what is wrong and suggests.
    func field(_ path: [String]) throws(FormulaScopeError) -> FormulaField
}

package struct FormulaScopeError: Error, Sendable {
    package let message: String
    package init(_ message: String) { self.message = message }
}

/// What one evaluation reads. The values stand in the order of `CompiledFormula.fields`.
package struct FormulaInput {
    package var values: [Value]
    /// The record before the change; nil on insert and outside of a write.
    package var prior: [Value]?
    package var isNew: Bool
    package var isClone: Bool
    package var now: Instant
    package var zone: Zone
    /// Fields, by position, whose own formula failed: reading one fails, too, and IFERROR catches it.
    package var failures: [Int: FormulaError] = [:]

    package init(
        values: [Value], prior: [Value]? = nil, isNew: Bool = false, isClone: Bool = false, now: Instant, zone: Zone = .utc
    ) {
        (self.values, self.prior, self.isNew, self.isClone, self.now, self.zone) = (values, prior, isNew, isClone, now, zone)
    }
}

/// A formula parsed, typed and ready for both back ends.
package struct CompiledFormula: Sendable {
    package let source: String
    package let type: FormulaType
    /// Digits after the point of a numeric result; nil leaves it unrounded.
    package let scale: Int?
    /// The fields it reads, each once.
    package let fields: [FormulaField]
    /// Why this formula has no SQL form, and where (it uses ISCHANGED, PRIORVALUE, ISNEW, ...); nil where it has. Whoever loads a
    /// formula for queries throws it.
    package let obstacle: FormulaError?
    package var sqlObstacle: String? { obstacle?.message }
    package let tree: TypedTree
    private let code: Code

    /// Parses and checks a formula.
    ///
    /// - Parameters:
    ///   - returning: the type that is expected; nil takes what the formula gives. A percentage is delivered as its column
    ///     holds it: 12 where the formula computes 0.12.
    ///   - scale: digits after the point of a numeric result, rounded half away from zero; nil leaves it unrounded.
    ///   - blanks: formula fields say how they read a blank number; rules, triggers and defaults read it as blank.
    package static func compile(
        _ source: String, returning: FormulaType? = nil, scale: Int? = nil, blanks: BlankHandling = .blank,
        scope: some FormulaScope
    ) throws(FormulaError) -> CompiledFormula {
        let syntax = try Parser.parse(source)
        var checker = TypeChecker(scope: scope)
        let root = try checker.check(syntax).fitted(to: returning)
        let type = try root.resultType(returning)
        let tree = TypedTree(root: root, fields: checker.fields, blanks: blanks)
        return CompiledFormula(source: source, type: type, scale: type.base == .number ? scale : nil, tree: tree)
    }

    private init(source: String, type: FormulaType, scale: Int?, tree: TypedTree) {
        (self.source, self.type, self.scale, self.tree, fields) = (source, type, scale, tree, tree.fields)
        obstacle = tree.root.sqlObstacle ?? tree.sizeObstacle
        code = Evaluator(fields: tree.fields, blanks: tree.blanks).code(tree.root)
    }

    /// The result for one record; throws where it divides by zero, reads a bad date, ...
    ///
    /// A condition that is unknown, because it compares with a blank, is false.
    package func evaluate(_ input: FormulaInput) throws(FormulaError) -> Value {
        let value = try code(input)
        switch value {
        case .number(let number):
            let shown = type == .percent ? number.shifted(by: 2) : number
            return .number(scale.map { shown.rounded(to: $0) } ?? shown)
        case .null: return type == .boolean ? .bool(false) : .null
        default: return value
        }
    }

    /// The formula over columns: `column(i)` is the SQL of `fields[i]`. The result has the form of `resultColumn`; it is
    /// NULL where the formula is blank or fails, or where a number does not fit 18 digits.
    package func sql(_ dialect: Dialect, column: (Int) throws -> Fragment) throws -> Fragment {
        if let obstacle { throw obstacle }
        return try withoutActuallyEscaping(column) { column in
            switch dialect {
            case .sqlite: try SQLiteCompiler(fields: fields, blanks: tree.blanks, column: column).result(tree.root, resultForm)
            case .postgres:
                try PostgresCompiler(fields: fields, blanks: tree.blanks, column: column).result(tree.root, resultForm)
            }
        }
    }

    /// A boolean formula as a condition for WHERE: where `sql` gives false it may give NULL, so that indexes can serve it.
    package func condition(_ dialect: Dialect, column: (Int) throws -> Fragment) throws -> Fragment {
        if let obstacle { throw obstacle }
        return try withoutActuallyEscaping(column) { column in
            switch dialect {
            case .sqlite: try SQLiteCompiler(fields: fields, blanks: tree.blanks, column: column).condition(tree.root)
            case .postgres: try PostgresCompiler(fields: fields, blanks: tree.blanks, column: column).condition(tree.root)
            }
        }
    }

    /// How many parts it has when every field counts as `size` says: that of a computed field is the size of its own formula, because
    /// databases compute it as often as it is read.
    package func size(of field: (FormulaField) -> Int) -> Int { tree.root.count { field(fields[$0]) } }

    /// The column type in which `sql` delivers its result. A number whose scale is not given has the natural one of what it
    /// computes, where that is known, and else 8; at most 8.
    package var resultColumn: ColumnType { resultForm.column }

    private var resultForm: ResultForm {
        let natural = tree.root.bounds(fields).map { type == .percent ? $0.scale - 2 : $0.scale }
        return ResultForm(type: type, scale: scale ?? max(0, min(natural ?? ResultForm.defaultScale, ResultForm.defaultScale)))
    }

    /// The functions that the SQL form calls on SQLite, to be registered on every connection.
    package static var functions: [SQLFunction] { [EvaluatorCall.function] }

    /// The statements that make the functions which the SQL form calls on PostgreSQL, in the order in which they can be run;
    /// running them again does no harm. They need a PostgreSQL with ICU.
    package static var postgresFunctions: [String] { PostgresFunctions.all }
}

extension TypedTree {
    /// Smaller formulas never become too long as SQL.
    private static let harmless = 24

    /// Why the formula is too long for PostgreSQL (SQLite hands what is too long to the evaluator).
    var sizeObstacle: FormulaError? {
        guard root.count(field: { _ in 1 }) > TypedTree.harmless else { return nil }
        let compiler = PostgresCompiler(fields: fields, blanks: blanks) { "\(name: fields[$0].name)" }
        do { _ = try compiler.result(root, .boolean) } catch { return error as? FormulaError }
        return nil
    }
}

extension TypedNode {
    /// A date field takes the day of a date with time.
    func fitted(to expected: FormulaType?) throws(FormulaError) -> TypedNode {
        guard base == .datetime, expected == .date, let function = Functions.named("DATEVALUE"),
            case .overloads(let overloads) = function.meaning
        else { return self }
        let call = Call(name: function.name, syntax: .call(function.name, [syntax], place), arguments: [self])
        return try call.resolve(overloads, function.signature)
    }

    /// The type of the whole formula, where `expected` is what it should give.
    func resultType(_ expected: FormulaType?) throws(FormulaError) -> FormulaType {
        guard let expected else { return type == .percent ? .number : type }
        guard type == .null || base == expected.base else {
            throw FormulaError("The formula gives \(type.phrase), but \(expected.phrase) is expected", code: .type, at: place)
        }
        return expected
    }

    /// How many parts it has, itself included, where a field counts as many as `field` says for its position.
    func count(field: (Int) -> Int) -> Int {
        if case .field(let position) = form { return field(position) }
        return children.reduce(1) { $0 + $1.count(field: field) }
    }

    /// The name of a function that no database can compute, in a sentence.
    var sqlObstacle: FormulaError? {
        if case .call(let overload, _) = form, case .none(let name) = overload.postgres {
            return FormulaError(
                "\(name) cannot be computed by a database: a formula that filters or is selected must do without it", code: .type,
                at: place)
        }
        for child in children {
            if let obstacle = child.sqlObstacle { return obstacle }
        }
        return nil
    }
}
