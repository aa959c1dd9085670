import Testing
import Values

@Suite("A pattern for texts")
struct TextPatternTests {
    @Test(arguments: [
        ("abc", "abc", true), ("abc", "abcd", false), ("abc", "xabc", false), ("", "", true), ("", "a", false),
        ("a.c", "abc", true), ("a.c", "a\nc", false), ("a*", "", true), ("a*", "aaaa", true), ("a+", "", false),
        ("ab?c", "ac", true),
        ("a{2}", "aa", true), ("a{2}", "aaa", false), ("a{2,}", "aaaaa", true), ("a{2,3}", "aaaa", false), ("a{0,2}b", "b", true),
        ("(ab|cd)+", "abcdab", true), ("(?:ab|cd)e", "cde", true), ("ab|cd", "cd", true), ("ab|", "", true),
        ("[A-Z]{2}-\\d{4}", "CT-0042", true), ("[A-Z]{2}-\\d{4}", "ct-0042", false), ("(?i)[A-Z]{2}", "ct", true),
        ("[^0-9]+", "abc", true), ("[^0-9]+", "ab1", false), ("[]a]+", "]a", true), ("[a-]+", "a-", true),
        ("[\\]\\-]", "-", true),
        ("\\w+@\\w+\\.com", "ada@example.com", true), ("\\S+\\s\\S+", "a b", true), ("\\p{Lu}\\p{Ll}+", "Über", true),
        ("\\p{L}+", "l33t", false), ("^abc$", "abc", true), ("\\bab\\b.*", "ab cd", true), ("a\\Bb", "ab", true),
        ("\\u00e9", "é", true), ("a*?b", "aab", true), ("(a*)*b", "b", true),
        ("CH\\d{2}( \\d{4}){4} \\d", "CH93 0076 2011 6238 5295 7", true),
    ])
    func `matches whole texts`(_ pattern: String, _ text: String, _ expected: Bool) throws {
        #expect(try TextPattern(pattern).matches(text) == expected)
    }

    @Test(arguments: [
        ("a(b", "This ( has no ) after it (column 2)"), ("ab)", "This ) has no ( before it (column 3)"),
        ("*a", "Nothing stands before this * that could be repeated (column 1)"), ("[abc", "This [ has no ] after it (column 1)"),
        ("a{x}", "A { starts a repetition such as {2} or {1,3}; write \\{ for the sign itself (column 2)"),
        ("a{3,2}", "This repetition is not of the form {2}, {2,} or {2,4} (column 2)"),
        ("[z-a]", "This range goes backwards, or does not end with a character (column 2)"),
        ("(?=a)b", "Only plain groups ( ) and (?: ) are supported, not looking ahead or back, and no names (column 1)"),
        ("(a)\\1", "There is no \\1 in a pattern (column 4)"), ("a\\", "Nothing stands after this \\ (column 2)"),
        ("\\p{Greek}", "A property is one of \\p{L}, \\p{Lu}, \\p{Ll}, \\p{N}, \\p{P} (column 1)"),
        ("((a{99}){99}){99}", "The pattern is too large: it repeats too much (column 1)"),
        (String(repeating: "(", count: 1000), "Groups are nested deeper than 50 (column 51)"),
        ("a**", "Two repetitions in a row: put the first into ( ) (column 3)"),
    ])
    func `says what is wrong with a pattern`(_ pattern: String, _ message: String) {
        #expect(throws: TextPatternError.self) { try TextPattern(pattern) }
        do { _ = try TextPattern(pattern) } catch { #expect(error.description == message) }
    }

    @Test(.timeLimit(.minutes(1)), arguments: ["(a+)+$", "(a|aa)+b", "(a*)*(a*)*b", "(.*a){20}b"])
    func `is never slow`(_ pattern: String) throws {
        #expect(try !TextPattern(pattern).matches(String(repeating: "a", count: 5000) + "!"))
    }
}
