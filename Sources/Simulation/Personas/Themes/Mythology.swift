extension Pack {
    static let mythology = Pack(
        theme: "Mythology",
        seller: "Ambrosia & Sons",
        given: words(
            """
            Acantha Aeolus Althea Anteros Boreas Callisto Ceyx Clio Damon Daphne Echo Eos Erato Evander Galatea \
            Glaucus Hebe Helios Hesper Ianthe Iris Kalliope Kastor Lethe Lycus Maia Melpomene Nereus Niobe Oceana \
            Orion Pallas Phaedra Proteus Rhesus Sibyl Thalia Triton Xanthos Zephyra
            """),
        family: words(
            """
            Aegisbearer Ambrosios Argolid Asphodel Brazenhoof Cadmean Chimera Cloudgatherer Cyprian Delphinos \
            Dryadson Elysian Erebos Fleecewright Fury Gorgonslayer Harpyson Hydrabane Ithacan Labyrinth Laurelcrown \
            Lotuseater Marathon Naiadson Nectarine Oaken Olympios Oracle Pelagos Phrygian Pillarholder Rivergod \
            Sandalwing Satyrson Starborn Styxward Thunderstone Tridentine Underworld Winedark
            """),
        heads: words(
            """
            Amber Bronze Cloud Delphic Eternal Fated Golden Hidden Immortal Laurel Marble Nine Olive Pale River \
            Sacred Thunder Under Violet Winged
            """),
        tails: words(
            """
            Altar Bull Chariot Dolphin Eagle Fleece Grove Harp Isle Lyre Maze Nymph Oracle Pegasus Quest Serpent \
            Spring Temple Urn Wreath
            """),
        kinds: [
            "Temple", "Oracle Services", "Chariots", "Vineyards", "Forge", "Heralds", "Ferries", "Games", "Weavers",
            "Librarians",
        ],
        places: [
            "Arcadia, The Mainland", "Delos, The Islands", "Ithaka, The Islands", "Lesser Olympus, The Heights",
            "Hesperia, The West", "Colchis, The East", "Thebes, The Mainland", "Aulis, The Mainland",
            "Lotus Shore, The West", "Styx Landing, The Underworld",
        ],
        leaders: [
            "High Oracle", "Keeper of Thunder", "Temple Head", "Chief Muse",
        ],
        managers: [
            "Master of Chariots", "Director of Sacrifices", "Harvest Manager", "Herald Captain",
        ],
        specialists: [
            "Acolyte", "Ferry Hand", "Lyre Tuner", "Scroll Bearer",
        ],
        goods: [
            "winged sandals", "amphorae", "laurel wreaths", "chariot wheels", "temple incense", "bronze shields",
        ],
        worries: [
            "prophecies are filed under the wrong hero", "the ferry takes every coin but keeps no list",
            "the labyrinth has no floor plan", "two gods have booked one altar",
        ],
        occasions: [
            "the games at the foot of the mountain", "a banquet with nectar", "the spring sacrifice",
            "a dream sent by night",
        ],
        farewells: [
            "May the fates be kind", "With laurels", "Under clear omens", "Until the oracle speaks",
        ])
}
