import Engine
import Metadata
import Values

/// What a simulation's stories are told from, prepared once for each worker.
struct Scene: Sendable {
    let order: Order
    let plan: Plan
    let setting: Setting
    /// The members of the team as users of sessions.
    private let users: [SessionUser]
    var tell: @Sendable (Int, Instant, Setting) -> Story = { Story.tell($0, from: $1, in: $2) }

    init(_ order: Order, _ industry: Industry, _ pack: Pack, id: String, registry: Registry) {
        self.order = order
        let window = order.window(industry)
        plan = Plan(order.distribution, over: window, count: order.total, chunkSize: order.chunkSize)
        setting = Setting(
            industry, pack, over: window, count: order.total, key: id, crm: CRM(registry, industry: industry.name))
        users = setting.team.members.map {
            SessionUser(id: $0.id, fields: ["Id": .text($0.id), "Name": .text($0.name), "Email": .text($0.email)])
        }
    }

    /// On what occasion a step is entered.
    func occasion(of step: Story.Step) -> Occasion { Occasion(user: users[step.by], now: step.due, ids: step.ids) }
}

extension CRM {
    /// What this business's metadata offers.
    init(_ registry: Registry, industry: String) {
        self.init()
        let opportunity = registry.object("Opportunity")
        draftsContracts = opportunity?.triggers.contains { $0.active && $0.file == "triggers/OpportunityTrigger.swift" } ?? false
        func isActive(_ trigger: String) -> Bool { registry.triggers.contains { $0.name == trigger && $0.active } }
        plansTasks = ["TaskOnStageChange", "ClosedWonHandover"].allSatisfy(isActive)
        plansRenewals = ["ContractEndDate", "ContractRenewal"].allSatisfy(isActive)
        escalatesCases = isActive("CaseEscalation")
        quotesProducts = ["Product", "OpportunityLineItem"].allSatisfy { registry.object($0) != nil }
        let options = registry.object("Account")?.field("Industry")?.options ?? []
        knowsIndustry = options.contains { $0.value == industry }
    }
}
