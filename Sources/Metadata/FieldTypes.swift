package import Formula
package import SQL
package import Values

/// What one field type is: its attributes, its column, its type in formulas, and how a value from outside becomes one of its own.
///
/// Every field type is a file of the folder `FieldTypes`.
package protocol FieldKind: Sendable {
    /// The attributes it takes beside those that every field takes (`FieldAttribute.common`).
    var attributes: Set<FieldAttribute> { get }
    /// The attributes it cannot do without.
    var needs: [FieldAttribute] { get }
    /// The comparisons that make sense on it in a filter.
    var operators: Set<FilterOperator> { get }
    /// The column that stores the field, or in which a computed field's SQL delivers its result.
    func column(_ field: FieldDefinition) -> ColumnType
    /// How formulas see the field; nil where they cannot use it.
    func formulaType(_ field: FieldDefinition) -> FormulaType?
    /// The value that a JSON value of an API, or a text of a file, stands for: only its form is looked at, not the field's limits.
    /// Never called with null or an empty text.
    func parse(_ json: JSON, _ field: FieldDefinition) throws(FieldProblem) -> Value
    /// The value as it may be stored: within the field's limits, rounded to its scale.
    func check(_ value: Value, _ field: FieldDefinition) throws(FieldProblem) -> Value
    /// What a text of YAML or CSV is in JSON.
    func json(_ text: String) -> JSON
    /// Sets what the type implies (a default length, an index), and says what is wrong with the attributes.
    func settle(_ field: inout FieldDefinition) throws(FieldProblem)
}

extension FieldKind {
    package var needs: [FieldAttribute] { [] }
    package func check(_ value: Value, _ field: FieldDefinition) throws(FieldProblem) -> Value { value }
    package func json(_ text: String) -> JSON { .string(text) }
    package func settle(_ field: inout FieldDefinition) throws(FieldProblem) {}
}

/// Why a value may not be stored in a field, or an attribute not be given to it.
package struct FieldProblem: Error, Sendable, Hashable {
    package enum Code: String, Sendable, CaseIterable {
        case wrongType = "wrong_type"
        case tooLong = "too_long"
        case outOfRange = "out_of_range"
        case patternMismatch = "pattern_mismatch"
        case invalidText = "invalid_text"
        case invalidEmail = "invalid_email"
        case invalidPhone = "invalid_phone"
        case invalidURL = "invalid_url"
        case invalidOption = "invalid_option"
        case inactiveOption = "inactive_option"
        case invalidDate = "invalid_date"
        case invalidDatetime = "invalid_datetime"
        case invalidTime = "invalid_time"
        case invalidID = "invalid_id"
        case invalidLocation = "invalid_location"
        case notWritable = "not_writable"
        case badAttribute = "bad_attribute"
    }

    package let code: Code
    /// A sentence without its full stop that names the field.
    package let message: String

    package init(_ code: Code, _ message: String) { (self.code, self.message) = (code, message) }
}

extension FieldType {
    package var kind: any FieldKind {
        switch self {
        case .text: TextKind()
        case .textarea: TextareaKind()
        case .richText: RichTextKind()
        case .email: EmailKind()
        case .phone: PhoneKind()
        case .url: URLKind()
        case .number: NumberKind()
        case .currency: CurrencyKind()
        case .percent: PercentKind()
        case .checkbox: CheckboxKind()
        case .date: DateKind()
        case .datetime: DatetimeKind()
        case .time: TimeKind()
        case .select: SelectKind()
        case .multiselect: MultiselectKind()
        case .lookup: LookupKind()
        case .masterDetail: MasterDetailKind()
        case .autoNumber: AutoNumberKind()
        case .formula: FormulaKind()
        case .summary: SummaryKind()
        case .json: JSONKind()
        case .file: FileKind()
        case .image: ImageKind()
        case .geolocation: GeolocationKind()
        case .encrypted: EncryptedKind()
        case .tags: TagsKind()
        case .id: IDKind()
        }
    }
}

extension FieldDefinition {
    package var kind: any FieldKind { type.kind }

    /// The column that stores the field, or in which a formula field's SQL delivers its result.
    package var column: ColumnType { kind.column(self) }

    /// How formulas see the field; nil where they cannot use it.
    package var formulaType: FormulaType? { kind.formulaType(self) }

    /// The comparisons that make sense on it in a filter.
    package var operators: Set<FilterOperator> { result.kind.operators }

    /// The value of an API's JSON as the field stores it; an empty text is null. Whether the field may be null or written at all
    /// is not asked here.
    package func convert(_ json: JSON) throws(FieldProblem) -> Value {
        let value = try parse(json)
        return value.isNull ? .null : try kind.check(value, self)
    }

    /// The value of a text in a file (YAML, CSV) as the field stores it.
    package func convert(text: String) throws(FieldProblem) -> Value {
        text.isEmpty ? .null : try convert(kind.json(text))
    }

    /// The value that a JSON value stands for, without regard to the field's limits: what a filter compares with.
    package func parse(_ json: JSON) throws(FieldProblem) -> Value {
        switch json {
        case .null, .string(""): .null
        default: try kind.parse(json, self)
        }
    }

    /// A value that a formula or a trigger computed, as the field stores it.
    package func convert(_ value: Value) throws(FieldProblem) -> Value { try convert(value.json) }

    func wrongType(_ expected: String, _ json: JSON) -> FieldProblem {
        FieldProblem(.wrongType, "\(label) needs \(expected), not \(json.kind)")
    }
}
