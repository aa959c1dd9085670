extension StageTexts {
    static let prospecting = StageTexts(
        meetings: [
            Meeting(
                "Call", 15, "Reached", "First call with {person}",
                "Open to a talk about {goods}. At present {worry}. Asked for two references from the same trade."),
            Meeting(
                "Call", 3, "Left Message", "Call to {company}",
                "Left a message with a short reason for the call and asked for ten minutes this week."),
            Meeting(
                "Call", 2, "No Answer", "Tried to reach {contact}",
                "No answer. Try again in the morning; they are said to start early."),
            Meeting(
                "Call", 12, "Reached", "Follow-up on {occasion}",
                "{contact} remembers us from {occasion} and looks at everything anew this season. Wants to see prices before the next talk."
            ),
            Meeting(
                "Meeting", 30, "Neutral", "Coffee with {person}",
                "Friendly, though in no hurry. Their budget year ends soon, and {goods} are not on the list yet."),
        ],
        letters: [
            .out(
                "An idea for {company}",
                "at {occasion} several companies told us that {worry}. If that sounds familiar: we help with {goods}, and a quarter of an hour is enough to see whether it fits. Would Thursday suit you?"
            ),
            .out(
                "Your question about {goods}",
                "you asked how others go about it. The short version is attached, the long one is best told in person. When may I call you?"
            ),
            .out(
                "Good to have met you",
                "it was a pleasure to talk at {occasion}. I have noted that {worry}, and I would like to show you what we did about it elsewhere."
            ),
            .in(
                "Re: An idea for {company}",
                "good timing: we are looking into this at the moment. Please send me what you need to know about us before we talk."
            ),
            .in("Who is in charge", "thank you for your message. {person} looks after {goods} here; I have passed it on."),
        ],
        memos: [
            Memo(
                "What we know so far",
                "{company} has looked at {goods} twice before and stopped both times. The reason is said to be that {worry}."),
            Memo(
                "How we met",
                "Introduced at {occasion} by a customer of ours. {person} decides alone up to a sum we do not know yet."),
        ],
        nextSteps: [
            "Call again in the morning", "Send references from the same trade", "Find out who decides", "Invite to a first look",
        ])

    static let qualification = StageTexts(
        meetings: [
            Meeting(
                "Call", 25, "Reached", "Budget and time at {company}",
                "There is a budget, to be spent this year. {person} decides together with finance. What hurts most: {worry}."),
            Meeting(
                "Call", 18, "Reached", "Questions before a meeting",
                "{contact} sent a list of nine questions on {goods}. Went through seven; two need an answer from the workshop."),
            Meeting(
                "Meeting", 45, "Positive", "Getting to know {company}",
                "Four people at the table. They want {goods} that last, and nobody wants to be the one who chose wrongly."),
            Meeting(
                "Site Visit", 90, "Positive", "Visit at {company}",
                "Saw it with our own eyes: {worry}. They laughed about it, which is a good sign."),
        ],
        letters: [
            .out(
                "Summary of our call",
                "thank you for your time. As I understood it, {worry}, and you would like that to end before the next season. I suggest a look at {goods} together with those who will use them."
            ),
            .out(
                "The two open questions",
                "here are the answers I owed you: yes to the first, and for the second there is a way that two of our customers use every day."
            ),
            .in(
                "Re: Summary of our call",
                "that is a fair summary. Please add that we have been let down once, so references matter to us."),
            .in(
                "Who should be there",
                "I would like to bring two colleagues who will have to live with {goods} every day. Is that all right with you?"),
        ],
        memos: [
            Memo("Budget", "Between the lines: there is money for {goods}, as long as it is ordered before the year is over."),
            Memo(
                "Who decides", "{person} proposes, finance signs. The people who do the work have a veto that is written nowhere."
            ),
        ],
        nextSteps: [
            "Agree on a date for the discovery meeting", "Ask finance for the frame", "Bring an engineer along",
            "Write down the three goals",
        ])

    static let needsAnalysis = StageTexts(
        meetings: [
            Meeting(
                "Meeting", 75, "Positive", "Discovery with {company}",
                "Went through a whole week of theirs. The heart of the matter: {worry}. They measure success by one number, and now we know which."
            ),
            Meeting(
                "Demo", 50, "Positive", "Demonstration of {goods}",
                "Showed it with their own figures. Two wows, one frown: the frown was about training."),
            Meeting(
                "Demo", 40, "Neutral", "Second look at {goods}",
                "{contact} wanted to see the dull parts as well. Fair. Some questions on what happens when something breaks."),
            Meeting(
                "Call", 30, "Reached", "Details with {person}",
                "Quantities, dates, places. They need a third of it by the end of the quarter and the rest when the first third has proved itself."
            ),
        ],
        letters: [
            .out(
                "What we took home",
                "your week in one sentence: {worry}. Attached is what we would do about it, step by step, with {goods} and without a big bang."
            ),
            .out(
                "Figures from a similar case",
                "a company of your size went through the same. They were sceptical as well, and they have agreed to tell you how it went."
            ),
            .in(
                "Our requirements",
                "attached is the list we promised, sorted by what we cannot do without. The last page is wishes; do not be frightened."
            ),
            .in(
                "Re: What we took home",
                "you understood us well. One correction: it is not the {goods} that worry us, it is the change itself."),
        ],
        memos: [
            Memo(
                "Requirements",
                "Must have: {goods} that work without an expert in the house. Nice to have: everything else. They will sort it out themselves if we let them."
            ),
            Memo(
                "Competition",
                "Two others were asked. One is cheaper and slower, the other did not call back. {person} prefers those who come by."
            ),
        ],
        nextSteps: [
            "Write the proposal", "Clear up training with the workshop", "Arrange a call with a reference",
            "Get the figures of the last year",
        ])

    /// About a company that has just been met.
    static let firstNotes = [
        Template("{company} came to us through {occasion}. {person} is our first contact; prefers to be called before noon."),
        Template("They buy {goods} from several suppliers. At present {worry}."),
        Template("Old acquaintances of two customers of ours. Careful with money, quick with decisions."),
        Template("New management since the spring. Everything is looked at again, {goods} among it."),
        Template("Prefers a visit to a call, and a call to a letter."),
    ]

    /// What people write who ask by themselves.
    static let inquiries = [
        Template("We are looking for {goods}. At present {worry}."),
        Template("Heard of you at {occasion}. Please send prices for {goods}."),
        Template("Do you deliver {goods} to us as well? We would need them soon."),
        Template("Our present supplier lets us down: {worry}. What would you do?"),
    ]
}
