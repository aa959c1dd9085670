/// Someone of the company that sells.
struct Employee: Sendable {
    enum Region: String { case americas = "Americas", emea = "EMEA", apac = "APAC" }

    let reference: String
    let name: String
    let title: String
    let department: String
    let region: Region
    /// The reference of the manager.
    let manager: String?
    /// In whole dollars a year.
    var quota: Int?

    var firstName: String { String(name.prefix { $0 != " " }) }
    var email: String { Text.handle(name) + "@alderbrook.example" }
}

/// The people of Alderbrook, a maker of software for field teams.
enum Staff {
    static let head = Employee(
        reference: "osei", name: "Margaret Osei", title: "Chief Revenue Officer", department: "Sales", region: .americas,
        manager: nil,
        quota: 9_000_000)
    static let directors = [
        Employee(
            reference: "whitfield", name: "Daniel Whitfield", title: "Sales Director, Americas", department: "Sales",
            region: .americas, manager: "osei", quota: 5_200_000),
        Employee(
            reference: "solberg", name: "Ingrid Solberg", title: "Sales Director, EMEA and APAC", department: "Sales",
            region: .emea, manager: "osei", quota: 3_800_000),
    ]
    static let sellers = [
        Employee(
            reference: "raman", name: "Priya Raman", title: "Senior Account Executive", department: "Sales", region: .americas,
            manager: "whitfield", quota: 1_900_000),
        Employee(
            reference: "bell", name: "Marcus Bell", title: "Account Executive", department: "Sales", region: .americas,
            manager: "whitfield", quota: 1_500_000),
        Employee(
            reference: "herrera", name: "Elena Herrera", title: "Account Executive", department: "Sales", region: .americas,
            manager: "whitfield", quota: 1_500_000),
        Employee(
            reference: "dubois", name: "Charlotte Dubois", title: "Account Executive", department: "Sales", region: .emea,
            manager: "solberg", quota: 1_400_000),
        Employee(
            reference: "watanabe", name: "Kenji Watanabe", title: "Account Executive", department: "Sales", region: .apac,
            manager: "solberg", quota: 1_200_000),
    ]
    static let success = Employee(
        reference: "nwosu", name: "Amara Nwosu", title: "Customer Success Manager", department: "Customer Success",
        region: .americas, manager: "osei")
    static let support = Employee(
        reference: "feldman", name: "Ruth Feldman", title: "Head of Support", department: "Support", region: .americas,
        manager: "osei")
    static let marketing = Employee(
        reference: "marchetti", name: "Leo Marchetti", title: "Marketing Manager", department: "Marketing", region: .emea,
        manager: "osei")

    static let all = [head] + directors + sellers + [success, support, marketing]

    static func sellers(in region: Employee.Region) -> [Employee] { sellers.filter { $0.region == region } }
}
