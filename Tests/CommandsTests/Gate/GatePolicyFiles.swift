import Facts
import Foundation

/// The policy and the contents with which a `GateServer` begins.
enum GatePolicyFiles {
  /// Read once, so that all grants of a run go together.
  static let now = Int64(Date().timeIntervalSince1970)

  static func all() -> [String: String] {
    [
      "policies/roster.json5": roster(), "policies/delegation.json5": delegation(),
      "policies/grants/docs-di.json5": grant("docs-di", to: "di"),
      "README": "read me\n", "docs/guide": "one\ntwo\nthree\nfour\nfive\nsix\nseven\n",
      "docs/intro": "intro\n",
      "net/tcp": "tcp\n", "net/tls/key": "key\n", "net/tls/cert": "cert\n", "lib/a": "a\n",
      "deps/lock": "1\n",
    ]
  }

  /// `people` are more entries of the roster, each with a comma behind it.
  static func roster(people: String = "", keys: [String: String] = [:]) -> String {
    func key(_ who: String) -> String { keys[who].map { ", keys: [\($0)]" } ?? "" }
    return """
      { version: 1,
        teams: { platform: { host: true }, pay: {} },
        people: {
          bo: { emails: ["bo@x.org"], memberships: [{ team: "platform" }]\(key("bo")) },
          al: { emails: ["al@x.org", "al@home.org"], logins: ["al-l"], memberships: [{ team: "platform" }]\(key("al")) },
          kim: { emails: ["kim@x.org"], memberships: [{ team: "platform" }]\(key("kim")) },
          cy: { emails: ["cy@y.org"], memberships: [{ team: "pay" }]\(key("cy")) },
          di: { emails: ["di@y.org"], memberships: [{ team: "pay" }]\(key("di")) },
          ed: { emails: ["ed@y.org"], memberships: [{ team: "pay" }] },
          \(people)
          renovate: { emails: ["renovate@ci.org"], bot: true } } }
      """
  }

  /// `gate` and `more` are further keys, each with a comma behind it.
  static func delegation(gate: String = "", more: String = "") -> String {
    """
    { version: 1,
      approvals: [{ paths: ["**"], count: 1, from: ["platform", "delegated"] },
                  { paths: ["net/tls/**"], count: 2, from: ["platform"] }],
      protected: ["net/tls/**"],
      granting: { teams: ["platform"], maxDepth: 2, maxDuration: "400d", paths: ["**", "!net/tls/**"] },
      \(more)
      gate: { \(gate) robots: [{ person: "renovate", paths: ["deps/**"] }] } }
    """
  }

  /// A grant that runs from a month ago until in 300 days unless told otherwise.
  static func grant(
    _ id: String, to grantee: String, by giver: String = "bo", paths: String = "docs/**",
    verbs: String = "\"review\", \"approve\"", more: String = "", from: Int64 = -30, until: Int64 = 300
  ) -> String {
    func day(_ days: Int64) -> String { Instant(seconds: now + days * 86_400).rfc3339 }
    return """
      { version: 1, id: "\(id)", grantee: "\(grantee)", verbs: [\(verbs)], paths: ["\(paths)"], \(more)
        grantedBy: "\(giver)", from: "\(day(from))", until: "\(day(until))", reason: "x" }
      """
  }
}
