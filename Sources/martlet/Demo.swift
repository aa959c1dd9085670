import Engine
import Metadata
import ObjectQL
import Simulation
import Values

/// Fills an empty database with believable life: a company's past, as fast as possible, and customers of the present, as they come.
struct Demo {
    private let simulations: Simulations
    private let now: Instant

    init(_ simulations: Simulations, now: Instant = .wallClock) { (self.simulations, self.now) = (simulations, now) }

    /// Makes and starts the simulations that are not there yet; whoever works on simulations carries them out.
    ///
    /// Does nothing where there are accounts of somebody else's.
    func begin() async throws {
        let orders = [past, present]
        let seeds = JSON.array(orders.compactMap { $0["seed"] })
        let made = try await records("Simulation", ["Id", "Seed", "Status", "IsDeleted"], where: ["Seed": ["$in": seeds]])
        if made.isEmpty, try await !records("Account", ["Id"]).isEmpty { return }
        let session = Session.administrator(now: now)
        for order in orders {
            let record = made.first { $0["Seed"] == order["seed"] }
            if let record, record["Status"] != "Queued" || record["IsDeleted"] == true { continue }
            let id = if let id = record?["Id"]?.string { id } else { try await simulations.create(order, as: session) }
            try await simulations.start(id, as: session)
        }
    }

    private static let day: Int64 = 86_400_000_000

    /// A company that has grown for a year.
    private var past: JSON {
        [
            "theme": "Plain Business", "industry": "Professional Services", "totalRecords": 240, "seed": "20240229",
            "speed": "max",
            "distributionMethod": ["method": "Exponential", "ratio": 6],
            "startTime": .string((now + -365 * Self.day).description), "endTime": .string(now.description),
        ]
    }

    /// Guests of a month. At first about one comes every minute, so that there is something to see; the more there are, the more
    /// they have to do.
    private var present: JSON {
        [
            "theme": "Cuisine", "industry": "Hospitality", "scenario": "B2C", "totalRecords": 1800, "seed": "20240301",
            "speed": 1,
            "distributionMethod": ["method": "Front-loaded", "power": 20],
            "startTime": .string(now.description), "endTime": .string((now + 30 * Self.day).description),
        ]
    }

    /// Records, also deleted ones; none where the metadata knows no such object.
    private func records(_ object: String, _ fields: [String], where filters: JSON = [:]) async throws -> [JSON] {
        guard simulations.engine.registry.object(object) != nil else { return [] }
        let query = try Query(json: [
            "object": .string(object), "fields": .array(fields.map(JSON.string)), "filters": filters,
            "limit": 10, "deleted": true,
        ])
        return try await simulations.engine.read(query, as: .administrator(now: now)).records
    }
}
