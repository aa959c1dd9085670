extension Pack {
    static let cyberpunk = Pack(
        theme: "Cyberpunk",
        seller: "Nullport Hardware",
        given: words(
            """
            Acid Ada-9 Blink Byte Cass Chrome Cipher Crash Dex Edge Flux Ghost Glitch Haze Hex Ion Jinx Juno Kana \
            Kilo Lag Mako Mercy Neko Nix Null Onyx Patch Pixel Quill Raze Rune Saber Sine Static Syn Trace Vex Volt \
            Zen
            """),
        family: words(
            """
            Afterglow Alloy Arclight Backdoor Blackice Bitrate Carbide Codeline Coldboot Copperwire Darkfiber \
            Datastream Deadlink Downlink Firewall Firmware Gridlock Hardline Hashrate Implant Ironside Keystroke \
            Latency Mainframe Mirrorshade Nanite Neonrain Nightcode Overclock Packetloss Payload Proxy Quickboot \
            Redline Rootkey Sandbox Sidechannel Synapse Tripwire Zeroday
            """),
        heads: words(
            """
            Amber Black Chrome Dark Electric Fiber Ghost Hyper Infra Jade Kinetic Low Mirror Neon Omni Plasma Quiet \
            Razor Synth Ultra
            """),
        tails: words(
            """
            Arcade Blade Circuit Deck Echo Fuse Grid Hash Ice Jack Kernel Link Matrix Node Optic Pulse Relay Shard \
            Spire Wire
            """),
        kinds: [
            "Dynamics", "Cybernetics", "Biotech", "Security", "Datahaven", "Networks", "Implants", "Megacorp", "Arcology",
            "Collective",
        ],
        places: [
            "Neon Ward, Sprawl East", "Lower Grid, Sprawl East", "Dataport Nine, Sprawl West",
            "Rain District, Sprawl West", "Skybridge, Upper City", "Old Subway, Undercity", "Fiber Alley, Undercity",
            "Solar Terrace, Upper City", "Drone Harbour, Free Zone", "Night Market, Free Zone",
        ],
        leaders: [
            "Chief Synthesis Officer", "Arcology Director", "Board Avatar", "Founder Construct",
        ],
        managers: [
            "Head of Netrunning", "Implant Manager", "Security Director", "Drone Fleet Manager",
        ],
        specialists: [
            "Junior Netrunner", "Drone Mechanic", "Memory Clerk", "Black-Ice Analyst",
        ],
        goods: [
            "neural decks", "cooling rigs", "drone swarms", "optic implants", "fiber spools", "backup memories",
        ],
        worries: [
            "the logs are sold before they are read", "each district runs another firmware",
            "nobody remembers who holds the root key", "invoices come back encrypted",
        ],
        occasions: [
            "a rooftop demo", "the night market", "an outage in the lower grid", "a message without a sender",
        ],
        farewells: [
            "Stay off the grid", "Ping me", "End of line", "Keep your ports closed",
        ])
}
