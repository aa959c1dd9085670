/// Words of plain English that say nothing of their own: they may stand between the words of a fact.
enum PlainWords {
    static let all: Set<String> = Set(
        """
        a about above after again ago all almost already also although always am an and another any are around as at be because been before
        being below beside besides between both but by can could day days did do does during each either else even ever every few first for
        from further had has have having he her here hers him his how however i if in into is it its itself just last later least less like
        me might more most much must my near next now of off on once one only or other others our out over own per quite rather same she
        should since so some soon still such than that the their them then there these they this those though through thus time times to
        today together too two under until up upon us very was way we week weeks well were what when where whether which while who whole
        whom whose why will with within would yet you your three four five six seven eight nine currently overall meanwhile moreover
        """.split(whereSeparator: \.isWhitespace).map(String.init))

    static let negations: Set<String> = [
        "not", "no", "never", "none", "nobody", "nothing", "neither", "nor", "cannot", "without", "n't", "hardly",
    ]
}
