extension StageTexts {
    static let prospecting = StageTexts(
        meetings: [
            Meeting(
                "Call", "First call with {contact}",
                """
                Plans by hand in a spreadsheet, one dispatcher per depot. Open to seeing how others do it; wants two \
                references.
                """, 20,
                "Reached"),
            Meeting(
                "Call", "Call to {company}",
                """
                Left a message with a short reason for the call and asked for ten minutes this week.
                """, 5,
                "Left Message"),
            Meeting(
                "Call", "Introduction by telephone",
                """
                {contact} took over the service department last month and is looking at everything. Asked to be called \
                again after the budget round.
                """,
                15, "Reached"),
        ],
        letters: [
            .out(
                "Fewer second visits at {company}",
                """
                Hello {contact},

                teams of your size usually lose about one visit in six because a part or a paper was missing. We help \
                dispatchers see that before the van leaves. Would a quarter of an hour on Thursday suit you?

                Best regards
                {owner}
                """),
            .out(
                "Your question at our stand",
                """
                Hello {contact},

                you asked how other companies plan around urgent calls. I have attached the short version; the long one is \
                best shown on your own map. When may I call you?

                Best regards
                {owner}
                """),
            .in(
                "Re: Fewer second visits at {company}",
                """
                Hello {seller},

                good timing, we are reviewing our tools this quarter. Please send me what you need to know about us before \
                we talk.

                {contact}
                """),
        ],
        memos: [
            Memo(
                title: "How we got in touch",
                body:
                    """
                    {contact} downloaded the guide and came back to the pricing page three times in a week. Worth a call.
                    """),
            Memo(
                title: "Background",
                body:
                    """
                    {company} opened two new depots this year. Their job advertisements mention paper work orders.
                    """),
        ],
        nextSteps: ["Call {contact} again", "Send two references", "Agree on a date for a first talk"])

    static let qualification = StageTexts(
        meetings: [
            Meeting(
                "Call", "Qualification call with {contact}",
                """
                Budget is set aside for this year. {users} people in the field. Decision lies with the head of operations; \
                IT has a veto on hosting.
                """,
                30, "Reached"),
            Meeting(
                "Meeting", "Meeting with {contact} and IT",
                """
                IT wants single sign-on and data in their own region. No objections against the cloud. Current tool ends \
                next year.
                """, 45, "Positive"),
            Meeting(
                "Call", "Who decides at {company}",
                "Three people sign: operations, finance, IT. Finance wants a payback below eighteen months.", 25, "Reached"),
        ],
        letters: [
            .out(
                "Summary of our talk",
                """
                Hello {contact},

                thank you for your time. As I understood it: {users} people in the field, one system instead of three, \
                live before the season starts. If this is right I would propose a workshop with your dispatchers.

                Best regards
                {owner}
                """),
            .in(
                "Re: Summary of our talk",
                """
                Hello {seller},

                that is it in short. One more thing: our works council must see the tracking part early on.

                {contact}
                """),
            .in(
                "Security questionnaire",
                """
                Hello {seller},

                our IT asks for the attached questionnaire before we go on. Two weeks would be fine.

                {contact}
                """),
        ],
        memos: [
            Memo(
                title: "Budget and time",
                body:
                    """
                    Budget approved for about {amount}. Must be live before the season; the old contract ends at the end of the \
                    year.
                    """),
            Memo(
                title: "Who is who",
                body:
                    """
                    {contact} drives this. Finance is sceptical after a failed project two years ago and wants fixed prices.
                    """),
        ],
        nextSteps: ["Prepare the discovery workshop", "Answer the security questionnaire", "Meet the head of finance"])

    static let needsAnalysis = StageTexts(
        meetings: [
            Meeting(
                "Meeting", "Discovery workshop at {company}",
                """
                Half a day with dispatchers and two technicians. Pains: double entry, no view of stock on the vans, \
                customers who call to ask when someone comes.
                """,
                180, "Positive"),
            Meeting(
                "Demo", "Demo on {company}'s own data",
                """
                Showed a week of their real work orders on the map. The dispatchers found two routes they would not have \
                seen. Offline mode must be shown again.
                """,
                60, "Positive"),
            Meeting(
                "Site Visit", "A day in the depot",
                """
                Rode along for four visits. Paper is filled in twice, photos stay on private phones. Signal is poor in the \
                basements.
                """, 300,
                "Neutral"),
        ],
        letters: [
            .out(
                "What we learned in the workshop",
                """
                Hello {contact},

                your team named eleven wishes; I have sorted them into must, should and later. Seven of them are there \
                today. For the interface to your finance system we need half a day with your IT.

                Best regards
                {owner}
                """),
            .in(
                "Re: What we learned in the workshop",
                """
                Hello {seller},

                the list is right. Please move the offline mode to must, without it the basement jobs will not work.

                {contact}
                """),
        ],
        memos: [
            Memo(
                title: "Requirements",
                body:
                    """
                    Must: offline, single sign-on, interface to finance, German and English. Should: customer notifications. \
                    Later: stock forecasts.
                    """),
            Memo(
                title: "The way they work today",
                body:
                    """
                    Three spreadsheets and a whiteboard. Planning takes two hours each morning; about 15 % of visits are second \
                    visits.
                    """),
        ],
        nextSteps: ["Write the proposal", "Show the offline mode", "Clear up the interface with IT"])
}
