// What the text form's rarer clauses say.

/// Which groups are made of the keys.
package enum Grouping: String, Sendable, Hashable {
    /// One for each combination of their values.
    case plain
    /// Those, and for each first few keys the sum of the rest, down to one total.
    case rollup
    /// Those, and the sums of every subset of the keys.
    case cube
}

/// `USING SCOPE mine`: whose records are asked for.
package enum Ownership: String, Sendable, Hashable, CaseIterable {
    case everything, mine, team, delegated
    case mineAndMyGroups = "mine_and_my_groups"
    case myTerritory = "my_territory"
    case myTeamTerritory = "my_team_territory"
    case scopingRule
}

/// `WITH USER_MODE`: with whose rights the query asks to run.
package enum RightsMode: String, Sendable, Hashable, CaseIterable {
    case securityEnforced = "SECURITY_ENFORCED"
    case user = "USER_MODE"
    case system = "SYSTEM_MODE"
}

/// `WITH DATA CATEGORY Geography__c ABOVE_OR_BELOW (usa__c, uk__c)`
package struct CategoryCondition: Sendable, Hashable {
    package enum Selector: String, Sendable, Hashable, CaseIterable {
        case at = "AT", above = "ABOVE", below = "BELOW", aboveOrBelow = "ABOVE_OR_BELOW"
    }

    package var group: String
    package var selector: Selector
    package var categories: [String]

    package init(group: String, selector: Selector, categories: [String]) {
        (self.group, self.selector, self.categories) = (group, selector, categories)
    }
}

/// What the caller is going to do with the records.
package enum Purpose: String, Sendable, Hashable, CaseIterable {
    case view = "FOR VIEW"
    case reference = "FOR REFERENCE"
    case update = "FOR UPDATE"
    case tracking = "UPDATE TRACKING"
    case viewStatistics = "UPDATE VIEWSTAT"
}
