import Formula
import SQL
import Values

/// A point on the globe: `{"latitude": 47.37, "longitude": 8.54}`.
struct GeolocationKind: FieldKind {
    var attributes: Set<FieldAttribute> { .entered }
    var operators: Set<FilterOperator> { .presence }

    func column(_ field: FieldDefinition) -> ColumnType { .json }
    func formulaType(_ field: FieldDefinition) -> FormulaType? { .location }

    /// In a file: `47.37, 8.54`.
    func json(_ text: String) -> JSON {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false).map { Number(trimmed($0)) }
        guard parts.count == 2, let latitude = parts[0], let longitude = parts[1] else { return .string(text) }
        return ["latitude": .number(latitude), "longitude": .number(longitude)]
    }

    func parse(_ json: JSON, _ field: FieldDefinition) throws(FieldProblem) -> Value {
        guard let members = json.object else { throw field.wrongType("an object with latitude and longitude", json) }
        guard members.count == 2, let latitude = members["latitude"]?.number, let longitude = members["longitude"]?.number
        else {
            throw FieldProblem(.invalidLocation, "\(field.label) needs two numbers, latitude and longitude, and nothing else")
        }
        guard let location = Location(latitude: latitude.double, longitude: longitude.double) else {
            throw FieldProblem(
                .invalidLocation, "\(field.label) needs a latitude from -90 to 90 and a longitude from -180 to 180")
        }
        return .location(location)
    }
}
