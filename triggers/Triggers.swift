package import Engine

/// The triggers of this business that are written in Swift. An object names one by its file: `triggers/OpportunityTrigger.swift`.
package let swiftTriggers: [any Trigger] = [OpportunityTrigger()]
