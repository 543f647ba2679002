import Testing

@Suite struct HolidayRefusalTests {
  @Test(arguments: [
    (
      "DTSTART;TZID=W. Europe Standard Time:20240101T090000",
      #"unknown time zone "W. Europe Standard Time", expected "UTC" or an IANA name such as "Europe/Berlin""#
    ),
    (
      "DTSTART;TZID=Europe/Berln:20240101T090000",
      #"unknown time zone "Europe/Berln", expected "Europe/Berlin""#
    ),
    ("DTSTART;TZID=Berlin:20240101T090000", #"unknown time zone "Berlin", expected "Europe/Berlin""#),
    ("DTSTART:20240230", #""20240230" is no time, expected one such as 20261224 or 20261224T180000Z"#),
    (
      "DTSTART:20240101T235960Z",
      #""20240101T235960Z" is no time, expected one such as 20261224 or 20261224T180000Z"#
    ),
    ("DTSTART;VALUE=DATE:20240101T000000", #""20240101T000000" is no time, expected one such as 20261224"#),
    ("SUMMARY:no start", "an event without DTSTART, expected its first day"),
    ("DTSTART:20240101\nDTSTART:20240102", "DTSTART is given twice, expected it once"),
    ("DTSTART:20240101\nDTEND:20240101", "the end is not after the start, expected a later one"),
    (
      "DTSTART:20240101\nDTEND:20240101T090000Z",
      "DTEND and DTSTART are not of the same kind, expected two days or two times"
    ),
    ("DTSTART:20240101\nDTEND:20240102\nDURATION:P1D", "DTEND beside DURATION, expected one of them"),
    ("DTSTART:20240101\nDURATION:-P1D", #""-P1D" is no length, expected one such as P1D or PT8H"#),
    (
      "DTSTART:20240101\nDURATION:PT8H",
      "a length in hours for an event of whole days, expected one such as P1D"
    ),
    ("DTSTART:20240101\nDTEND:20260101", "an event of 731 days, expected at most 366"),
    ("DTSTART:20240101\nEXRULE:FREQ=DAILY", "EXRULE is not supported, expected EXDATE"),
    (
      "DTSTART:20240101\nRDATE;VALUE=PERIOD:20240101T000000Z/P1D",
      "RDATE with periods is not supported, expected days or times"
    ),
    (
      "RECURRENCE-ID;RANGE=THISANDFUTURE:20240101\nDTSTART:20240101",
      "RECURRENCE-ID with RANGE is not supported, expected one event for each change"
    ),
    (
      "DTSTART:20240101\nRRULE:FREQ=HOURLY",
      #"rule: FREQ="HOURLY", expected YEARLY, MONTHLY, WEEKLY or DAILY"#
    ),
    ("DTSTART:20240101\nRRULE:COUNT=1", #"rule: FREQ="", expected YEARLY, MONTHLY, WEEKLY or DAILY"#),
    (
      "DTSTART:20240101\nRRULE:FREQ=YEARLY;BYWEEKNO=1",
      #"rule: "BYWEEKNO" is not supported, expected INTERVAL, COUNT, UNTIL, BYMONTH, BYMONTHDAY, BYDAY, BYSETPOS or WKST"#
    ),
    (
      "DTSTART:20240101\nRRULE:FREQ=DAILY;BYHOUR=9",
      #"rule: "BYHOUR" is not supported, expected INTERVAL, COUNT, UNTIL, BYMONTH, BYMONTHDAY, BYDAY, BYSETPOS or WKST"#
    ),
    (
      "DTSTART:20240101\nRRULE:FREQ=DAILY;COUNT=1;COUNT=2", #"rule: "COUNT" is given twice, expected it once"#
    ),
    (
      "DTSTART:20240101\nRRULE:FREQ=DAILY;COUNT=1;UNTIL=20240102",
      "rule: COUNT beside UNTIL, expected one of them"
    ),
    (
      "DTSTART:20240101\nRRULE:FREQ=DAILY;UNTIL=20240102T000000Z",
      #"rule: UNTIL="20240102T000000Z" is of another kind than DTSTART, expected the same kind"#
    ),
    ("DTSTART:20240101\nRRULE:FREQ=DAILY", "rule: more than 10000 days in 100 years, expected fewer"),
    (
      "DTSTART:20240101\nRRULE:FREQ=WEEKLY;BYDAY=1MO",
      "rule: BYDAY with a number in a WEEKLY rule, expected plain weekdays"
    ),
    (
      "DTSTART:20240101\nRRULE:FREQ=YEARLY;BYMONTH=13", #"rule: BYMONTH="13", expected a number from 1 to 12"#
    ),
    (
      "DTSTART:20240101\nRRULE:FREQ=YEARLY;BYMONTHDAY=0",
      "rule: BYMONTHDAY=0, expected a number from 1 or below 0"
    ),
    ("DTSTART:20240101\nRRULE:FREQ=YEARLY;BYDAY=XX", #"rule: "XX" is no weekday, expected MO, 4TH or -1MO"#),
    (
      "DTSTART:20240101\nRRULE:FREQ=YEARLY;BYSETPOS=1",
      "rule: BYSETPOS alone, expected a list of days to choose from"
    ),
    (
      "DTSTART:20240101\nRRULE:FREQ=YEARLY;INTERVAL=0",
      #"rule: INTERVAL="0", expected a number from 1 to 10000"#
    ),
  ])
  func `refuses an event that it cannot read whole`(lines: String, message: String) {
    let found = HolidayImport(event: lines.split(separator: "\n").joined(separator: "\r\n"))
    #expect(!found.isPolicy)
    #expect(found.problems.count == 1)
    #expect(found.problems.first?.hasPrefix("a.ics:") == true)
    #expect(found.problems.first?.hasSuffix(": " + message) == true, "\(found.problems)")
  }

  @Test(arguments: [
    ("", "a.ics:1:1: an empty file, expected BEGIN:VCALENDAR"),
    ("BEGIN:VEVENT\n", #"a.ics:1:1: found "VEVENT", expected BEGIN:VCALENDAR"#),
    ("VERSION:2.0\n", #"a.ics:1:1: found "VERSION", expected BEGIN:VCALENDAR"#),
    ("BEGIN:VCALENDAR\n", #"a.ics:1:1: "VCALENDAR" without end, expected END:VCALENDAR"#),
    (
      "BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\n",
      #"a.ics:3:1: END:"VCALENDAR", expected the end of "VEVENT""#
    ),
    ("BEGIN:VCALENDAR\nhello\n", "a.ics:2:1: a line without name and value, expected `NAME:VALUE`"),
    (
      "BEGIN:VCALENDAR\nCALSCALE:HEBREW\n",
      #"a.ics:2:1: calendar scale "HEBREW" is not supported, expected GREGORIAN"#
    ),
    (String(repeating: "BEGIN:VCALENDAR\n", count: 20), "a.ics:17:1: too many components within each other"),
  ])
  func `refuses a file that is no calendar`(text: String, problem: String) {
    let found = HolidayImport(Array(text.utf8))
    #expect(found.problems == [problem])
    #expect(!found.isPolicy)
  }
}
