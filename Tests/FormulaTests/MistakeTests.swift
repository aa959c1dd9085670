import Formula
import Testing

@Suite struct `What is wrong with a formula` {
    @Test(arguments: [
        ("1 +\n  CloseDate + CloseDate", "CloseDate is a date; + expects a number of days (line 2, column 15)"),
        ("Amount & \"x\"", "Amount is an amount of money; & expects a text (TEXT makes one) (line 1, column 1)"),
        ("LEFT(Name)", "LEFT cannot take 1 argument; write LEFT(text, count) (line 1, column 1)"),
        ("LEFFT(Name, 1)", "There is no function LEFFT (did you mean LEFT?) (line 1, column 1)"),
        ("Amuont > 1", "There is no field Amuont (did you mean Amount?) (line 1, column 1)"),
        ("IF(Amount, 1, 2)", "Amount is an amount of money; IF expects true or false (line 1, column 4)"),
        ("IF(TRUE, 1, \"a\")", "\"a\" is a text; IF expects a number, as before it (line 1, column 13)"),
        ("Name = 1", "1 is a number; = expects a text, as Name is (line 1, column 8)"),
        ("(1 + 2", "This parenthesis is not closed (line 1, column 1)"),
        ("1 + ", "the end of the formula stands where a value was expected (line 1, column 5)"),
        (
            "1 AND 2",
            "AND stands where an operator or the end of the formula was expected; write AND(a, b) or a && b (line 1, column 3)"
        ),
        ("", "The formula is empty (line 1, column 1)"),
        ("'abc", "The text that starts here has no closing quote (line 1, column 1)"),
        ("TODAY + 1", "There is no field TODAY; TODAY is a function, written TODAY() (line 1, column 1)"),
        ("ISCHANGED(1)", "1 is no field; ISCHANGED expects the name of one (line 1, column 1)"),
        ("1 § 2", "§ has no meaning in a formula (line 1, column 3)"),
        ("/* open", "The comment that starts here has no closing */ (line 1, column 1)"),
    ]) func `is said with its place and a suggestion`(formula: String, expected: String) {
        #expect(outcome(formula) == "error: " + expected)
    }

    @Test func `the type of the result is checked`() {
        #expect(
            outcome("Name", returning: .number) == "error: The formula gives a text, but a number is expected (line 1, column 1)")
    }

    @Test func `length and nesting have limits`() {
        #expect(outcome(String(repeating: "(", count: 5000)) == "error: too_long")
        #expect(outcome(String(repeating: "-", count: 5000) + "1") == "error: too_long")
        #expect(outcome(Array(repeating: "1", count: 3000).joined(separator: "+")) == "error: too_long")
        #expect(outcome(Array(repeating: "1", count: 400).joined(separator: "+")) == "400")
        #expect(outcome(String(repeating: " ", count: 20_001)) == "error: too_long")
    }
}
