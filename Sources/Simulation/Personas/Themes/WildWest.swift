extension Pack {
    static let wildWest = Pack(
        theme: "Wild West",
        seller: "Tumbleweed Dry Goods",
        given: words(
            """
            Abner Annabel Bart Belle Buford Calista Cassidy Clem Clementine Cody Daisy Dusty Earp Ezra Flossie Gus \
            Hattie Hank Ike Ivy Jebediah Jessie Josie Kit Lacey Levi Lottie Maverick Mattie Nell Obadiah Orville \
            Pearl Rawley Rusty Sadie Shiloh Tex Wyoming Zeke
            """),
        family: words(
            """
            Arroyo Badlands Boothill Branding Buckboard Buckskin Bullseye Canyon Chaparral Coyote Cutter Deadwood \
            Dustbowl Fairplay Goldpan Gulch Hightower Holster Homestead Ironhorse Lariat Longrifle Mesa Mustang \
            Outrider Pardner Pinto Prospect Quickdraw Rawhide Saddler Sagebrush Showdown Silverspur Stagecoach \
            Stampede Sundown Tumbleweed Wagoner Whipsaw
            """),
        heads: words(
            """
            Alamo Big Bitter Broken Copper Dry Dusty Eagle Golden High Iron Lone Mustang Old Painted Rattlesnake Red \
            Silver Sundown Wild
            """),
        tails: words(
            """
            Anvil Bison Buckle Cactus Canyon Corral Creek Fork Gulch Horseshoe Lariat Mesa Mine Nugget Pass Saddle \
            Spur Star Trail Wagon
            """),
        kinds: [
            "Ranch", "Saloon", "Mining Company", "Stage Line", "Livery", "Railroad", "General Store", "Bank", "Gazette",
            "Cattle Company",
        ],
        places: [
            "Dry Gulch, The Territory", "Silver Fork, The Territory", "Last Chance, The Territory",
            "Buffalo Ford, The Plains", "Copper Mesa, The Desert", "Two Spurs, The Plains", "Whistle Stop, The Railroad",
            "Painted Rock, The Desert", "Gold Pan, The Mountains", "Tin Cup, The Mountains",
        ],
        leaders: [
            "Ranch Owner", "Sheriff", "Railroad Baron", "Mayor",
        ],
        managers: [
            "Trail Boss", "Mine Foreman", "Station Master", "Saloon Manager",
        ],
        specialists: [
            "Ranch Hand", "Telegraph Operator", "Assayer", "Blacksmith",
        ],
        goods: [
            "saddles", "mining picks", "telegraph wire", "cattle feed", "wagon wheels", "lanterns",
        ],
        worries: [
            "the cattle are counted at night", "the stage leaves before the mail comes in",
            "the claim papers have bullet holes", "credit is kept on the saloon mirror",
        ],
        occasions: [
            "a cattle auction", "high noon on Main Street", "the railroad's arrival", "a poker game that ended well",
        ],
        farewells: [
            "Happy trails", "So long, partner", "Ride easy", "Keep your powder dry",
        ])
}
