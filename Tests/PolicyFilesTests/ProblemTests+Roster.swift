extension ProblemTests {
  static let roster: [WrongFile] = [
    WrongFile(
      "roster.json5", #"{ version: 1, teems: {} }"#,
      [
        #"roster.json5:1:15: at teems: unknown key "teems", expected "teams""#
      ]),
    WrongFile(
      "roster.json5", #"{ version: 1, zzzzzzzz: {} }"#,
      [
        #"roster.json5:1:15: at zzzzzzzz: unknown key "zzzzzzzz", expected "version", "teams", "#
          + #""people", "domains", "bots" or "examples""#
      ]),
    WrongFile(
      "roster.json5", #"{ teams: {} }"#,
      [
        #"roster.json5:1:1: missing key "version", expected `version: 1`"#
      ]),
    WrongFile(
      "roster.json5", #"{ version: 2 }"#,
      [
        #"roster.json5:1:12: at version: this version is not supported, expected 1"#
      ]),
    WrongFile(
      "roster.json5", #"{ version: "1" }"#,
      [
        #"roster.json5:1:12: at version: this version is not supported, expected 1"#
      ]),
    WrongFile(
      "roster.json5", #"[]"#,
      [
        #"roster.json5:1:1: found a list, expected an object"#
      ]),
    WrongFile(
      "roster.json5", #"{ version: 1,\#n  teams: { a: {}, b: {}, a: {} } }"#,
      [
        #"roster.json5:2:26: at teams.a: duplicate key, expected it once; first given at 2:12"#
      ]),
    WrongFile(
      "roster.json5", #"{ version: 1, examples: [1] }"#,
      [
        #"roster.json5:1:26: at examples[0]: found a number, expected an object"#
      ]),
    WrongFile(
      "roster.json5",
      #"{ version: 1, people: { ada: { emails: ["ada@example.org"],\#n  memberships: [{ team: "#
        + #""platfrom" }] } }, teams: { platform: {} } }"#,
      [
        #"roster.json5:2:25: at people.ada.memberships[0].team: unknown team "platfrom", expected "#
          + #""platform""#
      ]),
    WrongFile(
      "roster.json5",
      #"{ version: 1, people: { ada: { emails: ["ada@example.org"], memberships: [{ team: "x", "#
        + #"from: "2026-03-01", until: "2026-03-01" }] } }, teams: { x: {} } }"#,
      [
        #"roster.json5:1:115: at people.ada.memberships[0].until: the end 2026-03-01T00:00:00Z is "#
          + #"not after the start 2026-03-01T00:00:00Z, expected a later moment"#
      ]),
    WrongFile(
      "roster.json5",
      #"{ version: 1, people: { ada: { emails: ["ada@example.org"], memberships: [{ team: "x", "#
        + #"from: "2026-02-30" }] } }, teams: { x: {} } }"#,
      [
        #"roster.json5:1:94: at people.ada.memberships[0].from: "2026-02-30" is no date, expected "#
          + #"YYYY-MM-DD or a time such as "2026-03-01T09:00:00Z""#
      ]),
    WrongFile(
      "roster.json5",
      #"{ version: 1, people: { ada: { emails: ["ada@example.org"], memberships: [{ until: "#
        + #""2026-02-01" }] } } }"#,
      [
        #"roster.json5:1:75: at people.ada.memberships[0]: missing key "team", expected the name of "#
          + #"a team"#
      ]),
    WrongFile(
      "roster.json5",
      #"{ version: 1, people: {\#n  ada: { emails: ["ada@example.org"] },\#n  bo: { emails: "#
        + #"["Ada@Example.org"], logins: ["bo"] } } }"#,
      [
        #"roster.json5:3:18: at people.bo.emails[0]: address "Ada@Example.org" belongs to "ada" at "#
          + #"2:19, expected it only once"#
      ]),
    WrongFile(
      "roster.json5", #"{ version: 1, people: {\#n  ada: { logins: ["ada", "ADA"] } } }"#,
      [
        #"roster.json5:2:26: at people.ada.logins[1]: login "ADA" is given twice, expected it once; "#
          + #"first given at 2:19"#
      ]),
    WrongFile(
      "roster.json5", #"{ version: 1, people: { ada: { logins: ["a"] }, bo: { logins: ["A"] } } }"#,
      [
        #"roster.json5:1:64: at people.bo.logins[0]: login "A" belongs to "ada" at 1:41, expected "#
          + #"it only once"#
      ]),
    WrongFile(
      "roster.json5",
      #"{ version: 1, people: { ada: { emails: ["ada at example.org"], logins: ["a@b"] } } }"#,
      [
        #"roster.json5:1:41: at people.ada.emails[0]: "ada at example.org" is no address, expected "#
          + #"an address such as "ada@example.org" in ASCII without spaces"#,
        #"roster.json5:1:73: at people.ada.logins[0]: "a@b" is no login, expected ASCII letters, "#
          + #"digits, `.`, `_`, `-`, without `@`"#,
      ]),
    WrongFile(
      "roster.json5",
      #"{ version: 1, people: { ada: { emails: ["\#u{212A}da@example.org", "ada@example.org\u00a0", "#
        + #""@"], logins: ["ok"] } } }"#,
      [
        #"roster.json5:1:41: at people.ada.emails[0]: "\u{212a}da@example.org" is no address, "#
          + #"expected an address such as "ada@example.org" in ASCII without spaces"#,
        #"roster.json5:1:60: at people.ada.emails[1]: "ada@example.org\u{a0}" is no address, "#
          + #"expected an address such as "ada@example.org" in ASCII without spaces"#,
        #"roster.json5:1:85: at people.ada.emails[2]: "@" is no address, expected an address such "#
          + #"as "ada@example.org" in ASCII without spaces"#,
      ]),
    WrongFile(
      "roster.json5", #"{ version: 1, people: { "a b": {} } }"#,
      [
        #"roster.json5:1:25: at people["a b"]: "a b" is no name, expected an ASCII letter or digit, "#
          + #"then letters, digits, `.`, `_` or `-`, at most 64 in all"#
      ]),
    WrongFile(
      "roster.json5", #"{ version: 1, people: { ada: {} } }"#,
      [
        #"roster.json5:1:30: warning: at people.ada: neither addresses nor logins, expected one of "#
          + #"them so that Git can know the person"#
      ]),
    WrongFile(
      "roster.json5",
      #"{ version: 1, people: { ada: { name: "", logins: ["ada"] }, bo: { name: "B\u202eo", logins: "#
        + #"["bo"] } } }"#,
      [
        #"roster.json5:1:38: at people.ada.name: empty text, expected a text"#,
        #"roster.json5:1:73: at people.bo.name: "B\u{202e}o" holds control or invisible characters, "#
          + #"expected visible text on one line"#,
      ]),
    WrongFile(
      "roster.json5",
      #"{ version: 1, teams: { a: { parent: "b" }, b: { parent: "c" }, c: { parent: "b" } } }"#,
      [
        #"roster.json5:1:57: at teams.b.parent: circle of parents b → c → b, expected a tree of teams"#
      ]),
    WrongFile(
      "roster.json5", #"{ version: 1, teams: { a: { host: "yes", lead: "bo", parent: "aa" } } }"#,
      [
        #"roster.json5:1:35: at teams.a.host: found a string, expected true or false"#,
        #"roster.json5:1:48: at teams.a.lead: unknown person "bo", expected a person of roster.json5"#,
        #"roster.json5:1:62: at teams.a.parent: unknown team "aa", expected "a""#,
      ]),
    WrongFile(
      "roster.json5", #"{ version: 1, teams: { a: {} }, people: { a: { logins: ["a"] } } }"#,
      [
        #"roster.json5:1:43: at people.a: "a" is a team already, expected different names for "#
          + #"people and teams"#
      ]),
    WrongFile(
      "roster.json5",
      #"{ version: 1, teams: { a: {} }, domains: { b: ["x.org"], a: ["@x.org", "*", 3, { pattern: "#
        + #""y.org", form: "2026-01-01" }] } }"#,
      [
        #"roster.json5:1:44: at domains.b: unknown team "b", expected a team of roster.json5"#,
        #"roster.json5:1:62: at domains.a[0]: "@x.org" is no domain, expected a domain such as "#
          + #""example.org" or "*.example.org", without `@`"#,
        #"roster.json5:1:72: at domains.a[1]: "*" is no domain, expected a domain such as "#
          + #""example.org" or "*.example.org", without `@`"#,
        #"roster.json5:1:77: at domains.a[2]: found a number, expected a domain, or an object with "#
          + #"`pattern` and dates"#,
        #"roster.json5:1:100: at domains.a[3].form: unknown key "form", expected "from""#,
      ]),
    WrongFile(
      "roster.json5", #"{ version: 1, bots: ["*", "?x", 7] }"#,
      [
        #"roster.json5:1:22: at bots[0]: "*" would take people for bots, expected a handle, login, "#
          + #"address, name or glob over these with two letters at least"#,
        #"roster.json5:1:27: at bots[1]: "?x" would take people for bots, expected a handle, login, "#
          + #"address, name or glob over these with two letters at least"#,
        #"roster.json5:1:33: at bots[2]: found a number, expected a handle, login, address, name or "#
          + #"glob over these"#,
      ]),
    WrongFile(
      "roster.json5", #"\#u{FEFF}{ version: 1, te: "\#u{2028}" }"#,
      [
        #"roster.json5:1:15: at te: unknown key "te", expected "version", "teams", "people", "#
          + #""domains", "bots" or "examples""#
      ]),
  ]
}
