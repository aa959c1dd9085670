import Formula
import Testing

@Suite struct `A regular expression` {
    @Test(arguments: [
        ("abc", "abc", true), ("abc", "abcd", false), ("abc", "xabc", false), ("", "", true), ("", "a", false),
        ("a.c", "abc", true), ("a.c", "a\nc", false), ("(?s)a.c", "a\nc", true), ("a*", "", true), ("a*", "aaaa", true),
        ("a+", "", false), ("ab?c", "ac", true), ("a{2}", "aa", true), ("a{2}", "aaa", false), ("a{2,}", "aaaaa", true),
        ("a{2,3}", "aaaa", false), ("a{0,2}b", "b", true), ("(ab|cd)+", "abcdab", true), ("(?:ab|cd)e", "cde", true),
        ("ab|cd", "cd", true), ("ab|", "", true), ("[A-Z]{2}-\\d{4}", "CT-0042", true), ("[A-Z]{2}-\\d{4}", "ct-0042", false),
        ("(?i)[A-Z]{2}", "ct", true), ("(?i)straße", "STRAßE", true), ("(?:(?i)a)b", "Ab", true), ("(?:(?i)a)b", "AB", false),
        ("[^0-9]+", "abc", true), ("[^0-9]+", "ab1", false), ("[]a]+", "]a", true), ("[a-]+", "a-", true),
        ("[\\]\\-]", "-", true),
        ("[z\\dA-C]+", "zA0B", true), ("\\w+@\\w+\\.com", "ada@example.com", true), ("\\S+\\s\\S+", "a b", true),
        ("\\p{Lu}\\p{Ll}+", "Über", true), ("\\p{L}+", "l33t", false), ("[\\p{L}\\p{N}]+", "l33t", true),
        ("\\P{L}+", "33!", true),
        ("\\p{P}", "¿", true), ("\\pN\\pL", "7x", true), ("\\p{Sc}\\p{Nd}+", "€12", true), ("\\p{Alpha}+", "Über", false),
        ("[\\p{Upper}\\p{Punct}]+", "A!", true), ("^abc$", "abc", true), ("\\Aabc\\z", "abc", true),
        ("\\bab\\b.*", "ab cd", true),
        ("a\\Bb", "ab", true), ("a\\bb", "ab", false), ("\\u00e9", "é", true), ("\\xe9", "é", true), ("a*?b", "aab", true),
        ("(a*)*b", "b", true), ("(){3}", "", true), ("CH\\d{2}( \\d{4}){4} \\d", "CH93 0076 2011 6238 5295 7", true),
        ("(?=.*\\d)(?=.*[a-z])\\w{8,}", "passw0rd", true), ("(?=.*\\d)(?=.*[a-z])\\w{8,}", "password", false),
        ("(?!.*acme).*", "the acme", false), ("(?!.*acme).*", "the corp", true), ("(a(?=b)|b)*", "abab", true),
        ("(a(?=b)|b)*", "aab", false), ("a(?!(?=b)b)c", "ac", true),
    ]) func `matches whole texts`(pattern: String, text: String, expected: Bool) throws {
        #expect(try Pattern(pattern).matches(text) == expected)
    }

    @Test(arguments: [
        ("a(b", "has a ( that is not closed (at character 4)"), ("ab)", "has a ) too many (at character 3)"),
        ("*a", "has nothing to repeat before * (at character 2)"), ("[abc", "has a [ that is not closed (at character 5)"),
        ("a{x}", "has a { without a number; write \\{ for a brace (at character 3)"),
        ("a{3,2}", "has a {n,m} that is malformed or counts beyond 1000 (at character 7)"),
        ("[z-a]", "has a range that is no range (at character 5)"),
        ("(?<=a)b", "has a group (?... that is not supported (at character 3)"),
        ("(a)\\1", "has \\1, which is not supported (at character 6)"), ("a\\", "ends with a backslash (at character 3)"),
        ("a*+", "has a possessive quantifier, which is not supported (at character 3)"),
        ("\\p{Greek}", "has \\p without a category such as {L}, {Lu}, {N}, {P} or {Alpha} (at character 10)"),
        (String(repeating: "(", count: 1000), "is nested deeper than 100 levels (at character 102)"),
    ]) func `says what is wrong with it`(pattern: String, message: String) {
        let error = #expect(throws: FormulaError.self) { try Pattern(pattern) }
        #expect(error?.code == .badPattern)
        #expect(error?.message == "The pattern " + message)
    }

    @Test func `has a greatest size`() {
        #expect(throws: FormulaError.self) { try Pattern("((a{99}){99}){99}") }
        #expect(throws: FormulaError.self) { try Pattern("(((){1000}){1000}a){1000}{1000}") }
        #expect(throws: FormulaError.self) { try Pattern(String(repeating: "(?=a{900})", count: 10)) }
    }

    @Test(
        .timeLimit(.minutes(1)),
        arguments: [
            "(a+)+$", "(a|aa)+b", "(a*)*(a*)*b", "(.*a){20}b", "(?=(a+)+$)b", "(?:(?=.*b)a){900}",
            String(repeating: "(", count: 90) + "a" + String(repeating: ")*", count: 90) + "b",
        ])
    func `is never slow`(pattern: String) throws {
        #expect(try !Pattern(pattern).matches(String(repeating: "a", count: 5000) + "!"))
    }
}
