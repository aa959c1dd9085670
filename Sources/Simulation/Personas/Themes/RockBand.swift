extension Pack {
    static let rockBand = Pack(
        theme: "Rock Band",
        seller: "Overdrive Supply Co.",
        given: words(
            """
            Axel Blaze Bonnie Cass Cherry Dagger Dixie Echo Ember Fender Gigi Harley Indigo Jagger Jett Joni Kit \
            Lennox Lux Lyric Mick Nico Onyx Ozzie Pepper Presley Quill Raven Reno Ronnie Roxy Sable Slade Stevie \
            Sunny Tempest Trixie Vex Vince Ziggy
            """),
        family: words(
            """
            Amplifier Ashdown Backline Blackwood Chord Crash Cymbal Downtune Drive Encore Fairlight Feedback Flint \
            Fretwell Gallows Groove Hammer Headliner Hollowbody Knox Loudermilk Maverick Midnight Nightingale \
            Overtone Powers Quaver Reverb Riff Rumble Sawyer Snare Static Strummer Thunders Tremolo Valentine Volta \
            Wilder Wylde
            """),
        heads: words(
            """
            Broken Crimson Desert Electric Feral Gutter Howling Iron Jagged Killer Lonesome Midnight Neon Outlaw \
            Phantom Quiet Rolling Scarlet Thunder Velvet Wicked Young
            """),
        tails: words(
            """
            Amps Ballads Cables Chords Drums Echoes Gigs Halos Jacks Kicks Lions Magpies Nomads Picks Rebels Ravens \
            Saints Strings Tigers Vans Wolves
            """),
        kinds: [
            "Records", "Touring", "Management", "Studios", "Stage Works", "Backline", "Merch", "Festivals", "Sound",
            "Productions",
        ],
        places: [
            "Feedback City, The Circuit", "Encore, The Circuit", "Amp Harbour, The Circuit", "Bassline, Southern Stages",
            "Roadcase, Southern Stages", "Soundcheck, Northern Stages", "Riffton, Northern Stages",
            "Bridge-and-Chorus, The Circuit", "Green Room, Southern Stages", "Curtain Falls, Northern Stages",
        ],
        leaders: [
            "Band Leader", "Tour Director", "Label Founder", "Chief Headliner",
        ],
        managers: [
            "Tour Manager", "Head of Backline", "Merchandise Manager", "Front-of-House Director",
        ],
        specialists: [
            "Guitar Technician", "Monitor Engineer", "Roadie", "Lighting Operator",
        ],
        goods: [
            "tour buses", "backline racks", "stage lights", "wireless packs", "merch tables", "rehearsal rooms",
        ],
        worries: [
            "the backline arrives after the band", "the encore blows the fuses", "nobody knows which van has the drums",
            "the merch is sold out in every wrong size",
        ],
        occasions: [
            "the summer festival", "a sound check that went wrong", "the farewell tour", "a night at the rehearsal rooms",
        ],
        farewells: [
            "Keep it loud", "See you side stage", "Rock on", "Turn it up",
        ])
}
