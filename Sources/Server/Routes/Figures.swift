import Hummingbird
import Values

extension Route {
    static let revenue = Route(
        .get, "/api/kpi/revenue", "revenue", "Tells what was won this quarter, and how that compares with the last",
        gives: .ok(.named("Revenue")), problems: [404]
    ) { call in .json(try await SalesFigures(call).revenue()) }

    static let leads = Route(
        .get, "/api/kpi/leads", "leads", "Counts the leads, those that qualified and those that did not",
        gives: .ok(.named("Leads")), problems: [404]
    ) { call in .json(try await SalesFigures(call).leads()) }

    static let winRate = Route(
        .get, "/api/kpi/winrate", "winRate", "Tells how many of the closed opportunities were won",
        gives: .ok(.named("WinRate")), problems: [404]
    ) { call in .json(try await SalesFigures(call).winRate()) }

    static let pipeline = Route(
        .get, "/api/pipeline/stages", "pipeline", "Tells amount and number of the opportunities in each stage",
        gives: .ok(.named("Pipeline")), problems: [404]
    ) { call in .json(try await SalesFigures(call).stages()) }

    static let recentActivities = Route(
        .get, "/api/activities/recent", "recentActivities", "Lists what happened last with customers, the newest first",
        parameters: [.limit(standard: 10, most: 200)], gives: .ok(.named("Activities")), problems: [404]
    ) { call in
        .json(try await SalesFigures(call).recentActivities(limit: call.count("limit", standard: 10, most: 200)))
    }
}
