extension ProblemTests {
  static let rights: [WrongFile] = [
    WrongFile(
      "maturity.json5",
      #"{ version: 1, window: 180, levels: { "2": { attainment: "first-revew", externalLanded: 1.5 "#
        + #"}, "3": { delegatedShare: 2, openEndedGrants: -1, delegatesPerComponent: NaN }, "4": {} } }"#,
      [
        #"maturity.json5:1:23: at window: found a number, expected a duration such as "90s", "45m", "#
          + #""8h" or "3d""#,
        #"maturity.json5:1:57: at levels.2.attainment: unknown objective "first-revew", expected "#
          + #""first-review""#,
        #"maturity.json5:1:88: at levels.2.externalLanded: 1.5 is out of range, expected a whole "#
          + #"number from 0 to 1000000"#,
        #"maturity.json5:1:118: at levels.3.delegatedShare: 2 is out of range, expected a number "#
          + #"from 0 to 1"#,
        #"maturity.json5:1:138: at levels.3.openEndedGrants: -1 is out of range, expected a whole "#
          + #"number from 0 to 1000000"#,
        #"maturity.json5:1:165: at levels.3.delegatesPerComponent: NaN is out of range, expected a "#
          + #"whole number from 0 to 1000000"#,
        #"maturity.json5:1:172: at levels.4: unknown key "4", expected "2" or "3""#,
      ]),
    WrongFile(
      "delegation.json5",
      #"{ version: 1, approvals: [{ paths: ["**"], count: 1, from: ["platfrom", "delegated", "#
        + #""delegated"] }, { paths: ["a"], count: -1, from: [] }] }"#,
      [
        #"delegation.json5:1:61: at approvals[0].from[0]: unknown word "platfrom", expected "#
          + #""platform" or "delegated""#,
        #"delegation.json5:1:86: at approvals[0].from[2]: "delegated" is given twice, expected it once"#,
        #"delegation.json5:1:125: at approvals[1].count: -1 is out of range, expected a whole "#
          + #"number from 0 to 100"#,
        #"delegation.json5:1:135: at approvals[1].from: empty list, expected "platform", "#
          + #""delegated" or both"#,
      ]),
    WrongFile(
      "delegation.json5",
      #"{ version: 1, selfApproval: "no", minimumGrade: { reports: "bounded", gate: "claimed" }, "#
        + #"granting: { maxDepth: 1e3, maxDuration: "1y" } }"#,
      [
        #"delegation.json5:1:29: at selfApproval: found a string, expected true or false"#,
        #"delegation.json5:1:60: at minimumGrade.reports: unknown word "bounded", expected "#
          + #""claimed", "derived", "recorded" or "signed""#,
        #"delegation.json5:1:77: at minimumGrade.gate: unknown word "claimed", expected "derived", "#
          + #""recorded" or "signed""#,
        #"delegation.json5:1:112: at granting.maxDepth: 1000 is out of range, expected a whole "#
          + #"number from 0 to 64"#,
        #"delegation.json5:1:130: at granting.maxDuration: "1y" is no duration, expected a duration "#
          + #"such as "90s", "45m", "8h" or "3d""#,
      ]),
    WrongFile(
      "delegation.json5",
      #"{ version: 1, ladders: { reviewer: { agreement: 80 } }, automatic: [{ ladder: "reviewr", "#
        + #"paths: ["a"], verbs: [], until: "180d" }] }"#,
      [
        #"delegation.json5:1:49: at ladders.reviewer.agreement: 80 is out of range, expected a "#
          + #"number from 0 to 1"#,
        #"delegation.json5:1:79: at automatic[0].ladder: unknown ladder "reviewr", expected "reviewer""#,
        #"delegation.json5:1:111: at automatic[0].verbs: empty list, expected "review", "approve", "#
          + #""land" or "delegate""#,
      ]),
    WrongFile(
      "grants/g-1.json5",
      #"{ version: 1, id: "g-2", grantee: "ada", verbs: ["merge"], paths: ["a"], grantedBy: "ada", "#
        + #"from: "2027-01-01", until: "2026-01-01", reason: "" }"#,
      [
        #"grants/g-1.json5:1:19: at id: "g-2" is not the name of the file, expected "g-1""#,
        #"grants/g-1.json5:1:35: warning: at grantee: "ada" cannot be looked up, expected a "#
          + #"roster.json5 beside this file"#,
        #"grants/g-1.json5:1:50: at verbs[0]: unknown word "merge", expected "review", "approve", "#
          + #""land" or "delegate""#,
        #"grants/g-1.json5:1:119: at until: the end 2026-01-01T00:00:00Z is not after the start "#
          + #"2027-01-01T00:00:00Z, expected a later moment"#,
        #"grants/g-1.json5:1:141: at reason: empty text, expected a reason"#,
      ]),
    WrongFile(
      "grants/g-1.json5",
      #"{ version: 1, id: "g-1", grantee: "ada", verbs: ["review"], paths: ["a"], grantedBy: "ada", "#
        + #"reason: "x" }"#,
      [
        #"grants/g-1.json5:1:35: at grantee: a grant to oneself, expected somebody else"#,
        #"grants/g-1.json5:1:35: warning: at grantee: "ada" cannot be looked up, expected a "#
          + #"roster.json5 beside this file"#,
      ]),
    WrongFile(
      "waivers/w-1.json5",
      #"{ version: 1, id: "w-1", objective: "first-reviw", contribution: "76", reason: "x", by: "bo" }"#,
      [
        #"waivers/w-1.json5:1:1: missing key "until", expected a date"#,
        #"waivers/w-1.json5:1:37: at objective: unknown objective "first-reviw", expected "first-review""#,
        #"waivers/w-1.json5:1:66: at contribution: "76" is no contribution, expected an id such as "#
          + #""pr/76""#,
        #"waivers/w-1.json5:1:89: warning: at by: "bo" cannot be looked up, expected a roster.json5 "#
          + #"beside this file"#,
      ]),
    WrongFile(
      "rooster.json5", #"{}"#,
      [
        #"rooster.json5:1:1: unknown file "rooster.json5", expected "roster.json5""#
      ]),
    WrongFile(
      "Roster.json5", #"{}"#,
      [
        #"Roster.json5:1:1: unknown file "Roster.json5", expected "roster.json5""#
      ]),
    WrongFile(
      "sla.json5", #"{}"#,
      [
        #"sla.json5:1:1: unknown file "sla.json5", expected "roster.json5", "platform.json5", "#
          + #""service-levels.json5", "maturity.json5", "delegation.json5", "grants/*.json5" or "#
          + #""waivers/*.json5""#
      ]),
  ]
}
