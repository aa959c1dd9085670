import Engine
import Values

/// What is sold in the CRM that is simulated: the theme's goods, at prices that suit the industry's deals, and their delivery.
package struct Catalogue: Sendable {
    struct Product: Sendable {
        let id: String
        /// As a text speaks of it, in the plural.
        let goods: String
        /// In US dollars apiece.
        let price: Int
        let code: String
        let ids: IDSeed
    }

    let goods: [Product]
    let delivery: Product

    package var ids: [String] { (goods + [delivery]).map(\.id) }

    /// - Parameter industry: whose deals are worth some ten to forty pieces, or one to four for a consumer.
    init(_ pack: Pack, _ industry: Industry, seed: UInt64, ids: IDSeed, at start: Instant) {
        var stream = Stream(seed: seed, Purpose("catalogue"))
        let tag = ids.id(at: start).suffix(4).uppercased()
        func product(_ goods: String, _ place: Int, _ price: Int) -> Product {
            let own = ids.child(place)
            return Product(id: own.id(at: start), goods: goods, price: price, code: "P\(place + 1)-\(tag)", ids: own)
        }
        self.goods = pack.goods.enumerated().map { place, goods in
            let pieces = industry.scenario == .b2b ? stream.number(10...40) : stream.number(1...4)
            return product(goods, place, Money.price(industry.dealAmount / Double(pieces)))
        }
        delivery = product("delivery and set-up", pack.goods.count, Money.price(industry.dealAmount / 20))
    }

    /// The records, as somebody enters them before the first story begins.
    func products(at start: Instant, by member: Int) -> [Story.Step] {
        (goods + [delivery]).map { product in
            Story.Step(
                due: start, by: member,
                request: .create(
                    object: "Product",
                    values: [
                        "Name": .string(product.goods.prefix(1).uppercased() + product.goods.dropFirst()),
                        "ProductCode": .string(product.code), "ListPrice": .whole(product.price),
                        "Cost": .whole(product.price * 2 / 5),
                    ]), ids: product.ids)
        }
    }
}

extension Teller {
    /// Offers what the deal is about by the piece, and the delivery for what is left of its amount.
    mutating func quote(_ deal: Deal, at moment: Instant) {
        guard setting.crm.quotesProducts else { return }
        let (pieces, rest) = deal.amount.quotientAndRemainder(dividingBy: deal.product.price)
        if pieces > 0 { offer(deal.product, pieces, at: deal.product.price, in: deal, moment) }
        if rest > 0 { offer(pieces > 0 ? setting.catalogue.delivery : deal.product, 1, at: rest, in: deal, moment) }
    }

    private mutating func offer(_ product: Catalogue.Product, _ pieces: Int, at price: Int, in deal: Deal, _ moment: Instant) {
        create(
            "OpportunityLineItem", at: moment, by: owner,
            [
                "OpportunityId": .string(deal.id), "ProductId": .string(product.id), "Quantity": .whole(pieces),
                "UnitPrice": .whole(price),
                "ServiceDate": .day(setting.window.zone.day(moment).adding(months: 2).firstOfMonth),
            ])
    }
}
