import Engine
import Values

/// What Alderbrook itself brings along: its people, what it sells, and its marketing.
extension Story {
    mutating func addStaff() {
        let first = moment(daysAgo: 374, of: Staff.head)
        for (index, employee) in Staff.all.enumerated() {
            tell(
                first.later(minutes: index), Staff.head,
                .create(
                    object: "User",
                    values: [
                        "Name": .string(employee.name), "Username": .string(employee.email), "Email": .string(employee.email),
                        "Title": .string(employee.title), "Department": .string(employee.department),
                        "Region": .string(employee.region.rawValue), "Phone": .string(phone(628)),
                        "ManagerId": employee.manager.map(JSON.record) ?? .null,
                        "AnnualQuota": employee.quota.map(JSON.whole) ?? .null, "TimeZone": .string(employee.region.zone),
                    ], reference: employee.reference))
        }
    }

    mutating func addCatalogue() {
        for product in Catalogue.all {
            tell(
                moment(daysAgo: 371, of: Staff.marketing), Staff.marketing,
                .create(
                    object: "Product",
                    values: [
                        "Name": .string(product.name), "ProductCode": .string(product.code), "Family": .string(product.family),
                        "ListPrice": .whole(product.price), "Cost": .whole(product.cost),
                        "BillingFrequency": .string(product.billing), "Unit": .string(product.unit),
                        "Description": .string(product.description),
                    ], reference: product.reference))
        }
    }

    mutating func addCampaigns() {
        for plan in Campaigns.all { add(plan) }
    }

    private mutating func add(_ plan: CampaignPlan) {
        let (first, last) = (plan.days.upperBound, plan.days.lowerBound)
        let planned = moment(daysAgo: max(first + 30, 3), of: Staff.marketing)
        tell(
            planned, Staff.marketing,
            .create(
                object: "Campaign",
                values: [
                    "Name": .string(plan.name), "Type": .string(plan.type), "StartDate": .day(today - first),
                    "EndDate": .day(today - last), "BudgetedCost": .whole(plan.budget),
                    "ExpectedRevenue": .whole(plan.budget * 9),
                    "ExpectedResponse": .whole(dice.number(2...9)), "Description": .string(plan.description),
                    "Audience": ["Operations", "Field service"], "OwnerId": Staff.marketing.id,
                ], reference: plan.reference))
        let spent = plan.budget * dice.number(85...108) / 100
        if first > 0 {
            tell(
                moment(daysAgo: first, of: Staff.marketing), Staff.marketing,
                .update(
                    object: "Campaign", id: "@" + plan.reference,
                    values: ["Status": "In Progress", "NumberSent": .whole(plan.sent), "ActualCost": .whole(spent * 2 / 3)]))
        }
        if last > 0 {
            tell(
                moment(daysAgo: last - 1, of: Staff.marketing), Staff.marketing,
                .update(
                    object: "Campaign", id: "@" + plan.reference, values: ["Status": "Completed", "ActualCost": .whole(spent)]))
        }
    }
}

extension Employee.Region {
    fileprivate var zone: String {
        switch self {
        case .americas: "America/New_York"
        case .emea: "Europe/Zurich"
        case .apac: "Asia/Singapore"
        }
    }
}
