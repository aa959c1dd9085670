extension Pack {
    static let explorers = Pack(
        theme: "Explorers",
        seller: "True North Outfitters",
        given: words(
            """
            Ahti Alma Amund Aurelio Barent Bento Carsten Catarina Delphine Domingo Elspet Ferdinand Gerrit Gudrid \
            Henrike Ibn-Said Ingolf Isabella Jorunn Kirsten Leif Lopo Mercator Mungo Nila Osa Pedro Pirkko Ragna \
            Roald-Erik Sacha Samira Tasman Thorvald Ulla Vasca Willem Wilma Ximena Zacharias
            """),
        family: words(
            """
            Ashore Astrolabe Basecamp Bearing Blizzard Caravanser Cartwright Compassrose Crevasse Dogsled Equator \
            Farsight Fjordson Floe Glacier Gorge Headwater Icefield Jungler Kayaker Landfall Latitude Leeshore \
            Longitude Meridian Monsoon Northing Oasis Passage Plateau Portage Quadrant Rapids Sextant Sherpaline \
            Snowbridge Summit Tradewind Trek Whitewater
            """),
        heads: words(
            """
            Arctic Beyond Cape Distant Eastern First Great High Inland Lost Magnetic Northern Open Polar Remote \
            Southern Trans Unknown Vast Western
            """),
        tails: words(
            """
            Anchor Basecamp Bearing Caravan Compass Delta Falls Glacier Horizon Island Map Ocean Pass Peak River \
            Route Sledge Summit Trail Voyage
            """),
        kinds: [
            "Expeditions", "Outfitters", "Geographic Society", "Charts", "Sleds", "Ferries", "Guides", "Trading Post",
            "Airships", "Survey",
        ],
        places: [
            "Landfall, New Shore", "Base Camp, High Range", "Ice Harbour, Far North", "Cape Farewell, Far South",
            "Caravan Gate, Desert Road", "River Mouth, Green Basin", "Whale Bay, Far South", "Lantern Pass, High Range",
            "Trade Wind, New Shore", "Last Depot, Far North",
        ],
        leaders: [
            "Expedition Leader", "Society President", "Chief Cartographer", "Ship Owner",
        ],
        managers: [
            "Head of Provisions", "Sled Master", "Survey Director", "Logistics Manager",
        ],
        specialists: [
            "Chart Copyist", "Dog Handler", "Porter", "Weather Observer",
        ],
        goods: [
            "sextants", "sled dogs", "tents", "river boats", "dried provisions", "field maps",
        ],
        worries: [
            "the map shows a lake where the camp should be", "provisions are counted after the departure",
            "three teams discovered the same river", "letters home arrive after the ship",
        ],
        occasions: [
            "a lecture at the society", "a chance meeting at base camp", "the return of the survey ship",
            "the sale of old charts",
        ],
        farewells: [
            "Onward", "From beyond the map", "With a fair wind", "Until the next landfall",
        ])
}
