import Formula
import Testing
import Values

@Suite struct `Date and time functions` {
    @Test(arguments: [
        ("DATE(2024, 2, 29)", "2024-02-29"), ("DATE(2023, 2, 29)", "error: bad_date"), ("DATE(2024, 13, 1)", "error: bad_date"),
        ("DATE(0, 1, 1)", "error: bad_date"),
        ("DATE(9999, 12, 31)", "9999-12-31"), ("DATE(10000, 1, 1)", "error: bad_date"), ("DATE(2024.9, 1.9, 1.9)", "2024-01-01"),
        ("DATE(99999999999999, 1, 1)", "error: bad_date"),
        ("DATEVALUE(\"2005-1-2\")", "2005-01-02"), ("DATEVALUE(\"0001-01-15\")", "0001-01-15"),
        ("DATEVALUE(\"200-01-03\")", "error: bad_date"), ("DATEVALUE(\"2005-02-31\")", "error: bad_date"),
        ("DATEVALUE(\"0000-12-12\")", "error: bad_date"), ("DATEVALUE(\"2020-11-00\")", "error: bad_date"),
        ("DATEVALUE(\"crapola\")", "error: bad_date"), ("DATEVALUE(CloseDate)", "2024-01-31"),
        ("DATETIMEVALUE(\"2011-01-9 00:00:09\")", "2011-01-09T00:00:09Z"),
        ("DATETIMEVALUE(\"2011-1-23 2:22:59\")", "2011-01-23T02:22:59Z"),
        ("DATETIMEVALUE(\"2012-01-01 24:00:00\")", "error: bad_date"),
        ("DATETIMEVALUE(\"2012-01-01 23:60:00\")", "error: bad_date"), ("DATETIMEVALUE(\"2012:02:02\")", "error: bad_date"),
        ("DATETIMEVALUE(\"2011-01-09\")", "2011-01-09T00:00:00Z"),
        ("DATETIMEVALUE(\"2011-01-09T10:00:00+02:00\")", "2011-01-09T08:00:00Z"),
        ("DATETIMEVALUE(CloseDate)", "2024-01-31T00:00:00Z"),
        ("TIMEVALUE(\"12:34:56.789\")", "12:34:56.789"), ("TIMEVALUE(\"12:34:56.789Z\")", "error: bad_date"),
        ("TIMEVALUE(\"24:12:56.123\")", "error: bad_date"),
        ("TIMEVALUE(\"01:14:23.3456\")", "error: bad_date"), ("TIMEVALUE(CreatedDate)", "10:34:00.125"),
        ("TIMEVALUE(Opens)", "08:30:00.000"),
        ("FROMUNIXTIME(1132074000)", "2005-11-15T17:00:00Z"), ("FROMUNIXTIME(-0.5)", "1969-12-31T23:59:59.500Z"),
        ("FROMUNIXTIME(10 ^ 15)", "error: bad_date"),
        ("UNIXTIMESTAMP(DATETIMEVALUE(\"2005-11-15 17:00:00\"))", "1132074000"), ("UNIXTIMESTAMP(FROMUNIXTIME(-0.5))", "-1"),
        ("UNIXTIMESTAMP(DATE(1969, 12, 31))", "-86400"), ("UNIXTIMESTAMP(TIMEVALUE(\"01:00:01.999\"))", "3601"),
    ]) func `make days, moments and times`(formula: String, expected: String) {
        #expect(outcome(formula, record) == expected)
    }

    @Test(arguments: [
        ("DATE(2005, 4, 5) + 0.7", "2005-04-05"), ("DATE(2005, 4, 5) + 1.9", "2005-04-06"),
        ("DATE(2005, 4, 5) + 0.5 + 0.5", "2005-04-05"), ("DATE(2005, 4, 5) + (0.5 + 0.5)", "2005-04-06"),
        ("DATE(2005, 4, 5) + (-1.9)", "2005-04-04"), ("1 + DATE(2005, 4, 5)", "2005-04-06"),
        ("DATE(2005, 4, 10) - DATE(2005, 4, 9)", "1"), ("DATE(1, 1, 1) - 1", "error: bad_date"),
        ("DATE(2005, 4, 5) + 10 ^ 30", "error: bad_date"),
        ("DATETIMEVALUE(\"2016-02-29 13:15:10\") - 1.0", "2016-02-28T13:15:10Z"),
        ("0.16597 + DATETIMEVALUE(\"2016-02-29 13:15:10\")", "2016-02-29T17:14:10Z"),
        ("DATETIMEVALUE(\"2016-02-29 13:15:10\") + 3.6", "2016-03-04T03:39:10Z"), ("NOW() - NOW()", "0"),
        ("DATETIMEVALUE(\"2024-01-02 12:00:00\") - DATETIMEVALUE(\"2024-01-01 00:00:00\")", "1.5"),
        ("TIMEVALUE(\"08:34:56.789\") - TIMEVALUE(\"06:34:56.789\")", "7200000"),
        ("TIMEVALUE(\"10:34:56.789\") - TIMEVALUE(\"12:34:56.789\")", "79200000"),
        ("TIMEVALUE(\"23:56:45.898\") + 93600000", "01:56:45.898"), ("TIMEVALUE(\"01:00:00.000\") - 7200000", "23:00:00.000"),
        ("TIMEVALUE(\"12:34:56.789\") + 86400000 = TIMEVALUE(\"12:34:56.789\")", "true"),
        ("ADDMONTHS(DATE(2016, 2, 29), 1)", "2016-03-31"), ("ADDMONTHS(DATE(2016, 2, 28), 1)", "2016-03-28"),
        ("ADDMONTHS(DATE(2016, 2, 29), 0.5)", "2016-02-29"),
        ("ADDMONTHS(DATE(2016, 3, 31), -2)", "2016-01-31"), ("ADDMONTHS(DATE(2016, 1, 30), 1)", "2016-02-29"),
        ("ADDMONTHS(DATE(2015, 2, 28), 12)", "2016-02-29"),
        ("ADDMONTHS(DATE(2024, 4, 30), 1)", "2024-05-31"),
        ("ADDMONTHS(DATETIMEVALUE(\"2024-01-31 10:20:30\"), 1)", "2024-02-29T10:20:30Z"),
        ("ADDMONTHS(DATE(2024, 1, 1), 10 ^ 9)", "error: bad_date"),
        ("ADDMONTHS(DATE(9999, 12, 1), 1)", "error: bad_date"),
    ]) func `move along the calendar and the clock`(formula: String, expected: String) {
        #expect(outcome(formula, record) == expected)
    }

    @Test(arguments: [
        ("YEAR(CloseDate)", "2024"), ("MONTH(CloseDate)", "1"), ("DAY(CloseDate)", "31"), ("WEEKDAY(DATE(2016, 11, 3))", "5"),
        ("WEEKDAY(DATE(1969, 2, 12))", "4"), ("WEEKDAY(DATE(2024, 3, 3))", "1"),
        ("HOUR(Opens)", "8"), ("MINUTE(Opens)", "30"), ("SECOND(TIMEVALUE(CreatedDate))", "0"),
        ("MILLISECOND(TIMEVALUE(CreatedDate))", "125"), ("DAYOFYEAR(DATE(2008, 12, 31))", "366"),
        ("ISOWEEK(DATE(2005, 4, 5))", "14"), ("ISOWEEK(DATETIMEVALUE(\"2006-12-31 23:59:59\"))", "52"),
        ("ISOWEEK(DATETIMEVALUE(\"2010-01-01 00:00:00\"))", "53"),
        ("ISOYEAR(DATE(2006, 1, 1))", "2005"), ("ISOYEAR(DATETIMEVALUE(\"2010-01-01 00:00:00\"))", "2009"),
        ("TODAY()", "2024-02-29"), ("TIMENOW()", "13:15:10.000"),
        ("FORMATDURATION(1)", "00:00:01"), ("FORMATDURATION(-1000001)", "277:46:41"),
        ("FORMATDURATION(1000000, TRUE)", "11:13:46:40"), ("FORMATDURATION(0, TRUE)", "0:00:00:00"),
        ("FORMATDURATION(DATETIMEVALUE(\"2005-11-15 17:00:01\"), DATETIMEVALUE(\"2005-11-15 17:00:00\"))", "0:00:00:01"),
        ("FORMATDURATION(TIMEVALUE(\"06:34:56.789\"), TIMEVALUE(\"23:34:56.789\"))", "17:00:00"),
        ("FORMATDURATION(10 ^ 30)", "blank"),
    ]) func `take days, moments and times apart`(formula: String, expected: String) {
        #expect(outcome(formula, record) == expected)
    }

    @Test(arguments: [
        "CloseDate + 1", "CloseDate - 1", "1 + CloseDate", "CloseDate - TODAY()", "YEAR(CloseDate)", "MONTH(CloseDate)",
        "DAY(CloseDate)", "WEEKDAY(CloseDate)", "ADDMONTHS(CloseDate, 1)",
        "DATEVALUE(CreatedDate)", "DATETIMEVALUE(CloseDate)", "TIMEVALUE(CreatedDate)", "HOUR(Opens)", "Opens + 5",
        "Opens - Closes", "CreatedDate - NOW()", "DATEVALUE(Name)", "ISOWEEK(CloseDate)",
        "UNIXTIMESTAMP(CreatedDate)", "FORMATDURATION(CreatedDate, NOW())", "TEXT(Opens)", "DAYOFYEAR(CloseDate)",
    ]) func `are blank for a blank date, in both modes`(formula: String) {
        #expect(outcome(formula, blanks: .blank) == "blank")
        #expect(outcome(formula, blanks: .zero) == "blank")
    }

    @Test(arguments: [
        ("CloseDate + Amount", "blank", "2024-01-31"), ("ADDMONTHS(CloseDate, Amount)", "blank", "2024-01-31"),
        ("DATE(2024, Amount, 1)", "blank", "error: bad_date"),
        ("FROMUNIXTIME(Amount)", "blank", "1970-01-01T00:00:00Z"), ("Opens + Amount", "blank", "08:30:00.000"),
        ("FORMATDURATION(Amount)", "blank", "00:00:00"),
    ]) func `take a blank number as the mode says`(formula: String, blank: String, zero: String) {
        #expect(outcome(formula, record, blanks: .blank) == blank)
        #expect(outcome(formula, record, blanks: .zero) == zero)
    }

    private let record: [String: Value] = [
        "CloseDate": day("2024-01-31"), "CreatedDate": moment("2024-02-28T10:34:00.125Z"), "Opens": time("08:30"),
    ]
}
