import Metadata
import Values

/// How things stand, computed from what was gathered: no language model takes part in it, and none can change it.
struct Analysis: Sendable {
    let dossier: Dossier
    let conversation: Conversation
    let mood: Mood
    let deals: Deals
    let service: Service
    let commitments: Commitments
    let tasks: Tasks
    let engagement: Engagement

    init(_ dossier: Dossier) {
        self.dossier = dossier
        conversation = Conversation(dossier)
        mood = Mood(dossier)
        deals = Deals(dossier)
        service = Service(dossier)
        commitments = Commitments(dossier)
        tasks = Tasks(dossier)
        engagement = Engagement(conversation, deals, commitments, mood, today: dossier.today)
    }
}
