extension Pack {
    static let fairyTale = Pack(
        theme: "Fairy Tale",
        seller: "Once & Upon Goods",
        given: words(
            """
            Amaryllis Ashling Bramble Bluebell Briar Castor Clover Crispin Dewdrop Elfrida Elowen Fable Fern \
            Foxglove Gossamer Greta Hansel-Otto Hazelnut Honeydew Ivo Jorinda Kasper Larkin Lilac Mirabel Moth \
            Nettle Otto Peascod Pippin Primrose Puck Rapunsa Rowan Rumple Snowdrop Tansy Thimble Willow Wisp
            """),
        family: words(
            """
            Acornshell Applecore Beanstalk Berrybasket Brambleback Breadcrumb Broomwood Candlewick Cobblestone \
            Dragonfly Elderberry Featherbed Gingerbread Glassslipper Gobletree Goosegirl Hawthorn Honeypot Inglenook \
            Kettledrum Lanternlight Magpie Mirrorworth Moonwell Mushroom Nightcap Oakmoss Owlfeather Pumpkinshell \
            Ravenquill Redhood Silverthimble Spindle Starapple Stardust Thistledown Toadstool Tumbledown Wishingwell \
            Wolfsbane
            """),
        heads: words(
            """
            Amber Brambled Crooked Dancing Enchanted Frosted Golden Hidden Invisible Jewelled Little Magic Moonlit \
            Northern Old Sleeping Spellbound Talking Twelve Whispering
            """),
        tails: words(
            """
            Acorn Apple Broom Candle Castle Cottage Crown Frog Goose Harp Kettle Lantern Mill Mirror Pumpkin Rose \
            Slipper Spindle Tower Well
            """),
        kinds: [
            "Bakery", "Spinners", "Cobblers", "Woodcutters", "Potions", "Carriages", "Mill", "Toymakers",
            "Royal Household", "Wishes",
        ],
        places: [
            "Beanstalk Rise, Over the Hills", "Gingerbread Lane, Deep Forest", "Tower Green, Far Kingdom",
            "Frog Pond, Far Kingdom", "Spindle Street, Far Kingdom", "Crooked Mile, Over the Hills",
            "Glass Mountain, Beyond the Sea", "Wolf's Path, Deep Forest", "Three Oaks, Deep Forest",
            "Moon Mill, Beyond the Sea",
        ],
        leaders: [
            "Queen Regent", "Royal Chamberlain", "Wizard-in-Chief", "Fairy Godmother",
        ],
        managers: [
            "Master Miller", "Head of Wishes", "Keeper of Spindles", "Castle Steward",
        ],
        specialists: [
            "Apprentice Cobbler", "Goose Girl", "Lamp Lighter", "Mirror Polisher",
        ],
        goods: [
            "glass slippers", "magic beans", "spinning wheels", "pumpkin carriages", "talking mirrors", "feather beds",
        ],
        worries: [
            "wishes are granted in the wrong order", "the breadcrumbs are eaten before the way back",
            "the mirror answers only the queen", "midnight always comes before the carriage",
        ],
        occasions: [
            "the royal ball", "a market in the deep forest", "a riddle at the bridge", "the naming of the princess",
        ],
        farewells: [
            "Happily ever after", "Until the clock strikes", "With a sprinkle of stardust", "Mind the wolf",
        ])
}
