extension StageTexts {
    static let proposal = StageTexts(
        meetings: [
            Meeting(
                "Meeting", "Presentation of the proposal",
                """
                Went through scope, plan and price with operations and finance. Finance asks for yearly payment and a cap \
                on price increases.
                """,
                60, "Positive"),
            Meeting(
                "Demo", "Demo for the board",
                """
                Twenty minutes on the map, ten on the numbers. The question of the board: who else in our trade uses it? \
                Names to follow.
                """, 30,
                "Neutral"),
            Meeting(
                "Call", "Questions on the proposal",
                """
                {contact} asks for a smaller first phase as an option. Will send a variant by Friday.
                """, 25,
                "Reached"),
        ],
        letters: [
            .out(
                "Our proposal: {product}",
                """
                Hello {contact},

                attached you find our proposal over {amount}. It covers licences, the migration of your data and training \
                for two groups. It is valid for sixty days; I am glad to walk your finance team through it.

                Best regards
                {owner}
                """),
            .in(
                "Re: Our proposal: {product}",
                """
                Hello {seller},

                thank you, it reads well. We compare it with one other offer and will come back to you by the end of next \
                week.

                {contact}
                """),
            .out(
                "Three references from your trade",
                """
                Hello {contact},

                as promised three customers who are glad to talk to you. All went live within a quarter. Tell me whom you \
                would like to meet and I will make the introduction.

                Best regards
                {owner}
                """),
        ],
        memos: [
            Memo(
                title: "How they will decide",
                body:
                    """
                    Weighted list: function 40, price 30, references 20, hosting 10. We are ahead in function, behind in price.
                    """),
            Memo(
                title: "Competition",
                body:
                    """
                    The other offer is about a tenth cheaper in the first year but charges for every interface.
                    """),
        ],
        nextSteps: ["Follow up on the proposal", "Present to the board", "Send the variant with a smaller first phase"])

    static let negotiation = StageTexts(
        meetings: [
            Meeting(
                "Call", "Terms with procurement",
                """
                They want 15 % off and net 60. Offered 8 % for three years, net 30 stays. They will check with finance.
                """, 40, "Reached"),
            Meeting(
                "Meeting", "Contract review with legal",
                """
                Open points: liability cap and a clause on leaving with all data. Both can be solved; new draft by Monday.
                """, 75, "Positive"),
        ],
        letters: [
            .in(
                "Draft contract, our remarks",
                """
                Hello {seller},

                our lawyers have marked four places. The only hard one is the liability cap. If we find a way there, we \
                can sign this month.

                {contact}
                """),
            .out(
                "Re: Draft contract, our remarks",
                """
                Hello {contact},

                we can go along with three of the four at once. For the cap I propose twice the yearly fee, which is what \
                we agreed with others in your trade. The new draft is attached.

                Best regards
                {owner}
                """),
        ],
        memos: [
            Memo(
                title: "Room for manoeuvre",
                body:
                    """
                    Up to 12 % for a term of three years is approved. Training days may be thrown in; the list price of the \
                    licences stays.
                    """),
            Memo(title: "Signature", body: "{contact} signs up to 250,000, above that the board. Next board meeting: {date}."),
        ],
        nextSteps: ["Get the contract back from legal", "Agree on payment terms", "Fix the date of signature"])

    static let won = StageTexts(
        meetings: [
            Meeting(
                "Call", "Call after signature",
                """
                Congratulations both ways. Kick-off fixed, {contact} leads the project on their side.
                """, 15, "Reached"),
            Meeting(
                "Meeting", "Handover to customer success",
                """
                Introduced Amara Nwosu to {contact}. First group goes live in six weeks, the other depots follow one by \
                one.
                """, 45, "Positive"),
        ],
        letters: [
            .in(
                "Signed contract",
                """
                Hello {seller},

                attached you find the signed contract. Thank you for your patience with our lawyers. We look forward to \
                starting.

                {contact}
                """),
            .out(
                "Welcome to Alderbrook",
                """
                Hello {contact},

                welcome! Amara Nwosu from customer success will call you this week to fix the kick-off. You can always \
                reach me as well.

                Best regards
                {owner}
                """),
        ],
        memos: [
            Memo(
                title: "Why we won",
                body:
                    """
                    The demo on their own data and the reference visit. Price was not the deciding point.
                    """)
        ], nextSteps: [])

    static let lost = StageTexts(
        meetings: [
            Meeting(
                "Call", "Call after the decision",
                """
                {contact} was open about the reasons. The door stays open; call again in half a year.
                """, 20, "Reached")
        ],
        letters: [
            .in(
                "Our decision",
                """
                Hello {seller},

                we have decided not to go on with {product} for now. It was close, and the team liked working with you. \
                Please stay in touch.

                {contact}
                """),
            .out(
                "Thank you, and until next time",
                """
                Hello {contact},

                thank you for the open words. I will come back to you in six months, and am glad to help before that if \
                something changes.

                Best regards
                {owner}
                """),
        ],
        memos: [], nextSteps: [])

    /// Why deals are lost, and what was learned.
    static let losses: [(reason: String, lesson: String)] = [
        ("Price", "A tenth above the other offer in the first year. We showed the payback too late."),
        ("Competitor", "The group had a framework agreement with a competitor that nobody had told us about."),
        ("Missing Features", "They need planning of crews over several days, which we do not have yet."),
        ("No Budget", "The budget was cut after a weak quarter. The need is still there."),
        ("No Decision", "Operations wanted it, IT did not have the people. They go on with spreadsheets for another year."),
        ("Timing", "A merger came in between; all new systems are on hold."),
        ("Relationship", "We never got to the head of finance, who decided in the end."),
    ]

    static let competitors = ["Dispatchly", "RouteForge", "ServiceNest", "In-house solution"]
}
