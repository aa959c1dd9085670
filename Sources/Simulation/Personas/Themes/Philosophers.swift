extension Pack {
    static let philosophers = Pack(
        theme: "Philosophers",
        seller: "Agora & Stoa Ltd.",
        given: words(
            """
            Alcandra Anaxor Aristella Benedikta Boethia Cassiodora Cleanthea Crito Damaris Dionysia Eudora Euthymia \
            Gorgia Hilarion Hypata Irenaeus Kritias Leontia Lucretia Lysias Melissus Monika Nausicaa Okkama Parmenia \
            Philo Plotina Porphyria Protagor Renata Sabina Senekia Simone Theano Theodora Timaea Voltaria Xenia \
            Zenobia Zeno
            """),
        family: words(
            """
            Allegori Antithesis Aphorism Apori Axiom Cavewall Certainty Dialektis Doubter Eidos Elenchos Emporos \
            Essence Ethikos Forms Golden-Mean Gardener Hemlock Idealis Ifthen Katharis Logothete Maieutis Maxim \
            Method Monadis Noumenon Ontos Paradox Peripatos Premiss Pure-Reason Razor Skeptikos Sophron Stoa \
            Syllogis Tabula Thought Verity
            """),
        heads: words(
            """
            Absolute Certain Deductive Examined First Golden Higher Inner Just Known Last Moral Necessary Open \
            Possible Pure Radical Second Sufficient True
            """),
        tails: words(
            """
            Axiom Cave Chariot Doubt Essence Form Garden Idea Logic Mean Monad Paradox Premise Proof Question Reason \
            School Thought Virtue Will
            """),
        kinds: [
            "Academy", "School", "Symposium", "Debaters", "Press", "Seminars", "Institute", "Salon", "Readers", "Lyceum",
        ],
        places: [
            "Stoa Square, Old Greece", "Garden Gate, Old Greece", "Elea Heights, Magna Graecia", "Tusculum, Latium",
            "Left Bank, The Cafes", "Tower Study, Gascony", "Lens Street, The Lowlands", "Clock Walk, Baltic Coast",
            "Highland Salon, The North", "Mountain Hut, The Alps",
        ],
        leaders: [
            "Head of School", "Scholarch", "Dean of Dialogues", "Chief Sceptic",
        ],
        managers: [
            "Director of Ethics", "Head of Logic", "Symposium Manager", "Keeper of Manuscripts",
        ],
        specialists: [
            "Junior Peripatetic", "Copyist", "Doubt Analyst", "Seminar Assistant",
        ],
        goods: [
            "lecture halls", "parchment rolls", "debate timers", "reading chairs", "printing presses", "garden benches",
        ],
        worries: [
            "every answer opens two new tickets", "the premises are stored apart from the conclusions",
            "nobody agrees what a customer is", "the archive refutes itself",
        ],
        occasions: [
            "the winter symposium", "an argument in the garden", "a lecture on method", "a walk along the colonnade",
        ],
        farewells: [
            "In good reason", "Yours, provisionally", "Until doubt do us part", "Think well",
        ])
}
