extension Pack {
    static let shakespeare = Pack(
        theme: "Shakespeare",
        seller: "The Quill and Curtain",
        given: words(
            """
            Alonzo Amaryllis Balthasar Beatrix Bellario Celestine Claudine Corin Diamond Dorcas Ermengarde Fabian \
            Florizel Francisca Gonzalo Gratiana Helenor Hermia Imelda Isidore Jessamy Laurence Lavina Leander \
            Lucentia Marcellus Mariana Nerissa Orlando Osric Perdita Petronella Quinton Rosalind Rowland Sebastian \
            Silvius Thaisa Ursula Viola
            """),
        family: words(
            """
            Applegarth Archidale Ashenford Bracknell Buckram Cleverly Costard Dunsinane Elsinor Fairweather \
            Fennimore Fortinbray Gadshill Goodfellow Greensleeves Hartshorn Hollyoak Inkwell Jestwell Kindlemarsh \
            Larkspur Merriman Motley Nightwatch Oldcastle Pomfret Proudfoot Quillfeather Ravenspurgh Rialton \
            Scrivener Silverton Tapster Thornfield Touchwood Underwood Verily Wagstaff Wherefore Yorick
            """),
        heads: words(
            """
            Arden Bohemian Crowned Double Enchanted Forest Globe Honest Illyrian Jesting King's Learned Midsummer \
            Noble Othered Proud Queen's Roman Sovereign Twelfth Verona Winter's
            """),
        tails: words(
            """
            Arrow Bear Candle Dagger Elm Fool Garland Heron Inn Jester Knot Lute Mask Nightingale Orchard Page Quill \
            Rose Stage Tempest Unicorn Wreath
            """),
        kinds: [
            "Players", "Company", "Playhouse", "Printers", "Merchants", "Tailors", "Vintners", "Brothers",
            "and Daughters", "Revels",
        ],
        places: [
            "Old Verona, Italy of the Stage", "Illyria, The Coast", "Elsinore, Denmark of the Stage",
            "Arden, Forest Shires", "Southwark, London of Old", "Padua, Italy of the Stage", "Ephesus, The Coast",
            "Windsor, Forest Shires", "Messina, Italy of the Stage", "Belmont, The Coast",
        ],
        leaders: [
            "Master of the Revels", "Patron", "Duke's Chamberlain", "Mistress of the Playhouse",
        ],
        managers: [
            "Keeper of the Wardrobe", "Prompter-in-Chief", "Steward", "Book-Keeper",
        ],
        specialists: [
            "Apprentice Player", "Candle Snuffer", "Scrivener", "Tire-Woman",
        ],
        goods: [
            "velvet costumes", "parchment", "stage candles", "painted backcloths", "trapdoors", "lute strings",
        ],
        worries: [
            "the ghost enters on the wrong cue", "the players are paid in promises",
            "the wardrobe knows not its own cloaks", "every scroll of parts contradicts another",
        ],
        occasions: [
            "a midsummer performance", "the players' supper", "a letter borne by a page", "the opening of the new stage",
        ],
        farewells: [
            "Your servant ever", "Exit, with thanks", "Thine in good faith", "Parting is such brief business",
        ])
}
