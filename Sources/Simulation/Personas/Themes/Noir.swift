extension Pack {
    static let noir = Pack(
        theme: "Noir Detective",
        seller: "Lamplight Investigations Supply",
        given: words(
            """
            Archie Augie Babs Bernice Buck Cora Dash Delia Dolores Eddie Estelle Frankie Gladys Gus Hattie Hugo Iris \
            Jake Jo Kitty Lana Lefty Lola Mabel Mack Mona Nate Ned Opal Percy Queenie Ray Rita Sal Stella Thelma \
            Trudy Vera Walt Zelda
            """),
        family: words(
            """
            Alibi Ashcan Backstreet Blackjack Calloway Cinders Clay Cutter Dahlia Deadbolt Draper Dusk Fedora \
            Fogarty Gallow Gimlet Grimm Hardwick Holloway Inkpen Jinx Kilbride Lomax Malloy Marlin Midnight Nocturne \
            Pinch Quayle Rainwater Rook Shade Slate Smoke Snoop Stakeout Trench Undercroft Vane Whisper
            """),
        heads: words(
            """
            Ash Black Cold Double Empty Fog Gray Hard Ink Jade Last Midnight Neon Old Pale Quiet Rain Smoke Third \
            Velvet
            """),
        tails: words(
            """
            Alley Bar Case Dock Eye Favor Glass Hat Hour Lamp Lead Match Motel Needle Pier Shadow Street Trail \
            Umbrella Witness
            """),
        kinds: [
            "Detective Agency", "Nightclub", "Pawnshop", "Newspaper", "Bail Bonds", "Warehouse", "Import-Export", "Hotel",
            "Attorneys", "Loans",
        ],
        places: [
            "Fog City, The Coast", "Lower Docks, The Coast", "Angel Flats, The Valley", "Pinetown, Upstate",
            "Rain Street, The Coast", "Harbor Row, The Coast", "Old Quarter, The Valley", "Switchyard, Upstate",
            "Boulevard End, The Valley", "Last Stop, Upstate",
        ],
        leaders: [
            "Senior Partner", "Club Owner", "Editor-in-Chief", "District Attorney",
        ],
        managers: [
            "Chief of Operatives", "Night Manager", "City Editor", "Records Director",
        ],
        specialists: [
            "Legman", "Darkroom Technician", "File Clerk", "Switchboard Operator",
        ],
        goods: [
            "case files", "darkroom supplies", "trench coats", "tail cars", "desk lamps", "filing cabinets",
        ],
        worries: [
            "the files walk out of the door on their own legs", "every lead is written on a matchbook",
            "the client's story has more holes than the roof", "nobody can tell who paid for the stakeout",
        ],
        occasions: [
            "a tip from a bartender", "the back room of a pool hall", "a rainy night at the docks",
            "an ad in the evening paper",
        ],
        farewells: [
            "Watch your back", "Keep the lamp lit", "See you around the block", "Stay out of the rain",
        ])
}
