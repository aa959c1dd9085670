import Formula
import Testing
import Values

@Suite struct `Text functions` {
    @Test(arguments: [
        ("LEN(\"123456\")", "6"), ("LEN(\"\")", "0"), ("LEN(\"🙂é\")", "2"),
        ("LEFT(\"123456\", 3)", "123"), ("LEFT(\"123456\", 37)", "123456"), ("LEFT(\"123456\", 0)", "blank"),
        ("LEFT(\"123456\", -2)", "blank"), ("LEFT(\"🙂é\", 1)", "🙂"),
        ("RIGHT(\"123456\", 3)", "456"), ("RIGHT(\"123456\", 37)", "123456"), ("RIGHT(\"123456\", 0)", "blank"),
        ("LEFT(\"abc\", 1.9)", "a"),
        ("MID(\"123456\", 4, 2)", "45"), ("MID(\"123456\", 4, 37)", "456"), ("MID(\"123456\", -4, 2)", "12"),
        ("MID(\"123456\", 0, 2)", "12"),
        ("MID(\"123456\", 2, -2)", "blank"), ("MID(\"123456\", 37, 2)", "blank"), ("MID(\"abc\", 1, 999999999999999)", "abc"),
        ("SUBSTR(\"123456\", 3)", "3456"), ("SUBSTR(\"123456\", -2)", "56"), ("SUBSTR(\"123456\", -4, 2)", "34"),
        ("SUBSTR(\"123456\", 0, 2)", "12"),
        ("SUBSTR(\"123456\", 7)", "blank"), ("SUBSTR(\"123456\", -7)", "blank"), ("SUBSTR(\"123456\", 2, 0)", "blank"),
        ("FIND(\"asman\", \"Doug Chasman\")", "8"), ("FIND(\"w\", \"Something wicked this way comes\", 15)", "23"),
        ("FIND(\"apple\", \"Doug\")", "0"),
        ("FIND(\"a\", \"banana\", 3)", "4"), ("FIND(\"a\", \"banana\", -5)", "2"), ("FIND(\"a\", \"banana\", 99)", "0"),
        ("FIND(\"é\", \"🙂é\")", "2"),
        ("CONTAINS(\"123456\", \"23\")", "true"), ("CONTAINS(\"123456\", \"235\")", "false"),
        ("CONTAINS(\"123456\", \"\")", "true"),
        ("BEGINS(\"123456\", \"123\")", "true"), ("BEGINS(\"123456\", \"23\")", "false"), ("ENDS(\"123456\", \"456\")", "true"),
        ("ENDS(\"123456\", \"45\")", "false"),
        ("SUBSTITUTE(\"aaa\", \"a\", \"b\")", "bbb"), ("SUBSTITUTE(\"aaa\", \"a\", NULL)", "blank"),
        ("SUBSTITUTE(\"abc\", \"\", \"x\")", "abc"),
        ("SUBSTITUTE(\"aaaa\", \"aa\", \"b\")", "bb"), ("REVERSE(\"🙂ab\")", "ba🙂"), ("TRIM(\"  a b  \")", "a b"),
        ("TRIM(\"   \")", "blank"),
    ]) func `find and cut by characters`(formula: String, expected: String) {
        #expect(outcome(formula) == expected)
    }

    @Test(arguments: [
        ("UPPER(\"große\")", "GROSSE"), ("UPPER(\"ıdempotent\")", "IDEMPOTENT"), ("UPPER(\"ångstrom\")", "ÅNGSTROM"),
        ("UPPER(\"idempotent\", \"tr_TR\")", "İDEMPOTENT"),
        ("LOWER(\"ÅNGSTROM\")", "ångstrom"), ("LOWER(\"IDEMPOTENT\", \"tr\")", "ıdempotent"),
        ("LOWER(\"İDEMPOTENT\", \"tr\")", "idempotent"), ("LOWER(\"GROẞE\")", "große"),
        ("INITCAP(\"mr. smith\")", "Mr. Smith"), ("INITCAP(\"mr. 123smith\")", "Mr. 123smith"),
        ("INITCAP(\"mr. _smith\")", "Mr. _Smith"), ("INITCAP(\"ÉCOLE d'été\")", "École D'Été"),
        ("LPAD(\"string\", 0)", "blank"), ("LPAD(\"string\", 1)", "s"), ("LPAD(\"string\", 8)", "  string"),
        ("LPAD(\"string\", 10, \",.;\")", ",.;,string"),
        ("RPAD(\"string\", 5, \"x\")", "strin"), ("RPAD(\"string\", 8, \"x\")", "stringxx"),
        ("RPAD(\"string\", 15, \",.;\")", "string,.;,.;,.;"), ("RPAD(\"a\", 3, NULL)", "a"),
        ("LEN(LPAD(\"a\", 100000))", "100000"), ("LPAD(\"a\", 100001)", "error: out_of_range"),
        ("CHR(0)", "blank"), ("CHR(32)", " "), ("CHR(-32)", "blank"), ("CHR(9729)", "☁"), ("CHR(129525)", "🧵"),
        ("CHR(55296)", "blank"), ("CHR(99999999)", "blank"),
        ("ASCII(\" \")", "32"), ("ASCII(\"🧵\")", "129525"), ("ASCII(\"\")", "blank"),
        ("CASESAFEID(\"001A0000006Vm9r\")", "001A0000006Vm9rIAC"),
        ("CASESAFEID(\"0190a1b2-0000-7000-8000-000000000001\")", "0190a1b2-0000-7000-8000-000000000001"),
    ]) func `change letters and lengths`(formula: String, expected: String) {
        #expect(outcome(formula) == expected)
    }

    @Test(arguments: [
        ("TEXT(123456)", "123456"), ("TEXT(0.50)", "0.5"), ("TEXT(-0)", "0"),
        ("TEXT(1 / 3)", "0.3333333333333333333333333333333333333"), ("TEXT(10 ^ 20)", "100000000000000000000"),
        ("TEXT(DATE(1968, 12, 20))", "1968-12-20"), ("TEXT(TIMEVALUE(\"17:00:00.5\"))", "17:00:00.500"), ("TEXT(Stage)", "Open"),
        ("TEXT(Interests)", "Golf;Wine"),
        ("VALUE(\"1.\")", "1"), ("VALUE(\".1\")", "0.1"), ("VALUE(\"+.1\")", "0.1"), ("VALUE(\"1.e-1\")", "0.1"),
        ("VALUE(\"123.4512345e2\")", "12345.12345"),
        ("VALUE(\"--1\")", "error: bad_value"), ("VALUE(\"-.\")", "error: bad_value"), ("VALUE(\"1-2\")", "error: bad_value"),
        ("VALUE(\" 1\")", "error: bad_value"),
        ("VALUE(\"1,000\")", "error: bad_value"), ("VALUE(\"1e99\")", "error: out_of_range"), ("VALUE(\"\")", "blank"),
        ("ISNUMBER(\"+5.0\")", "true"), ("ISNUMBER(\"No\")", "false"), ("ISNUMBER(\"\")", "false"),
        ("ISNUMBER(\"1.e1\")", "true"), ("ISNUMBER(\"..\")", "false"),
        ("FORMATCURRENCY('USD', 1000.495)", "USD 1,000.50"), ("FORMATCURRENCY('JPY', 999999999)", "JPY 999,999,999"),
        ("FORMATCURRENCY('KWD', 15.10)", "KWD 15.100"),
        ("FORMATCURRENCY(NULL, 1000)", " 1,000.00"), ("FORMATCURRENCY('EUR', -1234567.1)", "EUR -1,234,567.10"),
        ("FORMATCURRENCY('EUR', 0.001)", "EUR 0.00"),
    ]) func `convert numbers and dates to texts and back`(formula: String, expected: String) {
        #expect(outcome(formula, ["Stage": .text("Open"), "Interests": .list(["Golf", "Wine"])]) == expected)
    }

    @Test(arguments: [
        ("HTMLENCODE(\"<b>\\\"Tom\\\" & 'Jerry'</b>\")", "&lt;b&gt;&quot;Tom&quot; &amp; &#39;Jerry&#39;&lt;/b&gt;"),
        ("JSENCODE(\"it's \\\"x\\\"\\n</b>\")", "it\\'s \\\"x\\\"\\n\\u003C\\/b\\u003E"),
        ("JSINHTMLENCODE(\"it's\")", "it&#39;s"), ("URLENCODE(\"a b/ü~\")", "a%20b%2F%C3%BC~"),
        ("HYPERLINK(\"/x?a=1&b=\\\"2\\\"\", \"go\")", "<a href=\"/x?a=1&amp;b=&quot;2&quot;\" target=\"_blank\">go</a>"),
        ("HYPERLINK(\"/x\", NULL, \"_self\")", "<a href=\"/x\" target=\"_self\"></a>"),
        ("IMAGE(\"/a.png\", \"A\", 10, 20)", "<img src=\"/a.png\" alt=\"A\" style=\"height:10px; width:20px;\" border=\"0\"/>"),
        ("\"a\" & BR() & \"b\"", "a<br>b"),
    ]) func `write HTML, JavaScript and addresses`(formula: String, expected: String) {
        #expect(outcome(formula) == expected)
    }

    @Test(arguments: [
        ("LIKE(\"Howdy\", \"%dy\")", "true"), ("LIKE(\"Howdy\", \"Ho_dy\")", "true"), ("LIKE(\"Howdy\", \"ho%dy\")", "false"),
        ("LIKE(\"abcd\", \"abc[def]\")", "false"),
        ("LIKE(\"%\", \"%%\")", "true"), ("LIKE(\"Hi%Hi\", \"Hi%%Hi\")", "true"), ("LIKE(\"\\\\\", \"\\\\\\\\\")", "true"),
        ("LIKE(\"%\", \"\\\\%\")", "true"), ("LIKE(\"a\", \"\\\\%\")", "false"),
        ("LIKE(\"^$^$\", \"^$^$\")", "true"), ("LIKE(NULL, \"\")", "true"), ("LIKE(NULL, \"%\")", "true"),
        ("LIKE(\"abcabc\", \"%abc\")", "true"), ("LIKE(\"a\", \"_%_\")", "false"),
        ("REGEX(\"123-45-6789\", \"[0-9]{3}-[0-9]{2}-[0-9]{4}\")", "true"),
        ("REGEX(\"123-45-67890\", \"[0-9]{3}-[0-9]{2}-[0-9]{4}\")", "false"), ("REGEX(NULL, \"a*\")", "true"),
        ("REGEX(\"x\", Name)", "true"), ("REGEX(\"passw0rd\", \"(?=.*\\\\d).{8,}\")", "true"),
        ("JSONVALUE('{\"a\": 1.50}', \"a\")", "1.5"), ("JSONVALUE('{\"a\": true}', \"a\")", "true"),
        ("JSONVALUE('{\"a\": \"x\"}', \"a\")", "x"), ("JSONVALUE('{\"a\": null}', \"a\")", "blank"),
        ("JSONVALUE('{\"a\": {}}', \"a\")", "blank"), ("JSONVALUE('{}', \"a\")", "blank"), ("JSONVALUE('[1]', \"a\")", "blank"),
        ("JSONVALUE('{', \"a\")", "error: bad_value"),
        ("JSONPATHVALUE('{\"a\": {\"b\": [1, {\"c d\": 2}]}}', \"$.a.b[1]['c d']\")", "2"),
        ("JSONPATHVALUE('{\"a\": 1}', \"a\")", "1"), ("JSONPATHVALUE('[5]', \"$[0]\")", "5"),
        ("JSONPATHVALUE('[5]', \"$[1]\")", "blank"), ("JSONPATHVALUE('{', \"$.a\")", "blank"),
        ("JSONPATHVALUE('{\"a\": 1}', \"$..a\")", "blank"), ("JSONPATHVALUE('{\"a\": 1}', \"$.a[\")", "blank"),
    ]) func `match patterns and read JSON`(formula: String, expected: String) {
        #expect(outcome(formula, ["Name": .text("[w-z]")]) == expected)
    }

    @Test func `refuse a pattern that is wrong when they are read, or when they run`() {
        #expect(outcome("REGEX(Name, \"[a\")") == "error: bad_pattern")
        #expect(outcome("REGEX(Name, Code)", ["Code": .text("(")]) == "error: bad_pattern")
        #expect(outcome("IFERROR(REGEX(Name, Code), FALSE)", ["Code": .text("(")]) == "false")
    }

    @Test func `cannot make a text of any length`() {
        let growing = (0..<20).reduce("\"aaaaaaaaaa\"") { inner, _ in "SUBSTITUTE(\(inner), \"a\", \"aaaaaaaaaa\")" }
        #expect(outcome(growing) == "error: out_of_range")
    }

    @Test(arguments: [
        ("LEN(Name)", "0"), ("LEFT(Name, 3)", "blank"), ("RIGHT(Name, 3)", "blank"), ("MID(Name, 1, 1)", "blank"),
        ("SUBSTR(Name, 1)", "blank"), ("FIND(Name, \"foo\")", "0"),
        ("FIND(\"foo\", Name)", "0"), ("CONTAINS(Name, \"a\")", "false"), ("CONTAINS(\"a\", Name)", "true"),
        ("CONTAINS(Name, Code)", "true"), ("BEGINS(Name, \"a\")", "false"),
        ("BEGINS(\"a\", Name)", "true"), ("ENDS(Name, \"a\")", "false"), ("NOT(BEGINS(Name, \"a\"))", "false"),
        ("UPPER(Name)", "blank"), ("LOWER(Name)", "blank"), ("INITCAP(Name)", "blank"), ("TRIM(Name)", "blank"),
        ("LPAD(Name, 3)", "blank"), ("RPAD(Name, 3)", "blank"), ("SUBSTITUTE(Name, \"a\", \"b\")", "blank"),
        ("REVERSE(Name)", "blank"), ("TEXT(Name)", "blank"), ("VALUE(Name)", "blank"),
        ("\"a\" & Name", "a"), ("Name & Code", "blank"), ("Name = \"\"", "true"), ("Name <> \"a\"", "true"),
        ("Name < \"a\"", "true"), ("TEXT(CloseDate)", "blank"),
        ("HTMLENCODE(Name)", "blank"), ("JSONVALUE(Name, \"a\")", "blank"), ("CASESAFEID(Name)", "blank"),
        ("ASCII(Name)", "blank"), ("ISNUMBER(Name)", "false"),
    ]) func `take a blank text as an empty one, in both modes`(formula: String, expected: String) {
        #expect(outcome(formula, blanks: .blank) == expected)
        #expect(outcome(formula, blanks: .zero) == expected)
    }

    @Test(arguments: [
        ("TEXT(Amount)", "blank", "0"), ("LEFT(\"abc\", Amount)", "blank", "blank"), ("MID(\"abc\", Amount, 2)", "blank", "ab"),
        ("SUBSTR(\"abc\", Amount)", "blank", "abc"),
        ("LPAD(\"a\", Amount)", "blank", "blank"), ("CHR(Amount)", "blank", "blank"), ("FIND(\"a\", \"a\", Amount)", "1", "1"),
        ("FORMATCURRENCY(\"USD\", Amount)", "blank", "USD 0.00"),
    ]) func `take a blank count as the mode says`(formula: String, blank: String, zero: String) {
        #expect(outcome(formula, blanks: .blank) == blank)
        #expect(outcome(formula, blanks: .zero) == zero)
    }
}
