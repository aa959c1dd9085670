/// Something Alderbrook sells.
struct Product: Sendable {
    let code: String
    let name: String
    let family: String
    /// In whole dollars.
    let price: Int
    let cost: Int
    let billing: String
    let unit: String
    let description: String

    var reference: String { "product-" + code }

    init(
        _ code: String, _ name: String, _ family: String, price: Int, cost: Int, _ billing: String, per unit: String,
        _ description: String
    ) {
        (self.code, self.name, self.family, self.price) = (code, name, family, price)
        (self.cost, self.billing, self.unit, self.description) = (cost, billing, unit, description)
    }
}

enum Catalogue {
    static let platform = [
        Product(
            "FLD-TEAM", "Alderbrook Field, Team", "Software", price: 348, cost: 40, "Yearly", per: "User",
            "Scheduling, work orders and a mobile app for teams of up to fifty people."),
        Product(
            "FLD-BUS", "Alderbrook Field, Business", "Software", price: 540, cost: 55, "Yearly", per: "User",
            "Everything in Team, with routes, stock on the van and customer notifications."),
        Product(
            "FLD-ENT", "Alderbrook Field, Enterprise", "Software", price: 780, cost: 70, "Yearly", per: "User",
            "Everything in Business, with single sign-on, several regions and a private deployment."),
    ]
    static let additions = [
        Product(
            "ANL-100", "Insight Reports", "Software", price: 9_600, cost: 900, "Yearly", per: "Licence",
            "Reports and forecasts on visits, travel and first-time fixes."),
        Product(
            "RTE-200", "Route Optimiser", "Software", price: 14_400, cost: 1_800, "Yearly", per: "Licence",
            "Plans the day's routes and plans them again when the day turns out otherwise."),
        Product(
            "API-050", "Integration Gateway", "Software", price: 7_200, cost: 600, "Yearly", per: "Licence",
            "Connects to finance and stock systems, with retries and an audit trail."),
        Product(
            "SUP-PRM", "Premium Support", "Support", price: 12_000, cost: 5_000, "Yearly", per: "Licence",
            "Answers within an hour, day and night, and a named engineer."),
        Product(
            "SUP-STD", "Standard Support", "Support", price: 4_800, cost: 2_100, "Yearly", per: "Licence",
            "Answers within a working day, by e-mail and telephone."),
    ]
    static let equipment = [
        Product(
            "HW-TAB", "Rugged Tablet", "Hardware", price: 890, cost: 640, "Once", per: "Piece",
            "Ten-inch tablet for vans and building sites, with three years of warranty."),
        Product(
            "HW-SCN", "Barcode Scanner", "Hardware", price: 260, cost: 175, "Once", per: "Piece",
            "Pocket scanner for parts and serial numbers."),
        Product(
            "HW-GPS", "Vehicle Tracker", "Hardware", price: 145, cost: 88, "Once", per: "Piece",
            "Reports where a van is, once a minute."),
    ]
    static let services = [
        Product(
            "CON-IMP", "Implementation Day", "Consulting", price: 1_450, cost: 820, "Once", per: "Day",
            "A consultant on site or online for a day."),
        Product(
            "CON-MIG", "Data Migration", "Consulting", price: 8_500, cost: 4_400, "Once", per: "Piece",
            "Brings customers, assets and open work orders over from the system before."),
        Product(
            "TRN-ADM", "Administrator Training", "Training", price: 1_900, cost: 700, "Once", per: "Day",
            "A day for up to eight administrators."),
        Product(
            "TRN-USR", "Dispatcher Training", "Training", price: 1_200, cost: 520, "Once", per: "Day",
            "A day for up to twelve dispatchers."),
    ]

    static let all = platform + additions + equipment + services
}

/// One effort of marketing.
struct CampaignPlan: Sendable {
    let reference: String
    let name: String
    let type: String
    /// Days before today of its first and last day; less than zero lies ahead.
    let days: ClosedRange<Int>
    let budget: Int
    let sent: Int
    let source: String
    let description: String
}

enum Campaigns {
    static let all = [
        CampaignPlan(
            reference: "campaign-webinar-1", name: "Webinar: first-time fix", type: "Webinar", days: 290...305, budget: 8_000,
            sent: 4_200, source: "Website", description: "Three customers tell how they halved the number of second visits."),
        CampaignPlan(
            reference: "campaign-expo", name: "Field Service Expo", type: "Conference", days: 200...203, budget: 64_000,
            sent: 1_900,
            source: "Event", description: "A stand with live routing demos and an evening for customers."),
        CampaignPlan(
            reference: "campaign-partners", name: "Partner referrals", type: "Partner", days: 60...340, budget: 30_000, sent: 85,
            source: "Partner", description: "Finder's fee for integrators who bring in a qualified deal."),
        CampaignPlan(
            reference: "campaign-search", name: "Search advertising", type: "Advertisement", days: -60...330, budget: 72_000,
            sent: 210_000, source: "Advertisement", description: "Always on, in English and German."),
        CampaignPlan(
            reference: "campaign-guide", name: "Guide: leaving spreadsheets behind", type: "Content", days: 20...150,
            budget: 12_000,
            sent: 6_800, source: "Website", description: "Forty pages on moving a service team to a planned day."),
        CampaignPlan(
            reference: "campaign-webinar-2", name: "Webinar: routes that hold", type: "Webinar", days: 34...35, budget: 9_000,
            sent: 5_100, source: "Website", description: "How routes survive traffic, sick days and urgent calls."),
        CampaignPlan(
            reference: "campaign-social", name: "Customer stories", type: "Social Media", days: -30...75, budget: 18_000,
            sent: 34_000,
            source: "Social Media", description: "Short films from vans, workshops and control rooms."),
        CampaignPlan(
            reference: "campaign-roadshow", name: "Spring roadshow", type: "Conference", days: -75...(-60), budget: 55_000,
            sent: 0,
            source: "Event", description: "Five cities, one morning each."),
    ]
}
