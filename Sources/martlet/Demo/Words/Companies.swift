/// A company that buys, or might.
struct Company: Sendable {
    let name: String
    let industry: String
    let city: String
    let state: String?
    let country: String
    let employees: Int
    /// Of the phone number, whose last four digits lie in the range kept free for fiction.
    let areaCode: Int

    var region: Employee.Region {
        switch country {
        case "United States", "Canada": .americas
        case "Japan", "Singapore", "Australia", "New Zealand": .apac
        default: .emea
        }
    }

    var domain: String { Text.domain(name) }

    init(
        _ name: String, _ industry: String, _ city: String, _ state: String?, _ country: String, _ employees: Int, _ areaCode: Int
    ) {
        (self.name, self.industry, self.city, self.state) = (name, industry, city, state)
        (self.country, self.employees, self.areaCode) = (country, employees, areaCode)
    }
}

enum Companies {
    static let all = americas + overseas

    private static let americas = [
        Company("Redwood Valley Growers", "Agriculture", "Fresno", "California", "United States", 640, 559),
        Company("Prairie Gold Mills", "Agriculture", "Saskatoon", "Saskatchewan", "Canada", 310, 306),
        Company("Ironbridge Construction", "Construction", "Pittsburgh", "Pennsylvania", "United States", 1850, 412),
        Company("Summit Ridge Builders", "Construction", "Denver", "Colorado", "United States", 420, 303),
        Company("Calder & Rowe Engineering", "Construction", "Calgary", "Alberta", "Canada", 980, 403),
        Company("Whitmore College", "Education", "Burlington", "Vermont", "United States", 760, 802),
        Company("Lakeside School District", "Education", "Madison", "Wisconsin", "United States", 2300, 608),
        Company("Blue Mesa Energy", "Energy", "Albuquerque", "New Mexico", "United States", 1400, 505),
        Company("Great Plains Wind", "Energy", "Amarillo", "Texas", "United States", 380, 806),
        Company("Harborstone Bank", "Financial Services", "Boston", "Massachusetts", "United States", 3200, 617),
        Company("Meridian Trust", "Financial Services", "Charlotte", "North Carolina", "United States", 1250, 704),
        Company("Copperleaf Capital", "Financial Services", "Toronto", "Ontario", "Canada", 210, 416),
        Company("City of Port Ellis", "Government", "Port Ellis", "Washington", "United States", 890, 360),
        Company("Larkspur Health", "Healthcare", "Portland", "Oregon", "United States", 4100, 503),
        Company("Saint Brendan Hospital Group", "Healthcare", "Saint Louis", "Missouri", "United States", 7800, 314),
        Company("Clearwater Clinics", "Healthcare", "Tampa", "Florida", "United States", 560, 813),
        Company("Pine & Harbor Hotels", "Hospitality", "Portland", "Maine", "United States", 1100, 207),
        Company("Juniper Table Restaurants", "Hospitality", "Austin", "Texas", "United States", 930, 512),
        Company("Evergreen Mutual", "Insurance", "Hartford", "Connecticut", "United States", 2700, 860),
        Company("Beacon Casualty", "Insurance", "Omaha", "Nebraska", "United States", 1350, 402),
        Company("Tallgrass Machinery", "Manufacturing", "Wichita", "Kansas", "United States", 1750, 316),
        Company("Northfield Precision", "Manufacturing", "Rochester", "New York", "United States", 480, 585),
        Company("Kestrel Aerostructures", "Manufacturing", "Spokane", "Washington", "United States", 2100, 509),
        Company("Brightwater Packaging", "Manufacturing", "Milwaukee", "Wisconsin", "United States", 870, 414),
        Company("Gallagher Press", "Media", "Chicago", "Illinois", "United States", 340, 312),
        Company("Second Harvest Network", "Nonprofit", "Nashville", "Tennessee", "United States", 150, 615),
        Company("Whitaker Lowe", "Professional Services", "New York", "New York", "United States", 620, 212),
        Company("Arbor Legal Partners", "Professional Services", "Atlanta", "Georgia", "United States", 190, 404),
        Company("Stonegate Properties", "Real Estate", "Phoenix", "Arizona", "United States", 270, 602),
        Company("Maple & Main Outfitters", "Retail", "Minneapolis", "Minnesota", "United States", 1600, 612),
        Company("Corner Pantry Markets", "Retail", "Columbus", "Ohio", "United States", 5200, 614),
        Company("Ledgerline", "SaaS", "San Francisco", "California", "United States", 230, 415),
        Company("Cadence Scheduling", "SaaS", "Salt Lake City", "Utah", "United States", 140, 801),
        Company("Brightpath Analytics", "SaaS", "Montreal", "Quebec", "Canada", 95, 514),
        Company("Quillon Systems", "Technology", "Raleigh", "North Carolina", "United States", 1050, 919),
        Company("Foxglove Software", "Technology", "Vancouver", "British Columbia", "Canada", 330, 604),
        Company("Vantage Semiconductors", "Technology Hardware", "San Jose", "California", "United States", 3600, 408),
        Company("Tidewater Telecom", "Telecommunications", "Norfolk", "Virginia", "United States", 2450, 757),
        Company("Longhaul Freight Lines", "Transportation", "Memphis", "Tennessee", "United States", 6400, 901),
        Company("Sierra Regional Air", "Transportation", "Reno", "Nevada", "United States", 720, 775),
        Company("Great Lakes Shipping", "Transportation", "Duluth", "Minnesota", "United States", 1150, 218),
    ]

    /// With the numbers of their offices in North America.
    private static let overseas = [
        Company("Hollin & Sons Estates", "Agriculture", "Norwich", nil, "United Kingdom", 180, 646),
        Company("Aldgate Insurance", "Insurance", "London", nil, "United Kingdom", 1900, 646),
        Company("Pennine Water", "Energy", "Leeds", nil, "United Kingdom", 2600, 646),
        Company("Rheinwerk Anlagenbau", "Manufacturing", "Cologne", nil, "Germany", 1450, 917),
        Company("Nordlicht Logistik", "Transportation", "Hamburg", nil, "Germany", 3100, 917),
        Company("Alpenblick Kliniken", "Healthcare", "Munich", nil, "Germany", 2200, 917),
        Company("Atelier Fontaine", "Retail", "Lyon", nil, "France", 410, 929),
        Company("Banque du Littoral", "Financial Services", "Nantes", nil, "France", 1700, 929),
        Company("Helvetia Precision Tools", "Manufacturing", "Winterthur", nil, "Switzerland", 520, 332),
        Company("Polder Energie", "Energy", "Rotterdam", nil, "Netherlands", 960, 332),
        Company("Fjordkraft Maritime", "Transportation", "Bergen", nil, "Norway", 680, 332),
        Company("Lusitania Telecom", "Telecommunications", "Lisbon", nil, "Portugal", 1300, 929),
        Company("Skyline Property Trust", "Real Estate", "Dublin", nil, "Ireland", 240, 646),
        Company("Hoshino Components", "Technology Hardware", "Osaka", nil, "Japan", 1850, 213),
        Company("Sakura Rail Services", "Transportation", "Nagoya", nil, "Japan", 4300, 213),
        Company("Straits Logistics", "Transportation", "Singapore", nil, "Singapore", 900, 213),
        Company("Lion City Clinics", "Healthcare", "Singapore", nil, "Singapore", 570, 213),
        Company("Southern Cross Mining", "Energy", "Perth", nil, "Australia", 2900, 213),
        Company("Kauri Building Supplies", "Construction", "Auckland", nil, "New Zealand", 360, 213),
    ]
}
