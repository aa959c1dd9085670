extension Pack {
    static let arthurian = Pack(
        theme: "Arthurian",
        seller: "Caliburn Armourers",
        given: words(
            """
            Agravane Alys Balin Bedwyn Bors Branwen Caradoc Clarissant Cuthbert Dagonet Dindra Ector Elyan Enid \
            Ffion Gaheris Galeth Gareth Gwendolen Hereward Igraine Isolde Kay Lionel Lunete Lynette Mabyn Merewen \
            Morwenna Nimue Olwen Owain Palomyd Pellinor Ragnell Safir Tristram Urien Vivian Ywain
            """),
        family: words(
            """
            Ashlance Avalane Banneret Blackshield Brightblade Broadlance Caerwood Castleford Chalice Dragonsbane \
            Dunmere Fairgreave Falconer Gauntlet Goldspur Grailward Greenhelm Halberd Hawkwood Ironhelm Joust \
            Kingsmere Lakewater Lanceworth Lionheart Marchwarden Mistvale Oathkeeper Palfrey Pendragoon Questwell \
            Redpommel Roundhall Scabbard Shieldborne Stonehand Swordbridge Tourney Towerhold Whitehart
            """),
        heads: words(
            """
            Argent Broken Castle Dragon Elder Faithful Golden Holy Ivory Joyous King's Lion Misty Noble Oaken \
            Perilous Questing Round Silver True
            """),
        tails: words(
            """
            Anvil Banner Chalice Dove Ember Falcon Gate Hart Inn Joust Keep Lance Mantle Oath Palfrey Quest Raven \
            Shield Table Vigil
            """),
        kinds: [
            "Armoury", "Knights", "Stables", "Abbey", "Smithy", "Heralds", "Guild", "Mill", "Tourneys", "Orchards",
        ],
        places: [
            "Caer Lluan, Logres", "Joyous Hall, Logres", "Lakeside, Avalon Shore", "Tintmere, Cornwall of Old",
            "Siege Perilous, Logres", "Corben Keep, The Wastes", "Astolat Mead, Logres", "Orkney Steps, The North",
            "Lyon Gate, Cornwall of Old", "Mist Isle, Avalon Shore",
        ],
        leaders: [
            "Seneschal", "Lady of the Keep", "Knight Commander", "Abbess",
        ],
        managers: [
            "Master-at-Arms", "Chief Herald", "Steward of the Stables", "Castellan",
        ],
        specialists: [
            "Squire", "Page", "Armourer's Apprentice", "Scribe",
        ],
        goods: [
            "plate armour", "jousting lances", "banners", "horse tack", "siege ladders", "goblets",
        ],
        worries: [
            "the quests are promised twice to different knights",
            "the armour comes back from the smith in the wrong size", "the round table has a waiting list",
            "no herald knows who won",
        ],
        occasions: [
            "the Whitsun tournament", "a vigil in the chapel", "the feast at the round table", "a meeting at the ford",
        ],
        farewells: [
            "By my oath", "Yours in honour", "God speed thy quest", "With a steady lance",
        ])
}
