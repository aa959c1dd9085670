extension Pack {
    static let pirates = Pack(
        theme: "Pirates",
        seller: "Saltmarsh Chandlery",
        given: words(
            """
            Annie Barnaby Bess Billy Calico Cutlass Davy Digby Edmund Esmeralda Finn Flora Gideon Greta Hector Hook \
            Inez Jack Jonah Kate Long-John Lucky Mad-Meg Mary Morgan Ned Oona Old-Tom Peg Polly Quincy Red Rufus \
            Sally Scurvy Silas Tib Ulric Wally Winnie
            """),
        family: words(
            """
            Anchors Barnacle Bilge Blackspot Blunderbuss Bowsprit Cannon Capstan Coral Crabbe Cutwater Doubloon \
            Driftwood Fathom Flagg Flotsam Gale Galleon Hardtack Harpoon Hornpipe Jetsam Keelhaul Lanyard Longboat \
            Marrow Mizzen Parrot Pegleg Plank Privateer Reef Rigging Rumbold Saltbeard Scallop Shark Squall Tidewell \
            Yardarm
            """),
        heads: words(
            """
            Barnacled Black Crimson Drowned Eastern Flying Golden Hidden Island Jolly Kraken Leeward Merry Northern \
            Ocean Plundered Queen's Royal Salty Tortoise
            """),
        tails: words(
            """
            Albatross Bounty Compass Dolphin Fortune Galleon Hook Isle Jib Keel Lagoon Mermaid Oyster Parrot Rum \
            Schooner Sword Tide Treasure Wave
            """),
        kinds: [
            "Trading Company", "Crew", "Rum Works", "Shipwrights", "Salvagers", "Sail Loft", "Spice Traders",
            "Chart House", "Brotherhood", "Provisioners",
        ],
        places: [
            "Port Cutlass, Spyglass Isles", "Rumhaven, Spyglass Isles", "Dead Calm, The Doldrums",
            "Kraken Bay, Leeward Shore", "Gull Rock, Leeward Shore", "Shanty Cove, Spyglass Isles",
            "Lantern Point, Windward Shore", "Old Anchor, Windward Shore", "Coral Gate, The Doldrums",
            "Three Masts, Leeward Shore",
        ],
        leaders: [
            "Captain", "Commodore", "Pirate Queen", "Harbour Master",
        ],
        managers: [
            "First Mate", "Quartermaster", "Bosun", "Sailing Master",
        ],
        specialists: [
            "Powder Hand", "Cook's Mate", "Lookout", "Carpenter's Hand",
        ],
        goods: [
            "rum barrels", "sailcloth", "sea charts", "cannon balls", "spyglasses", "parrot feed",
        ],
        worries: [
            "the treasure map has been wet twice", "the rum is gone before the count", "two crews claim the same island",
            "the cook writes the stores on his apron",
        ],
        occasions: [
            "a tavern in Rumhaven", "the sharing of the spoils", "a parley at sea", "the auction of a prize ship",
        ],
        farewells: [
            "Fair winds", "Steady as she goes", "Till the tide turns", "Yours before the mast",
        ])
}
