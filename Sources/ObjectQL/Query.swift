/// A question to the records of one object, whatever form it was written in. Nothing in it is checked against metadata yet.
///
///     let query = try Query(json: ["object": "Opportunity", "fields": ["Name", "Account.Name"], "filters": ["Amount": ["$gt": 1000]]])
///     let same = try Query(soql: "SELECT Name, Account.Name FROM Opportunity WHERE Amount > 1000")
///     let compiled = try query.resolve(in: scope).compile(.sqlite)
package struct Query: Sendable, Hashable {
    /// The object's name; for children, the relationship's.
    package var object: String
    /// What each record holds, in order; empty for the object's own fields.
    package var select: [Selection] = []
    package var filter: Filter?
    package var groupBy: [Term] = []
    package var grouping = Grouping.plain
    /// A condition over groups; its terms are group keys and aggregates.
    package var having: Filter?
    package var search: String?
    /// In which of the searchable fields; only FIND can say.
    package var searchGroup = Find.Group.all
    package var orderBy: [Ordering] = []
    package var limit: Int?
    package var offset = 0
    /// `LIMIT :size`: the number is given when the query is bound.
    package var limitArgument: BindVariable?
    package var offsetArgument: BindVariable?
    package var cursor: String?
    /// Whether the answer tells how many records there are in all.
    package var wantsCount = false
    package var deleted = DeletedRows.hidden
    /// A list view of the object, whose filter is added and whose columns and order are taken where the query has none.
    package var view: String?
    /// Whose records are asked for.
    package var scope = Ownership.everything
    /// The day or moment whose records are asked for, as it was written; nil for the present.
    package var asOf: Operand?
    package var mode: RightsMode?
    package var categories: [CategoryCondition] = []
    package var purposes: [Purpose] = []
    package var place = Place.top

    package init(object: String, place: Place = .top) { (self.object, self.place) = (object, place) }
}

/// One thing that a query selects. What is large and rare stands apart, so that a list of fields is small and cheap to copy.
package enum Selection: Sendable, Hashable {
    /// A value, under its own name or under another.
    case term(Term, as: String?, Place)
    /// A set of the object's own fields.
    case fields(FieldSet, Place)
    /// Fields of a parent that may be of several objects, each with its own fields.
    indirect case typeOf(TypeOf, Place)
    /// The records of a has-many relationship, which is the query's `object`.
    indirect case children(Query)
}

package enum FieldSet: String, Sendable, Hashable, CaseIterable { case all = "ALL", standard = "STANDARD", custom = "CUSTOM" }

/// `TYPEOF What WHEN Account THEN Phone, Industry ELSE Name END`
package struct TypeOf: Sendable, Hashable {
    package struct Case: Sendable, Hashable {
        package var object: String
        package var fields: [FieldPath]

        package init(object: String, fields: [FieldPath]) { (self.object, self.fields) = (object, fields) }
    }

    package var parent: FieldPath
    package var cases: [Case]
    /// The fields of a parent of any other object; empty where there is no ELSE.
    package var otherwise: [FieldPath]

    package init(parent: FieldPath, cases: [Case], otherwise: [FieldPath]) {
        (self.parent, self.cases, self.otherwise) = (parent, cases, otherwise)
    }
}

package struct Ordering: Sendable, Hashable {
    package enum Nulls: String, Sendable { case first, last }

    package var term: Term
    package var descending = false
    /// Without a wish nulls count as the least value: first when ascending, last when descending.
    package var nulls: Nulls?
    package var place: Place

    package init(_ term: Term, descending: Bool = false, nulls: Nulls? = nil, place: Place = .top) {
        (self.term, self.descending, self.nulls, self.place) = (term, descending, nulls, place)
    }
}

/// What a query does with records in the recycle bin.
package enum DeletedRows: Sendable, Hashable {
    case hidden, included, only
}

extension Selection {
    var isChildren: Bool { if case .children = self { true } else { false } }
    /// A field under its own name, as most are.
    var isPlainField: Bool { if case .term(.field, nil, _) = self { true } else { false } }
    var isFigure: Bool { if case .term(let term, _, _) = self { term.isFigure } else { false } }
}

extension Query {
    /// Whether records are groups: figures, or keys with figures.
    package var isGrouped: Bool {
        !groupBy.isEmpty || select.contains { !$0.isPlainField && $0.isFigure }
    }
}
