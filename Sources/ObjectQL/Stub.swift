// Stands in until the query compiler lands, which deletes this file.

package import Metadata
package import SQL
package import Values
package struct FieldPath: Sendable, Hashable { package init(_ s: String) {} }
package enum Term: Sendable, Hashable { case field(FieldPath), aggregate(AggregateFunction, FieldPath?) }
package struct Place: Sendable, Hashable { package static let top = Place() }
package enum Operand: Sendable, Hashable { case argument(String) }
package enum Comparator: Sendable { case equal }
package indirect enum Filter: Sendable, Hashable { case compare(Term, Comparator, Operand, Place), among(Term, [Operand], Place), all([Filter]) }
package enum Selection: Sendable, Hashable { case term(Term, as: String?, Place) }
package struct Query: Sendable, Hashable {
  package var limit: Int?
 package var groupBy: [Term] = []
 package var cursor: String?
  package var filter: Filter?
  package var select: [Selection] = []
  package init(object: String) {}
  package init(json: JSON) throws(QueryProblem) {}
}
package struct Limits: Sendable { package init() {} 
  package static let unbounded = Limits() }
extension Query {
  package func resolve(in s: QueryScope) throws(QueryProblem) -> ResolvedQuery { ResolvedQuery() }
  package static var functions: [SQLFunction] { [] }
}
package struct ResolvedQuery { package func compile(_ d: Dialect) -> CompiledQuery { preconditionFailure() } }
package struct QueryScope: Sendable { package init(registry: Registry, access: any Access = FullAccess(), limits: Limits = Limits(), zone: Zone = .utc, calendar: CalendarRules = CalendarRules()) {} }
package struct Cursor { package init(fingerprint: String, keys: [Value]) {}
 package func text(seal: ([UInt8]) -> [UInt8]) -> String { "" } }
extension Place { package subscript(name: String) -> Place { self } }
package enum AggregateFunction: String { case count, sum, min, max, avg }
extension Filter { package init(_ t: FilterTree) { self = .all([]) } }

