extension Pack {
    static let plainBusiness = Pack(
        theme: "Plain Business",
        seller: "Alderbrook Systems",
        given: words(
            """
            Aaron Abigail Adrian Aisha Alan Alice Amelia Andre Angela Anika Anton Beatrice Benjamin Bianca Brendan \
            Camila Carla Cedric Clara Connor Dana David Deborah Diego Edith Eleanor Emil Erica Esther Farid Felix \
            Fiona Gabriel Gemma George Grace Hannah Harold Helen Hugo Imani Irene Isaac Jasmine Jerome Joanna Jonas \
            Julia Karim Katherine Keisha Laura Leila Lionel Lucia Malik Marta Maya Miriam Nadia
            """),
        family: words(
            """
            Abbott Adeyemi Alvarez Anderson Baker Barros Becker Bennett Brandt Brooks Caldwell Campbell Chen Costa \
            Dawson Delgado Donovan Eriksen Farrell Fischer Foster Garcia Goldberg Grant Hale Hammond Hansen Hayashi \
            Hoffmann Hughes Ibrahim Ito Jansen Jensen Kapoor Keller Kovacs Larsen Lindqvist Marchand Mbeki Mendoza \
            Moreau Novak Okafor Oliveira Petrov Quinn Ramirez Rossi Sandoval Schneider Silva Tanaka Usman Vasquez \
            Weaver Whitfield Yamada Zeller
            """),
        heads: words(
            """
            Amber Beacon Blue Bright Calder Cedar Clear Copper East Elm Ever Fair Field Foster Gold Granite Green \
            Harbor High Iron Juniper Key Lake Larch Maple Meridian North Oak Pine Prairie Quarry Red River Silver \
            South Stone Summit Tall West Willow
            """),
        tails: words(
            """
            bridge brook crest field ford gate grove haven hill hurst leaf line mark mere mill path point ridge run \
            side stead vale view ward water well wood worth yard
            """),
        kinds: [
            "Group", "Partners", "Holdings", "Services", "Company", "Works", "Associates", "Industries", "Solutions",
            "Trading", "Supply", "Enterprises",
        ],
        places: [
            "Boston, United States", "Denver, United States", "Portland, United States", "Chicago, United States",
            "Toronto, Canada", "Leeds, United Kingdom", "Dublin, Ireland", "Hamburg, Germany", "Lyon, France",
            "Zurich, Switzerland", "Bergen, Norway", "Lisbon, Portugal", "Osaka, Japan", "Singapore, Singapore",
            "Perth, Australia", "Auckland, New Zealand",
        ],
        leaders: [
            "Chief Operating Officer", "Chief Executive Officer", "Managing Director", "Chief Financial Officer",
        ],
        managers: [
            "Head of Operations", "Director of IT", "Procurement Manager", "Operations Manager",
        ],
        specialists: [
            "Business Analyst", "Systems Administrator", "Project Coordinator", "Buyer",
        ],
        goods: [
            "scheduling software", "reporting tools", "support plans", "field tablets", "training days",
            "integration services",
        ],
        worries: [
            "orders are kept in three spreadsheets that never agree", "month-end takes nine days",
            "nobody sees a delay before the customer does", "every office has its own price list",
        ],
        occasions: [
            "the regional trade fair", "a webinar on planning", "a partner's recommendation", "the spring conference",
        ],
        farewells: [
            "Best regards", "Kind regards", "With best wishes", "Talk soon",
        ])
}
