extension Pack {
    static let composers = Pack(
        theme: "Composers",
        seller: "Da Capo Instruments",
        given: words(
            """
            Adelina Albinus Amadea Antonin Aria Benedetto Cadenza Cantabile Carlotta Claudio Coda Dolce Dorothea \
            Eusebia Fanny Florestan Friederike Gaspara Giovanna Hector-Louis Ilse Jean-Rameau Kantata Leopolda Luisa \
            Maddalena Nannerl Nikolai-Anton Ottavio Palestra Philomena Rondo Rosina Sebastiana Serafina Tobiasz \
            Ursina Viola-Maria Wolfram Zoltanka
            """),
        family: words(
            """
            Adagio Allegretti Andantino Arpeggi Bassani Cadenzini Canon Cantor Chorale Clavier Counterpoint \
            Crescendo Diminuendi Divertimenti Etude Fermata Fortepian Fugato Galliard Harpsich Intermezzi Kapellberg \
            Largo Legati Madrigal Menuett Nocturno Oboist Passacagli Pizzicati Prelude Quintett Rallentand Ritornell \
            Scherzi Sonatin Staccati Tempi Toccata Vivacello
            """),
        heads: words(
            """
            Andante Brillant Chamber Dolce Eroic Festive Grand Harmonic Imperial Joyful Lyric Minor Nocturnal Opera \
            Pastoral Quiet Royal Solemn Tempered Unfinished
            """),
        tails: words(
            """
            Aria Baton Cello Chorus Duet Etude Flute Fugue Harp Interlude March Nocturne Organ Overture Prelude \
            Quartet Rondo Sonata Trio Waltz
            """),
        kinds: [
            "Orchestra", "Opera", "Conservatory", "Music Press", "Organ Builders", "Concerts", "Choir", "Quartet",
            "Festival", "Luthiers",
        ],
        places: [
            "Opera Square, Old Vienna", "Organ Loft, Saxony", "Canal Theatre, Veneto", "Waltz Gardens, Old Vienna",
            "Bell Tower, Flanders", "Court Chapel, Bavaria", "Lake Pavilion, Bohemia", "Barrel Vault, Saxony",
            "Mandolin Steps, Naples", "Hill Conservatory, Bohemia",
        ],
        leaders: [
            "Music Director", "Impresario", "Kapellmeister", "Principal Conductor",
        ],
        managers: [
            "Orchestra Manager", "Head of Scores", "Choir Director", "Director of Concerts",
        ],
        specialists: [
            "Page Turner", "Score Copyist", "Stage Hand", "Second Triangle",
        ],
        goods: [
            "concert grands", "string sets", "score paper", "music stands", "organ pipes", "opera glasses",
        ],
        worries: [
            "the parts are copied from different versions", "the rehearsal plan is out of tune with the hall",
            "royalties are counted in another key", "the second violins never get the memo",
        ],
        occasions: [
            "the premiere", "a rehearsal that ran late", "the spring festival", "a recital in a private salon",
        ],
        farewells: [
            "Con brio", "Da capo", "With a light baton", "In harmony",
        ])
}
