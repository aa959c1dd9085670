enum Names {
    static let first = [
        "Aaron", "Abigail", "Adrian", "Aisha", "Alan", "Alice", "Amelia", "Andre", "Angela", "Anika", "Anton", "Beatrice",
        "Benjamin",
        "Bianca", "Brendan", "Camila", "Carla", "Cedric", "Clara", "Connor", "Dana", "David", "Deborah", "Diego", "Edith",
        "Eleanor",
        "Emil", "Erica", "Esther", "Farid", "Felix", "Fiona", "Gabriel", "Gemma", "George", "Grace", "Hannah", "Harold", "Helen",
        "Hugo", "Imani", "Irene", "Isaac", "Jasmine", "Jerome", "Joanna", "Jonas", "Julia", "Karim", "Katherine", "Keisha",
        "Laura",
        "Leila", "Lionel", "Lucia", "Malik", "Marta", "Maya", "Miriam", "Nadia", "Nathan", "Nina", "Noah", "Olga", "Omar",
        "Patrick",
        "Paula", "Quentin", "Rachel", "Ravi", "Rebecca", "Robert", "Rosa", "Samir", "Sandra", "Sean", "Sofia", "Stefan", "Susan",
        "Tara", "Theo", "Thomas", "Ursula", "Valerie", "Victor", "Walter", "Wendy", "Yara", "Yusuf", "Zoe",
    ]

    static let last = [
        "Abbott", "Adeyemi", "Alvarez", "Anderson", "Baker", "Barros", "Becker", "Bennett", "Brandt", "Brooks", "Caldwell",
        "Campbell",
        "Chen", "Costa", "Dawson", "Delgado", "Donovan", "Eriksen", "Farrell", "Fischer", "Foster", "Garcia", "Goldberg", "Grant",
        "Hale", "Hammond", "Hansen", "Hayashi", "Hoffmann", "Hughes", "Ibrahim", "Ito", "Jansen", "Jensen", "Kapoor", "Keller",
        "Kim", "Kowalski", "Lambert", "Larsen", "Lindgren", "Lopez", "Mancini", "Marsh", "McCarthy", "Mehta", "Mendes", "Miller",
        "Moreau", "Morgan", "Mori", "Murphy", "Nakamura", "Nguyen", "Novak", "Okafor", "Olsen", "Ortega", "Park", "Patel",
        "Pereira",
        "Petrov", "Quinn", "Ramirez", "Reyes", "Ricci", "Rossi", "Russell", "Santos", "Sato", "Schneider", "Shah", "Silva",
        "Singh",
        "Stewart", "Sullivan", "Suzuki", "Tanaka", "Tran", "Turner", "Vargas", "Wagner", "Walsh", "Weber", "Wong", "Young",
        "Zimmer",
    ]

    /// Titles of contacts, the highest first, with their level and their part in a decision.
    static let posts: [[(title: String, level: String, department: String, role: String)]] = [
        [
            ("Chief Operating Officer", "C-Level", "Operations", "Decision Maker"),
            ("Chief Information Officer", "C-Level", "Information Technology", "Decision Maker"),
            ("Chief Financial Officer", "C-Level", "Finance", "Decision Maker"),
            ("Vice President of Operations", "VP", "Operations", "Decision Maker"),
            ("Vice President of Field Services", "VP", "Field Services", "Decision Maker"),
        ],
        [
            ("Director of Field Operations", "Director", "Field Services", "Champion"),
            ("Director of IT", "Director", "Information Technology", "Influencer"),
            ("Head of Procurement", "Director", "Procurement", "Influencer"),
            ("Director of Customer Service", "Director", "Customer Service", "Champion"),
        ],
        [
            ("Operations Manager", "Manager", "Operations", "Champion"),
            ("Dispatch Manager", "Manager", "Field Services", "End User"),
            ("IT Project Manager", "Manager", "Information Technology", "Evaluator"),
            ("Procurement Manager", "Manager", "Procurement", "Influencer"),
        ],
        [
            ("Business Analyst", "Specialist", "Operations", "Evaluator"),
            ("Systems Administrator", "Specialist", "Information Technology", "Evaluator"),
            ("Dispatcher", "Specialist", "Field Services", "End User"),
            ("Buyer", "Specialist", "Procurement", "Blocker"),
        ],
    ]

    static let leadTitles = [
        "Chief Operating Officer", "Founder", "Owner", "Vice President of Operations", "Head of Field Services", "Director of IT",
        "Operations Manager", "Service Manager", "Team Lead Dispatch", "Project Manager", "Analyst", "Consultant",
    ]

    static let leadCompanies: [(name: String, industry: String)] = [
        ("Amber Ridge Vineyards", "Agriculture"), ("Cobblestone Paving", "Construction"),
        ("Eastgate Scaffolding", "Construction"),
        ("Fairmount Academy", "Education"), ("Sunfield Solar", "Energy"), ("Granite State Utilities", "Energy"),
        ("Oakline Credit Union", "Financial Services"), ("Silverbirch Advisors", "Financial Services"),
        ("Town of Millbrook", "Government"), ("Riverside Home Care", "Healthcare"), ("Paragon Dental Group", "Healthcare"),
        ("Willow Springs Resort", "Hospitality"), ("Keystone Adjusters", "Insurance"), ("Forge & Anvil Metals", "Manufacturing"),
        ("Summerland Plastics", "Manufacturing"), ("Delta Valve Works", "Manufacturing"), ("Open Air Broadcasting", "Media"),
        ("Helping Hands Alliance", "Nonprofit"), ("Bellamy Consulting", "Professional Services"),
        ("Kingsway Surveyors", "Professional Services"), ("Harbour View Lettings", "Real Estate"),
        ("Twin Peaks Outdoor", "Retail"),
        ("Daily Basket", "Retail"), ("Nimbus Billing", "SaaS"), ("Pagewise", "SaaS"), ("Tessera Labs", "Technology"),
        ("Orchard Cloud", "Technology"), ("Lumen Sensors", "Technology Hardware"), ("Coastline Fiber", "Telecommunications"),
        ("Swiftwater Couriers", "Transportation"), ("Crossroads Trucking", "Transportation"),
        ("Bluebird Charter", "Transportation"),
    ]
}
