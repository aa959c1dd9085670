extension StageTexts {
    static let proposal = StageTexts(
        meetings: [
            Meeting(
                "Meeting", 60, "Positive", "Presentation of the proposal",
                "Went through the offer of {amount} page by page. No gasp at the sum. Questions on delivery, and whether {goods} can come in two parts."
            ),
            Meeting(
                "Call", 20, "Reached", "Questions on the offer",
                "{contact} compares three offers. Ours is not the cheapest; the references weigh more, they say."),
            Meeting(
                "Demo", 45, "Positive", "Demonstration for the deciders",
                "The ones who sign saw {goods} for the first time. They asked the users, and the users nodded."),
            Meeting(
                "Call", 10, "Left Message", "Asked about the decision",
                "Left word. The committee meets twice a month, so there is no point in pressing before that."),
        ],
        letters: [
            .out(
                "Our offer for {company}",
                "please find attached our offer of {amount} for {goods}. It is valid for six weeks, and every line of it can be talked about."
            ),
            .out(
                "A second version of the offer",
                "as you asked, the delivery now comes in two parts, the second of which you may cancel. The price stays the same."
            ),
            .in(
                "Re: Our offer for {company}",
                "thank you, this is clear and complete. We shall discuss it on Tuesday. Can you hold the delivery date until then?"
            ),
            .in(
                "One question before we decide",
                "our finance people ask what happens if we grow faster than planned. A short answer is enough."),
        ],
        memos: [
            Memo(
                "Where we stand",
                "Offer of {amount} is out. Strong: references, {goods} shown live. Weak: price, and a cousin of the director works for the other bidder."
            ),
            Memo("Discount", "Do not give anything away before they ask. If they ask: payment terms first, then training days."),
        ],
        nextSteps: [
            "Ask for feedback on the offer", "Send the second version", "Prepare for the committee", "Have terms checked",
        ])

    static let negotiation = StageTexts(
        meetings: [
            Meeting(
                "Meeting", 60, "Neutral", "Negotiation with {company}",
                "They want a tenth off and payment in sixty days. Offered training instead. We part as friends, without a result."
            ),
            Meeting(
                "Call", 25, "Reached", "Terms with {person}",
                "Agreed on payment in thirty days and a first delivery of {goods} next month. Only the penalty clause is open."),
            Meeting(
                "Call", 15, "Reached", "Last questions",
                "{contact} has everything but the signature. The one who signs is back on Monday."),
            Meeting(
                "Meeting", 40, "Positive", "Final round",
                "Both sides gave in a little. {amount} it is, and a dinner when the {goods} have arrived."),
        ],
        letters: [
            .out(
                "Draft of the contract",
                "attached is the draft with the changes we talked about. Yours are in the margin, ours are few. I can be reached at any time until it is signed."
            ),
            .out(
                "The penalty clause",
                "our lawyers can live with your wording if the delay is ours. I think that is what you meant."),
            .in(
                "Re: Draft of the contract",
                "two commas and one condition: our name has changed since the spring. Apart from that we are ready."),
            .in(
                "We need a few days more", "the one who signs is travelling. This is not a no; please keep the {goods} reserved."),
        ],
        memos: [
            Memo("What was given", "Payment in thirty days, two training days, no discount. {person} can show that at home."),
            Memo("Risks", "If it is not signed this quarter, the budget is gone. They know that, and they know that we know."),
        ],
        nextSteps: ["Send the contract", "Call finance about the terms", "Get the signature", "Confirm the delivery date"])

    static let won = StageTexts(
        meetings: [
            Meeting(
                "Meeting", 60, "Positive", "Kick-off with {company}",
                "Introduced those who will look after them. First delivery of {goods} agreed; {contact} brought cake."),
            Meeting(
                "Call", 15, "Reached", "How it goes",
                "The {goods} are in use. Small troubles, all solved. They would be a reference if we ask nicely."),
        ],
        letters: [
            .out(
                "Welcome",
                "thank you for your trust. From now on you have a person of your own with us, and they have your number already. What we promised is on the next page, so that you can hold us to it."
            ),
            .in(
                "Delivery has arrived", "everything came in one piece and on time. The people here stood around it like children."
            ),
        ],
        memos: [
            Memo("Why we won", "References and patience. The price was never the point; that {worry} was."),
            Memo(
                "Hand-over",
                "{company} cares about one thing: that somebody picks up the telephone. Everything on {goods} is in the offer."),
        ],
        nextSteps: ["Hand over to customer success", "Ask for a reference in the autumn", "Plan the first review"])

    static let lost = StageTexts(
        meetings: [
            Meeting(
                "Call", 12, "Reached", "Why they decided otherwise",
                "{contact} was open about it: the others were there first, and nobody got fired for that. Call again in half a year."
            ),
            Meeting("Call", 4, "Left Message", "A word of thanks", "Left a friendly message. Who loses well is asked again."),
        ],
        letters: [
            .out(
                "Thank you all the same",
                "thank you for telling us frankly. If things turn out otherwise than planned, we are still here, and so are the {goods}."
            ),
            .in(
                "Our decision",
                "this was not easy. In the end another offer suited us better this time. We would like to stay in touch."),
        ],
        memos: [
            Memo("What we learned", "We talked about {goods} for too long and about the fact that {worry} too little."),
            Memo(
                "What we learned", "The decision was made before we were asked. Next time find out at {occasion}, not after it."),
            Memo("What we learned", "Finance said no, not the users. The offer of {amount} should have come in two parts."),
        ],
        nextSteps: ["Ask again in six months", "Send the newsletter, nothing more"])
}
