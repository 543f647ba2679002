extension ProblemTests {
  static let promises: [WrongFile] = [
    WrongFile(
      "platform.json5",
      #"{ version: 1, components: { net: { paths: ["net/", "/a", "a**", "[ab]", "", "!"], host: "p" "#
        + #"} } }"#,
      [
        #"platform.json5:1:44: at components.net.paths[0]: "net/" is no path pattern: trailing `/`, "#
          + #"expected `/**` for all that is inside"#,
        #"platform.json5:1:52: at components.net.paths[1]: "/a" is no path pattern: leading `/`, "#
          + #"expected a path from the root of the repository without it"#,
        #"platform.json5:1:58: at components.net.paths[2]: "a**" is no path pattern: `**` beside "#
          + #"other characters, expected it as a whole segment or a single `*`"#,
        #"platform.json5:1:65: at components.net.paths[3]: "[ab]" is no path pattern: bracket, "#
          + #"expected `\[` or `\]` for the character itself; there are no classes"#,
        #"platform.json5:1:73: at components.net.paths[4]: "" is no path pattern: nothing is left, "#
          + #"expected a path such as "docs/**""#,
        #"platform.json5:1:77: at components.net.paths[5]: "!" is no path pattern: nothing is left, "#
          + #"expected a path such as "docs/**""#,
        #"platform.json5:1:89: warning: at components.net.host: "p" cannot be looked up, expected a "#
          + #"roster.json5 beside this file"#,
      ]),
    WrongFile(
      "platform.json5", #"{ version: 1, components: { net: { paths: ["!a"] } } }"#,
      [
        #"platform.json5:1:34: at components.net: missing key "host", expected the name of a team"#,
        #"platform.json5:1:43: at components.net.paths: only exclusions, which match no path; "#
          + #"expected a path without `!` before them"#,
      ]),
    WrongFile(
      "platform.json5", #"{ version: 1, components: { net: { paths: [], host: "p" } } }"#,
      [
        #"platform.json5:1:43: at components.net.paths: empty list, expected at least one path such "#
          + #"as "docs/**""#,
        #"platform.json5:1:53: warning: at components.net.host: "p" cannot be looked up, expected a "#
          + #"roster.json5 beside this file"#,
      ]),
    WrongFile(
      "platform.json5",
      #"{ version: 1, repositories: [{ path: "x" }, { name: "a", branch: "a..b" }, { name: "a", "#
        + #"branch: [] }] }"#,
      [
        #"platform.json5:1:30: at repositories[0]: missing key "name", expected a name"#,
        #"platform.json5:1:66: at repositories[1].branch: "a..b" is no branch name, expected a "#
          + #"branch such as "main""#,
        #"platform.json5:1:84: at repositories[2].name: repository "a" is given twice, expected "#
          + #"each name once"#,
        #"platform.json5:1:97: at repositories[2].branch: empty list, expected at least one branch"#,
      ]),
    WrongFile(
      "platform.json5",
      #"{ version: 1, components: { net: { paths: ["a"], host: "p", repositories: ["platfrom"] } }, "#
        + #"repositories: [{ name: "platform" }] }"#,
      [
        #"platform.json5:1:56: warning: at components.net.host: "p" cannot be looked up, expected a "#
          + #"roster.json5 beside this file"#,
        #"platform.json5:1:76: at components.net.repositories[0]: unknown repository "platfrom", "#
          + #"expected "platform""#,
      ]),
    WrongFile(
      "platform.json5", #"{ version: 1, ownership: "codeowners" }"#,
      [
        #"platform.json5:1:26: at ownership: unknown word "codeowners", expected "CODEOWNERS", "#
          + #""GITLAB-CODEOWNERS", "OWNERS" or "MAINTAINERS""#
      ]),
    WrongFile(
      "service-levels.json5",
      #"{ version: 1, objectives: [{ name: "a", clock: "first-reviews", target: "2 days" }] }"#,
      [
        #"service-levels.json5:1:48: at objectives[0].clock: unknown word "first-reviews", expected "#
          + #""first-response", "first-review", "each-response", "decision" or "landing""#,
        #"service-levels.json5:1:73: at objectives[0].target: "2 days" is no target, expected a "#
          + #"duration such as "8h", or "2 business days""#,
      ]),
    WrongFile(
      "service-levels.json5",
      #"{ version: 1, objectives: [{ name: "a", clock: "landing", target: "0h", share: 0, window: "#
        + #""28", atRisk: 1.5 }, { name: "a", clock: "decision", target: "1 business day", share: "#
        + #"Infinity, window: "1d", calendar: "berln" }], calendars: { berlin: { timeZone: "UTC", "#
        + #"hours: { monday: ["09:00-17:00"] } } } }"#,
      [
        #"service-levels.json5:1:67: at objectives[0].target: "0h" is no target, expected a "#
          + #"duration such as "8h", or "2 business days""#,
        #"service-levels.json5:1:80: at objectives[0].share: 0 is out of range, expected a number "#
          + #"above 0 to 1"#,
        #"service-levels.json5:1:91: at objectives[0].window: "28" is no duration, expected a "#
          + #"duration such as "90s", "45m", "8h" or "3d""#,
        #"service-levels.json5:1:105: at objectives[0].atRisk: 1.5 is out of range, expected a "#
          + #"number above 0 to 1"#,
        #"service-levels.json5:1:120: at objectives[1].name: objective "a" is given twice, expected "#
          + #"each name once"#,
        #"service-levels.json5:1:177: at objectives[1].share: Infinity is out of range, expected a "#
          + #"number above 0 to 1"#,
        #"service-levels.json5:1:211: at objectives[1].calendar: unknown calendar "berln", expected "#
          + #""berlin""#,
      ]),
    WrongFile(
      "service-levels.json5",
      #"{ version: 1, objectives: [{ target: "99999999999999d", appliesTo: { origin: ["extern", "#
        + #""bot", "bot"], components: ["net"] } }] }"#,
      [
        #"service-levels.json5:1:28: at objectives[0]: missing key "name", expected a name"#,
        #"service-levels.json5:1:28: at objectives[0]: missing key "clock", expected the name of a clock"#,
        #"service-levels.json5:1:38: at objectives[0].target: "99999999999999d" is no target, "#
          + #"expected a duration such as "8h", or "2 business days""#,
        #"service-levels.json5:1:79: at objectives[0].appliesTo.origin[0]: unknown word "extern", "#
          + #"expected "platform", "external", "bot" or "unknown""#,
        #"service-levels.json5:1:96: at objectives[0].appliesTo.origin[2]: "bot" is given twice, "#
          + #"expected it once"#,
        #"service-levels.json5:1:117: at objectives[0].appliesTo.components[0]: unknown component "#
          + #""net", expected a component of platform.json5"#,
      ]),
    WrongFile(
      "service-levels.json5", #"{ version: 1, calendars: { a: { union: ["b"] }, b: { union: ["a"] } } }"#,
      [
        #"service-levels.json5:1:31: at calendars.a: circle of unions a → b → a, expected an end in "#
          + #"a region"#
      ]),
    WrongFile(
      "service-levels.json5",
      #"{ version: 1, calendars: { a: { union: ["24x7"], timeZone: "UTC" }, "24x7": { timeZone: "#
        + #""UTC" }, c: {}, d: { timeZone: "BST" } } }"#,
      [
        #"service-levels.json5:1:60: at calendars.a.timeZone: "timeZone" beside "union", expected "#
          + #"either a region or a union"#,
        #"service-levels.json5:1:69: at calendars.24x7: "24x7" is built in, expected another name"#,
        #"service-levels.json5:1:101: at calendars.c: missing key "timeZone", expected a zone such "#
          + #"as "Europe/Berlin""#,
        #"service-levels.json5:1:108: warning: at calendars.d: no hours on any day, expected some; "#
          + #"nothing is ever due on this calendar"#,
        #"service-levels.json5:1:120: at calendars.d.timeZone: "BST" is no time zone, expected "#
          + #""UTC" or an IANA name such as "Europe/Berlin""#,
      ]),
    WrongFile(
      "service-levels.json5",
      #"{ version: 1, calendars: { a: { timeZone: "Europe/Berlin", hours: { monday: ["9:00-17:00", "#
        + #""09:00-09:00", "24:00-25:00"], mon: [] }, holidays: ["25.12.2026"], exceptions: { "#
        + #""2026-13-01": [] }, freezes: [{ from: "2026-12-20", until: "2026-12-19" }] } } }"#,
      [
        #"service-levels.json5:1:31: warning: at calendars.a: no hours on any day, expected some; "#
          + #"nothing is ever due on this calendar"#,
        #"service-levels.json5:1:78: at calendars.a.hours.monday[0]: "9:00-17:00" are no hours, "#
          + #"expected hours such as "09:00-17:00", from 00:00 to 24:00"#,
        #"service-levels.json5:1:92: at calendars.a.hours.monday[1]: "09:00-09:00" is no time at "#
          + #"all, expected an end after the start"#,
        #"service-levels.json5:1:107: at calendars.a.hours.monday[2]: "24:00-25:00" are no hours, "#
          + #"expected hours such as "09:00-17:00", from 00:00 to 24:00"#,
        #"service-levels.json5:1:123: at calendars.a.hours.mon: unknown key "mon", expected "#
          + #""monday", "tuesday", "wednesday", "thursday", "friday", "saturday" or "sunday""#,
        #"service-levels.json5:1:145: at calendars.a.holidays[0]: "25.12.2026" is no date, expected "#
          + #"YYYY-MM-DD"#,
        #"service-levels.json5:1:174: at calendars.a.exceptions.2026-13-01: "2026-13-01" is no "#
          + #"date, expected YYYY-MM-DD"#,
        #"service-levels.json5:1:233: at calendars.a.freezes[0].until: the end 2026-12-19 is not "#
          + #"after the start 2026-12-20, expected a later moment"#,
      ]),
    WrongFile(
      "service-levels.json5",
      #"{ version: 1, escalation: [{ at: 0, do: "shout" }, { at: 2, do: "widen-approvers" }, { do: "#
        + #""name-lead" }] }"#,
      [
        #"service-levels.json5:1:34: at escalation[0].at: 0 is out of range, expected a number "#
          + #"above 0 to 1000"#,
        #"service-levels.json5:1:41: at escalation[0].do: unknown word "shout", expected "#
          + #""remind-reviewers", "name-lead" or "widen-approvers""#,
        #"service-levels.json5:1:52: at escalation[1]: missing key "paths", expected the paths on "#
          + #"which delegates may then act alone"#,
        #"service-levels.json5:1:86: at escalation[2]: missing key "at", expected a multiple of the "#
          + #"target"#,
      ]),
  ]
}
