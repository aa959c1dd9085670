import Formula
import Testing
import Values

@Suite struct `The function table` {
    private static let needed = """
        AND OR NOT IF IFS CASE ISBLANK ISNULL BLANKVALUE NULLVALUE ISNUMBER ISPICKVAL ISCHANGED PRIORVALUE ISNEW ISCLONE IFERROR IN
        INCLUDES ABS CEILING FLOOR MCEILING MFLOOR ROUND TRUNC MOD MAX MIN SQRT EXP LN LOG POWER SIN COS TAN ASIN ACOS ATAN ATAN2 PI
        SIGN RANDOM TEXT VALUE LEN LEFT RIGHT MID SUBSTR FIND CONTAINS BEGINS ENDS LOWER UPPER INITCAP TRIM LPAD RPAD SUBSTITUTE
        REVERSE REGEX LIKE CHR ASCII HYPERLINK IMAGE BR CASESAFEID HTMLENCODE JSENCODE URLENCODE FORMATDURATION FORMATCURRENCY
        JSONVALUE JSONPATHVALUE TODAY NOW TIMENOW DATE DATEVALUE DATETIMEVALUE TIMEVALUE YEAR MONTH DAY HOUR MINUTE SECOND
        MILLISECOND WEEKDAY DAYOFYEAR ISOWEEK ISOYEAR ADDMONTHS UNIXTIMESTAMP FROMUNIXTIME GEOLOCATION DISTANCE
        """.split { $0 == " " || $0 == "\n" }.map(String.init)

    @Test func `has every function of the language, each once`() {
        let names = Functions.all.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(Self.needed.filter { !names.contains($0) } == [])
    }

    @Test(arguments: Functions.all.filter { !$0.example.result.isEmpty }.map { ($0.example.formula, $0.example.result) })
    func `shows what its examples give`(formula: String, result: String) {
        #expect(outcome(formula) == result)
    }

    @Test func `describes every entry`() {
        for function in Functions.all {
            #expect(function.description.hasSuffix("."), "\(function.name)")
            #expect(function.family == .operators || function.signature.hasPrefix(function.name + "("), "\(function.name)")
        }
    }
}
