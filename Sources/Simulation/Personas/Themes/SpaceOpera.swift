extension Pack {
    static let spaceOpera = Pack(
        theme: "Space Opera",
        seller: "Perihelion Outfitters",
        given: words(
            """
            Aeryn Altair Bexa Calder Cygna Davor Elara Fenn Galen Halix Ione Jarro Kaelen Kestra Lyra Maxim Nadir \
            Nyx Oberon Orla Pax Quasar Rhea Rigel Sable Selene Sol Tavi Thane Umbra Vale Vega Wren Xanthe Yara \
            Zephyr Zor Cassio Deneb Io
            """),
        family: words(
            """
            Aldrane Asteris Blackmatter Brightdrift Coldsun Corvane Darkwater Eventide Farreach Fluxmore Gravitas \
            Halcyon Hardvacuum Ionstar Jumpgate Keplane Lightyear Longorbit Moonfall Nebulon Novabright Orbitwell \
            Parsec Pulsane Quantrell Redshift Ringholt Solare Starfield Sunder Tetherow Thrust Umbral Vacuna \
            Voidwright Warpgrave Windrider Xenos Zenith Zodane
            """),
        heads: words(
            """
            Antares Binary Cobalt Deep Eclipse Far Galactic Helios Iridium Jovian Kuiper Lunar Meteor Nova Orbital \
            Polar Quantum Rim Stellar Titan Umbra Void
            """),
        tails: words(
            """
            Beacon Cargo Drive Engine Fleet Forge Gate Harvest Ice Jump Lane Mining Nav Ore Port Ring Salvage Shield \
            Tether Vane Yard
            """),
        kinds: [
            "Consortium", "Combine", "Syndicate", "Haulage", "Shipyards", "Colonies", "Station", "Guild", "Fleetworks",
            "Outpost",
        ],
        places: [
            "Port Meridian, Inner Ring", "New Carthage, Inner Ring", "Dustfall, Outer Rim", "Halo Station, Outer Rim",
            "Cinder, Ember Reach", "Low Orbit, Inner Ring", "Frostgate, Kuiper March", "Twin Suns, Ember Reach",
            "Tether Nine, Kuiper March", "Quiet Moon, Outer Rim",
        ],
        leaders: [
            "Fleet Admiral", "Station Governor", "Chief Navigator", "Captain-Owner",
        ],
        managers: [
            "Quartermaster", "Head of Docking", "Engineering Director", "Cargo Manager",
        ],
        specialists: [
            "Reactor Technician", "Drone Pilot", "Star Cartographer", "Airlock Inspector",
        ],
        goods: [
            "jump drives", "hull plates", "star charts", "cargo drones", "cryo berths", "shield coils",
        ],
        worries: [
            "the cargo arrives before it was sent", "the airlock schedule lives on one officer's wrist",
            "nobody knows which moon holds the spare coils", "docking fees are paid twice in every orbit",
        ],
        occasions: [
            "the trade summit on Halo Station", "a distress call", "the launch of the new fleet",
            "a layover at Port Meridian",
        ],
        farewells: [
            "Clear skies and steady drives", "Safe orbits", "Until the next jump", "May your hull hold",
        ])
}
