extension Pack {
    static let cuisine = Pack(
        theme: "Cuisine",
        seller: "Mise en Place Wholesale",
        given: words(
            """
            Almond Anise Apolline Basil Bay Bernadette Biscotto Caraway Casimir Cayenne Chanterelle Cicely Clove \
            Coriander Dill Endive Fennel Filbert Ginger Hazel Honey Jasmin Juniper Lavender Lorel Mace Marjoram \
            Melba Mirabelle Nigella Olive Paprika Pepita Quince Rosemary Saffron Sage Sorrel Tarragon Verbena
            """),
        family: words(
            """
            Aioli Apfelkern Bechamel Biscuit Bouillon Brioche Butterworth Caper Carpaccio Cassoulet Consomme Coulis \
            Crouton Custard Dumpling Eclair Feuilleton Focacci Fricassee Ganache Gnocchi Gratin Hollandais Jus Ladle \
            Macaroon Marinade Meringue Nougat Omelett Parfait Pepperell Pomodori Ragout Ramekin Roux Souffle Tartine \
            Truffaut Whisk
            """),
        heads: words(
            """
            Amber Blanched Candied Caramel Copper Crisp Dark Early Fresh Golden Hearty Iced Juicy Knead Lemon Mellow \
            Olive Pepper Rustic Salted
            """),
        tails: words(
            """
            Apron Basket Butter Cellar Crumb Fork Garden Griddle Hearth Kettle Ladle Larder Oven Pan Pantry Pestle \
            Plate Spoon Table Whisk
            """),
        kinds: [
            "Kitchen", "Bakery", "Bistro", "Catering", "Market", "Vineyards", "Dairy", "Roastery", "Patisserie", "Larder",
        ],
        places: [
            "Butter Lane, Old Market", "Vine Hill, Wine Country", "Oyster Quay, The Coast", "Spice Street, Old Market",
            "Olive Terrace, The South", "Truffle Wood, The Hills", "Salt Works, The Coast", "Roast Corner, The Quarter",
            "Mill Stream, Wine Country", "Fig Court, The South",
        ],
        leaders: [
            "Executive Chef", "Restaurateur", "Maitre de Maison", "Head Vintner",
        ],
        managers: [
            "Sous Chef", "Pastry Director", "Cellar Manager", "Purchasing Manager",
        ],
        specialists: [
            "Line Cook", "Saucier", "Cheese Monger", "Dish Steward",
        ],
        goods: [
            "copper pans", "bread ovens", "olive oil", "oyster knives", "wine coolers", "table linen",
        ],
        worries: [
            "the butter runs out in the middle of the service", "the menu changes faster than the order book",
            "two cellars keep one inventory", "deliveries come when the kitchen sleeps",
        ],
        occasions: [
            "a tasting", "the harvest fair", "a supper that went on until morning", "the opening of a new kitchen",
        ],
        farewells: [
            "Bon appetit", "With a pinch of salt", "Warmly, from the pass", "To a full table",
        ])
}
