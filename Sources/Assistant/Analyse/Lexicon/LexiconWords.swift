/// Words of business mails and how they are meant, from -3 to 3. English, German, French, Spanish and Italian; a word that means something
/// else in another of them is left out.
enum LexiconWords {
    static let all: [String: Double] = {
        var all: [String: Double] = [:]
        for table in [english, german, french, spanish, italian] {
            for (weight, words) in table {
                for word in words.split(whereSeparator: \.isWhitespace) { all[String(word)] = weight }
            }
        }
        return all
    }()

    private typealias Table = [(weight: Double, words: String)]

    private static let english: Table = [
        (3, "delighted thrilled outstanding excellent fantastic amazing superb wonderful brilliant perfect flawless"),
        (2.5, "love loved impressed awesome exceptional enthusiastic terrific best"),
        (
            2,
            """
            great happy pleased glad excited satisfied appreciate appreciated grateful recommend recommended successful success smooth
            smoothly valuable trust proud convincing win helpful
            """
        ),
        (
            1.5,
            """
            good thanks thank nice enjoyed enjoy easy fast quick quickly reliable positive improved improvement better useful
            promising progress looking forward benefit solved resolved works
            """
        ),
        (1, "fine welcome ready interested interesting clear kind fair ok okay approve approved"),
        (
            -3,
            """
            unacceptable terrible horrible awful furious outrageous disaster disgusting worst angry fraud lawsuit catastrophe nightmare
            appalling
            """
        ),
        (
            -2.5,
            """
            terminate termination cancel cancelling cancellation hate breach useless unreliable escalate escalated fed
            threatening furious
            """
        ),
        (
            -2,
            """
            disappointed disappointing disappointment frustrated frustrating frustration bad broken failed fails failure failing outage crash
            crashed crashes complaint complain complained unhappy annoyed annoying upset poor poorly lost losing wrong unsatisfied
            dissatisfied unprofessional refund penalty overcharged impossible
            """
        ),
        (
            -1.5,
            """
            problem problems error errors bug bugs slow delay delayed delays late worried worry concern concerned concerns
            confusing confused missing unclear expensive difficult waste wasted worse damage overdue ignored waiting blocked
            """
        ),
        (-1, "unfortunately issue issues doubt unsure hesitant postpone postponed complicated sorry hard lack"),
    ]

    private static let german: Table = [
        (3, "begeistert hervorragend ausgezeichnet fantastisch perfekt großartig exzellent"),
        (2.5, "beeindruckt toll super spitze überzeugt"),
        (
            2,
            "zufrieden freue freuen gefreut erfreut froh dankbar empfehlen erfolgreich erfolg gelungen reibungslos vertrauen wertvoll"
        ),
        (
            1.5,
            "gut gute guten danke dank schön gerne schnell zuverlässig positiv besser hilfreich gelöst angenehm vielversprechend"
        ),
        (1, "einverstanden bereit interessant interessiert klar fair willkommen"),
        (-3, "inakzeptabel unzumutbar katastrophe katastrophal furchtbar unverschämt betrug wütend empört"),
        (-2.5, "kündigen kündigung klage unbrauchbar schadensersatz"),
        (
            -2,
            """
            enttäuscht enttäuschend enttäuschung unzufrieden verärgert ärgerlich ärger schlecht kaputt ausfall ausgefallen beschwerde
            frustriert frustrierend mangelhaft versagt unprofessionell unmöglich falsch
            """
        ),
        (
            -1.5,
            """
            problem probleme fehler langsam verzögerung verspätet verspätung sorge sorgen besorgt teuer schwierig unklar fehlt fehlen
            mahnung schaden warten schlechter
            """
        ),
        (-1, "leider bedauerlich zweifel kompliziert verschieben"),
    ]

    private static let french: Table = [
        (3, "ravi ravie ravis excellent excellente parfait parfaite formidable fantastique magnifique"),
        (
            2,
            "satisfait satisfaite satisfaits content contente heureux heureuse apprécie apprécions recommande réussi succès confiance"
        ),
        (1.5, "merci bon bonne bien rapide fiable agréable utile résolu mieux efficace"),
        (-3, "inacceptable inadmissible catastrophe catastrophique scandaleux furieux furieuse honteux"),
        (-2.5, "résilier résiliation litige"),
        (-2, "déçu déçue déçus décevant décevante mécontent mécontente mauvais mauvaise panne plainte réclamation frustré échec"),
        (-1.5, "problème problèmes erreur erreurs lent lente retard retards inquiet inquiète cher difficile manque"),
        (-1, "malheureusement dommage compliqué"),
    ]

    private static let spanish: Table = [
        (3, "encantado encantada excelente perfecto perfecta fantástico fantástica maravilloso"),
        (2, "satisfecho satisfecha satisfechos contento contenta feliz agradecido agradecida recomiendo éxito confianza"),
        (1.5, "gracias bueno buena bien rápido rápida fiable útil resuelto mejor eficaz"),
        (-3, "inaceptable terrible desastre catástrofe indignante furioso furiosa vergonzoso"),
        (-2.5, "cancelar cancelación rescindir demanda"),
        (
            -2,
            "decepcionado decepcionada decepcionante insatisfecho insatisfecha malo mala queja reclamación frustrado fallo avería"
        ),
        (-1.5, "problema problemas error errores lento lenta retraso retrasos preocupado preocupada caro difícil"),
        (-1, "lamentablemente desafortunadamente complicado"),
    ]

    private static let italian: Table = [
        (3, "entusiasta eccellente perfetto perfetta fantastico fantastica meraviglioso"),
        (2, "soddisfatto soddisfatta soddisfatti contento felice consiglio successo fiducia"),
        (1.5, "grazie buono buona bene veloce affidabile utile risolto meglio"),
        (-3, "inaccettabile terribile disastro catastrofe vergognoso furioso"),
        (-2.5, "disdire disdetta"),
        (-2, "deluso delusa deludente insoddisfatto insoddisfatta reclamo guasto frustrato pessimo"),
        (-1.5, "problema problemi errore errori lento ritardo ritardi preoccupato difficile"),
        (-1, "purtroppo complicato"),
    ]
}
