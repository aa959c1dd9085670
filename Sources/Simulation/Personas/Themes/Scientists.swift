extension Pack {
    static let scientists = Pack(
        theme: "Scientists",
        seller: "Meniscus Laboratory Supply",
        given: words(
            """
            Adela Alaric Beata Bertram Caspar Cecily Clementine Cosima Dorian Edwina Elspeth Emmerich Florian Gerda \
            Gotthold Harriet Hildegard Ignatius Ines Johanna Kasimir Klara Leopold Linnea Lothar Magda Maximilian \
            Nestor Octavia Ottilie Philippa Quirin Roswitha Sigrid Tobias Ulrike Valentin Wilhelmina Xaver Zdenka
            """),
        family: words(
            """
            Albedo Alembic Beaker Bunsenberg Catalyst Centigrade Control Crucible Datum Dewar Distill Electrode \
            Enzym Erlenbach Filament Flask Fulcrum Galvan Gradient Helix Hypothes Isobar Kelvinson Lens Lodestone \
            Meniscus Momentum Nucleus Orbital Osmos Pendulum Petrishaw Pipett Prism Quanta Retort Specimen Spectrum \
            Titrat Vernier
            """),
        heads: words(
            """
            Absolute Brownian Carbon Dark Elastic Free Gamma Helical Inert Kinetic Latent Magnetic Noble Optical \
            Periodic Quantum Radiant Stable Thermal Valence
            """),
        tails: words(
            """
            Atom Beam Cell Dye Enzyme Field Gas Helix Ion Laser Lens Matter Nucleus Orbit Prism Quark Reagent \
            Spectrum Tube Vector
            """),
        kinds: [
            "Laboratories", "Observatory", "Institute", "Instruments", "Research", "Apparatus", "Society", "Diagnostics",
            "Reactors", "Collections",
        ],
        places: [
            "Observatory Hill, The Capital", "Bunsen Row, Rhine Valley", "Apple Orchard, Fenland",
            "Cloud Chamber, The Coast", "Galvani Port, Po Valley", "Herbarium, Uplands", "Tower of Weights, Tuscany",
            "Sample Bay, The Coast", "Cold Trap, Baltic", "Sugar Street, The Capital",
        ],
        leaders: [
            "Director of Research", "Principal Investigator", "Head of Institute", "Chief Observer",
        ],
        managers: [
            "Laboratory Manager", "Head of Instruments", "Director of Safety", "Collections Manager",
        ],
        specialists: [
            "Laboratory Technician", "Data Curator", "Glassblower", "Field Assistant",
        ],
        goods: [
            "microscopes", "fume hoods", "sample freezers", "glassware", "calibration weights", "lab notebooks",
        ],
        worries: [
            "results cannot be repeated because nobody wrote down the batch", "the freezer inventory is a legend",
            "grants are counted twice and spent three times", "every bench has its own units",
        ],
        occasions: [
            "a poster session", "the annual congress", "a tour of the observatory",
            "a failed experiment that made everyone laugh",
        ],
        farewells: [
            "With significance", "Yours, within one standard deviation", "Keep observing", "Until it is repeated",
        ])
}
